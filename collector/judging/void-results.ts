import type { History } from '../../model/judge/history.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/**
 * The judgement without what results of slots after `at` added to runs that have decided nothing
 * yet: those are void, and none counts towards a verdict, nor begins a run where no slot is. Of a
 * run that began before, what is known to be left is counted, of the bad results by their history.
 * A verdict that is decided stays until results change it.
 */
export function withoutVoidRuns(
  judgement: CheckJudgement,
  history: History | null,
  at: EpochMs,
): CheckJudgement {
  const { last_slot_at, verdict } = judgement;
  if (last_slot_at === null || last_slot_at <= at) return judgement;
  const left = (since: EpochMs | null) => since !== null && since <= at;
  const atMost = (run: number, known: number) => Math.min(run, Math.max(1, known));
  const bad_left = history?.run.filter(({ slot_at }) => slot_at <= at).length ?? 0;
  return {
    ...judgement,
    ...(left(judgement.good_since)
      ? { good_run: atMost(judgement.good_run, 1) }
      : { good_run: 0, good_since: null }),
    ...(left(judgement.quick_since)
      ? { quick_run: atMost(judgement.quick_run, 1) }
      : { quick_run: 0, quick_since: null }),
    ...(verdict === 'failing' || left(judgement.bad_since)
      ? { bad_run: atMost(judgement.bad_run, bad_left) }
      : { bad_run: 0, bad_since: null, confirmations: null, overlap_open: false }),
    maintenance_run: Math.min(judgement.maintenance_run, bad_left),
    ...(verdict === 'degraded' || left(judgement.degraded_since)
      ? { degraded_run: atMost(judgement.degraded_run, 1) }
      : { degraded_run: 0, degraded_since: null }),
    window: judgement.window.filter(({ slot_at }) => slot_at <= at),
  };
}

interface NextSlot {
  /** A regular slot, and the one after it. */
  slot_at: EpochMs;
  distance_ms: number;
  at: EpochMs;
}

/** The first regular slot after the instant, where slots are evenly apart. */
export function firstSlotAfter({ slot_at, distance_ms, at }: NextSlot): EpochMs {
  const apart_ms = Math.max(SECOND, distance_ms);
  const earlier = Math.max(0, Math.ceil((slot_at - at) / apart_ms) - 1);
  return slot_at - earlier * apart_ms;
}
