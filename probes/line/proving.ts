import { isBad } from '../../model/judge/bad.ts';
import { judgeProof, starvedMs } from '../../model/judge/proof.ts';
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
      if (!isBad(result.outcome)) return withOurDelay(run);
      return result.contact === null ? result : held(run);
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

/**
 * A good result says how much of it our own event loop added, if that and our late start were
 * enough to look slow.
 */
function withOurDelay({ check, result, loop_delay_ms }: EndedRun): Result {
  const start_lag_ms = Math.max(0, result.started_at - result.slot_at);
  const ours_ms = starvedMs(start_lag_ms + loop_delay_ms, check.deadline_ms);
  if (result.outcome !== 'ok' || loop_delay_ms === 0 || ours_ms === 0) return result;
  const host = check.system;
  return {
    ...result,
    proof: {
      contact: { host, address: null, reach: 'answered', resolver_differs: false },
      is_local: false,
      loop_delay_ms,
      other_answer: null,
      neutrals: [],
      control: null,
      line: { failed: 0, answered: 0, blamed: null },
    },
  };
}
