import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { createConfirming } from './confirming.ts';
import type { LineEvents, LineLook, LineRunner, LineStart, LookRequest, Measure } from './line.ts';
import { createOutbox } from './outbox.ts';
import { createRuns } from './runs.ts';
import { confirmingSlot } from './schedule/plan.ts';
import { type Schedule, type Slot, startSchedule } from './schedule/schedule.ts';
import { LOST, MISSED_SLOT, resultOf } from './slot-result.ts';

export interface LineRunnerParts {
  checks: readonly ScheduledCheck[];
  start: LineStart;
  /** By check, the last slot handed over by a runner before this one that died; empty if none. */
  handed_over?: ReadonlyMap<string, EpochMs>;
  events: LineEvents;
  measure: Measure;
  look: (request: LookRequest) => Promise<LineLook>;
  clock: Clock;
}

/** A dead thread is replaced sooner. */
const LOST_AT_MOST_MS = MINUTE;

/** Starts measuring the checks of a line in this thread. */
export function createLineRunner(parts: LineRunnerParts): LineRunner {
  const { checks, start, events, measure, look, clock } = parts;
  const known = new Map(start.known);
  const confirming = createConfirming(start.confirmations);
  const outbox = createOutbox({
    events,
    leaving: note,
    dated: (result) => ({
      result,
      valid_until: schedule.slotAfter(result.check, result.slot_at, 2) + deadlineOf(result.check),
      next_slot_at: schedule.slotAfter(result.check, result.slot_at, 1),
    }),
  });
  const runs = createRuns({
    measure: (check, slot_at) => measure(check, slot_at, known.get(check) ?? []),
    clock,
  });
  const deadlines = new Map(checks.map(({ id, deadline_ms }) => [id, deadline_ms]));
  const started_at = clock.now();
  const schedule: Schedule = startSchedule({ checks, started_at, clock, due, missed });
  let stopped = false;
  for (const [check, last_at] of parts.handed_over ?? []) reportLost(check, last_at);

  return {
    look,
    know: (check, copies) => void known.set(check, copies),
    setConfirmations: confirming.setConfirmations,
    async stop(limit_ms) {
      schedule.stop();
      await runs.drain(limit_ms);
      stopped = true;
      outbox.flush();
    },
  };

  function due(slot: Slot): void {
    const place = outbox.expect(slot.check.id, slot.slot_at);
    void runs.start(slot).then((result) => {
      if (!stopped) place.fill(result);
    });
  }

  function missed(slot: Slot): void {
    outbox.expect(slot.check.id, slot.slot_at).fill(resultOf(slot, MISSED_SLOT));
  }

  /** The slots since the last one that a runner handed over before it died. */
  function reportLost(id: string, last_at: EpochMs): void {
    const check = checks.find((it) => it.id === id);
    if (!check) return;
    for (
      let slot_at = schedule.slotAfter(id, Math.max(last_at, started_at - LOST_AT_MOST_MS), 1);
      slot_at <= started_at;
      slot_at = schedule.slotAfter(id, slot_at, 1)
    )
      outbox.expect(id, slot_at).fill(resultOf({ check, slot_at, confirming: false }, LOST));
  }

  /** Whether the result may change a state, and has to be told at once. */
  function note(result: Result): boolean {
    const { is_open, is_decisive } = confirming.note(result);
    if (is_open) confirm(result);
    return is_decisive;
  }

  /** Confirms bad results soon, to distinguish random failures from an outage. */
  function confirm({ check, slot_at: bad_slot_at }: Result): void {
    const now = clock.now();
    const next_regular_at = schedule.slotAfter(check, Math.max(bad_slot_at, now), 1);
    const slot_at = confirmingSlot({ bad_slot_at, now, next_regular_at });
    if (slot_at !== null) schedule.confirm(check, slot_at);
  }

  function deadlineOf(check: string): number {
    return deadlines.get(check) ?? 0;
  }
}
