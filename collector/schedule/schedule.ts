import type { ScheduledCheck } from '../../model/configuration.ts';
import { SLOT_LAG_LIMIT_MS } from '../../model/judge/self.ts';
import type { Clock } from '../../model/ports.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { firstSlot, slotOffsetMs } from './plan.ts';
import { startTimetable, type Timetable } from './timetable.ts';

/** The slots of checks. */
export interface Schedule {
  /** The `nth` regular slot of a check after `at` (1 is the next one). */
  slotAfter(check: string, at: EpochMs, nth: number): EpochMs;
  stop(): void;
}

export interface ScheduleParts {
  checks: readonly ScheduledCheck[];
  /** The shortest distance between two instants of a cron expression. */
  shortestDistanceMs: (expression: string) => number;
  clock: Clock;
  due: (check: ScheduledCheck, slot_at: EpochMs) => void;
  missed: (check: ScheduledCheck, slot_at: EpochMs) => void;
}

/**
 * Calls `due` for each check at each of its slots, and `missed` for slots missed because this
 * process was too busy. One cron task per distinct expression and zone; its checks follow at their
 * offsets.
 */
export function startSchedule(parts: ScheduleParts): Schedule {
  const { checks, shortestDistanceMs, clock, due, missed } = parts;
  const timers = new Set<NodeJS.Timeout>();
  const slots = new Map<string, { timetable: Timetable; offset_ms: number }>();
  for (const group of groups(checks)) startGroup(group);
  startAtOnce();

  return {
    slotAfter,
    stop() {
      for (const { timetable } of slots.values()) timetable.stop();
      for (const timer of timers) clearTimeout(timer);
    },
  };

  function startGroup(group: readonly [ScheduledCheck, ...ScheduledCheck[]]): void {
    const [{ schedule: expression, zone }] = group;
    const distance_ms = shortestDistanceMs(expression);
    const offsets = group.map((check) => ({ check, ms: slotOffsetMs(check.id, distance_ms) }));
    const timetable = startTimetable({
      expression,
      zone,
      clock,
      onInstant: attendAll,
      onMissed: attendAll,
    });
    for (const { check, ms } of offsets) slots.set(check.id, { timetable, offset_ms: ms });

    function attendAll(at: EpochMs): void {
      for (const { check, ms } of offsets) runOrMiss(check, at + ms);
    }
  }

  function startAtOnce(): void {
    const started_at = clock.now();
    for (const check of checks) {
      const first_regular_at = slotAfter(check.id, started_at, 1);
      const slot_at = firstSlot(check.id, started_at, first_regular_at);
      if (slot_at !== null) runOrMiss(check, slot_at);
    }
  }

  /** Waits for the slot; a slot too far in the past is missed. */
  function runOrMiss(check: ScheduledCheck, slot_at: EpochMs): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        const in_time = clock.now() - slot_at <= SLOT_LAG_LIMIT_MS;
        if (in_time) due(check, slot_at);
        else missed(check, slot_at);
      },
      Math.max(0, slot_at - clock.now()),
    );
    timers.add(timer);
  }

  function slotAfter(check: string, at: EpochMs, nth: number): EpochMs {
    const slot = slots.get(check);
    if (!slot) throw new Error(`check ${check} has no schedule`);
    return slot.timetable.after(at - slot.offset_ms, nth) + slot.offset_ms;
  }
}

function groups(
  checks: readonly ScheduledCheck[],
): (readonly [ScheduledCheck, ...ScheduledCheck[]])[] {
  const grouped = Map.groupBy(checks, (check) => `${check.zone} ${check.schedule}`);
  return [...grouped.values()].flatMap(([first, ...rest]) => (first ? [[first, ...rest]] : []));
}
