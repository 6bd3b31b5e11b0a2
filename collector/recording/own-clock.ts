import type { Gap } from '../../model/component.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { ClockStep, LineBatch } from '../../probes/line/batch.ts';
import type { CarriedClock } from '../../probes/line/watch/wall-clock.ts';

/**
 * Keeps what is judged from seeing a wall clock that jumped before the jump itself is recorded: the
 * clock is carried by the monotonic one until a line tells of a step or a suspension.
 */
export interface OwnClock {
  /** Follows the wall clock: what a line told of it is being recorded. */
  follow(): void;
  /**
   * Follows drift. What no line tells of in time is followed too, and comes back to be recorded at
   * once; null: nothing. To be called every second.
   */
  untold(): LineBatch | null;
  /** What a line tells that was not recorded without it. */
  news(batch: LineBatch): LineBatch;
}

/** A line notices within 50 ms, unless it is stuck or its thread was started anew. */
const TOLD_WITHIN_MS = 5 * SECOND;
/** A line that tells of the same step this much later was away itself. */
const TOLD_LATE_MS = 10 * MINUTE;
/** Between two readings of one step. */
const SAME_MS = 2 * SECOND;

export function createOwnClock(clock: CarriedClock): OwnClock {
  let differs_since: number | null = null;
  let recorded: { batch: LineBatch; at: number }[] = [];

  return {
    follow,
    untold() {
      const now = clock.monotonic();
      if (!clock.differs()) return follow();
      differs_since ??= now;
      if (now - differs_since < TOLD_WITHIN_MS) return null;
      const batch = whatHappened();
      if (batch) recorded = [...recorded, { batch, at: now }];
      return batch;
    },
    news(batch) {
      if (batch.steps.length + batch.gaps.length === 0) return batch;
      recorded = recorded.filter(({ at }) => clock.monotonic() - at < TOLD_LATE_MS);
      return recorded.reduce((told, it) => without(told, it.batch), batch);
    },
  };

  function follow(): null {
    differs_since = null;
    clock.compare();
    return null;
  }

  /** As a line would tell it. */
  function whatHappened(): LineBatch | null {
    differs_since = null;
    const { slept_ms, stepped_ms } = clock.compare();
    const at = clock.now();
    const steps = stepped_ms === 0 ? [] : [{ at, by_ms: stepped_ms }];
    const woke_at = at - stepped_ms;
    const gaps: Gap[] = [];
    if (slept_ms >= NUMBERS.own.gap_from_ms)
      gaps.push({ from: woke_at - slept_ms, to: woke_at, cause: 'suspended' });
    if (stepped_ms > 0) gaps.push({ from: at - stepped_ms, to: at, cause: 'clock' });
    if (gaps.length + steps.length === 0) return null;
    return { results: [], gaps, steps, conditions: [] };
  }
}

/**
 * The batch without what is recorded of it. Of a step back that is known, its instant is left: what
 * was told between, still dated ahead, is void too.
 */
function without(batch: LineBatch, known: LineBatch): LineBatch {
  const isKnown = (step: ClockStep) =>
    known.steps.some(({ by_ms }) => Math.abs(by_ms - step.by_ms) <= SAME_MS);
  const steps = batch.steps.flatMap((step) => {
    if (!isKnown(step)) return [step];
    return step.by_ms < 0 ? [{ ...step, by_ms: -1 }] : [];
  });
  const gaps = batch.gaps.filter(
    (gap) =>
      !known.gaps.some((it) => it.cause === gap.cause && it.from < gap.to && gap.from < it.to),
  );
  return { ...batch, steps, gaps };
}
