import { isBad } from '../../model/judge/bad.ts';
import { judgeProof } from '../../model/judge/proof.ts';
import type { Result } from '../../model/result.ts';
import type { EndedRun, ProofGatherer } from './proof/gatherer.ts';

/** Holds bad results until it is proven whose fault they are. */
export interface Proving {
  /** The result, at once unless it is bad, else with its proof, laid at them or at us. */
  judge(run: EndedRun): Result | Promise<Result>;
  /** Waits for no more proofs, now and later: what is not proven is not judged. */
  hurry(): void;
}

/** Holds the results of a check at most as long as `waitMs` says. */
export function createProving(gatherer: ProofGatherer, waitMs: (check: string) => number): Proving {
  const hurried = Promise.withResolvers<'late'>();
  return {
    judge(run) {
      const { result } = run;
      gatherer.note(run);
      if (!isBad(result.outcome) || result.contact === null) return result;
      return held(run);
    },
    hurry: () => hurried.resolve('late'),
  };

  async function held(run: EndedRun): Promise<Result> {
    const { result, check } = run;
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(late.resolve, waitMs(check.id), 'late');
    const proof = await Promise.race([gatherer.proofFor(run), late.promise, hurried.promise]);
    clearTimeout(timer);
    if (proof === 'late') return { ...result, outcome: 'self', reason: 'unproven' };
    if (proof === null) return result;
    return judgeProof({ ...result, proof }, check.deadline_ms).result;
  }
}
