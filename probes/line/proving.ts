import { isBad } from '../../model/judge/bad.ts';
import { judgeProof, ourDelayMs } from '../../model/judge/proof.ts';
import { hasOurDelay, type Result } from '../../model/result.ts';
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
    judge(ended) {
      const { waited_for } = ended;
      if (waited_for !== undefined) return ofOverlap(ended.result, waited_for);
      return gatherer.note(ended) ? elsewhere(ended.result) : judged(ended);
    },
    hurry: () => hurried.resolve('late'),
  };

  function judged(ended: EndedRun): Result | Promise<Result> {
    const run = withOurDelay(ended);
    const { result } = run;
    if (!isBad(result.outcome)) return withLoopDelay(run);
    return result.contact === null ? result : held(run);
  }

  /** It is laid at whoever the run is laid at that hung; what that does not tell, it does not. */
  async function ofOverlap(result: Result, hanging: EndedRun): Promise<Result> {
    const { outcome, reason, proof } = await judged(hanging);
    if (outcome === 'ok' || isBad(outcome))
      return { ...result, proof: proof && { ...proof, loop_delay_ms: 0 } };
    return { ...result, outcome, reason, proof };
  }

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

/** Who answered is not the system, whatever became of that. */
function elsewhere(result: Result): Result {
  return { ...result, outcome: 'self', reason: 'name_misled', notes: [] };
}

/** A result says so if our late start and our event loop are part of how long it took. */
function withOurDelay(run: EndedRun): EndedRun {
  const { result, loop_delay_ms } = run;
  if (ourDelayMs(result, loop_delay_ms) === 0) return run;
  return { ...run, result: { ...result, notes: [...result.notes, 'our_delay'] } };
}

/** A good result that our event loop delayed says how much. */
function withLoopDelay({ check, result, loop_delay_ms }: EndedRun): Result {
  if (result.outcome !== 'ok' || loop_delay_ms === 0 || !hasOurDelay(result)) return result;
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
