import type { ScheduledCheck } from '../../../model/configuration.ts';
import { NUMBERS } from '../../../model/numbers.ts';
import type { Clock } from '../../../model/ports.ts';
import { HOUR } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { firstSlot, slotOffsetMs } from './plan.ts';
import { createTimetables, type Timetable } from './timetable.ts';

/** A slot of a check: a regular one, the extra one after the start, or a confirming one. */
export interface Slot {
  check: ScheduledCheck;
  slot_at: EpochMs;
  confirming: boolean;
}

/** The slots of checks. */
export interface Schedule {
  /** The `nth` regular slot of a check after `at` (1 is the next one). */
  slotAfter(check: string, at: EpochMs, nth: number): EpochMs;
  /** Of a check, in ms. */
  deadlineMs(check: string): number;
  /** Attends to what has passed while timers stood still. */
  catchUp(): void;
  /** Plans anew from now on; a gap covers what has passed. The clock was set by so much. */
  replan(by_ms: number): void;
  /**
   * Adds a confirming slot, unless the check has one already, or a regular one by then that is yet
   * to run or is of the same instant. It may run late, as of then.
   */
  confirm(check: string, slot_at: EpochMs): void;
  stop(): void;
}

export interface ScheduleParts {
  /** Called whenever a timer fires, before anything is decided; may plan anew. */
  woken: () => void;
  checks: readonly ScheduledCheck[];
  /** Slots after this instant are attended to. */
  started_at: EpochMs;
  clock: Clock;
  due: (slot: Slot) => void;
  /** A regular slot to which this thread was too busy to attend. */
  missed: (slot: Slot) => void;
}

/** A timer cannot wait for months. */
const LONGEST_WAIT_MS = HOUR;

interface Planned {
  check: ScheduledCheck;
  timetable: Timetable;
  offset_ms: number;
  /** The next regular slot. */
  regular_at: EpochMs;
  /** A slot besides the regular ones. */
  extra: Slot | null;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Calls `due` for each check at each of its slots, at most 5 s late, else `missed`; slots besides
 * the regular ones are planned again instead.
 */
export function startSchedule(parts: ScheduleParts): Schedule {
  const { checks, started_at, clock, woken, due, missed } = parts;
  const timetables = createTimetables();
  const planned = new Map(checks.map((check) => [check.id, firstPlan(check)]));
  let stopped = false;
  waitForAll();

  return {
    slotAfter(check, at, nth) {
      const plan = find(check);
      let slot_at = at;
      for (let i = 0; i < nth; i++) slot_at = regularAfter(plan, slot_at);
      return slot_at;
    },
    deadlineMs: (check) => find(check).check.deadline_ms,
    catchUp: waitForAll,
    replan(by_ms) {
      const now = clock.now();
      for (const plan of planned.values()) {
        plan.regular_at = regularAfter(plan, now);
        if (plan.extra !== null) plan.extra.slot_at = Math.max(now, plan.extra.slot_at + by_ms);
      }
      waitForAll();
    },
    confirm(check, slot_at) {
      const plan = find(check);
      if (stopped || plan.extra !== null || hasRegularBy(plan, slot_at)) return;
      plan.extra = { check: plan.check, slot_at, confirming: true };
      wait(plan);
    },
    stop() {
      stopped = true;
      for (const { timer } of planned.values()) clearTimeout(timer);
    },
  };

  function firstPlan(check: ScheduledCheck): Planned {
    const timetable = timetables(check.schedule, check.zone);
    const offset_ms = slotOffsetMs(check.id, timetable.distance_ms);
    const regular_at = timetable.after(started_at - offset_ms) + offset_ms;
    const extra_at = firstSlot(check.id, started_at, regular_at);
    const extra = extra_at === null ? null : { check, slot_at: extra_at, confirming: false };
    return { check, timetable, offset_ms, regular_at, extra, timer: undefined };
  }

  function find(check: string): Planned {
    const plan = planned.get(check);
    if (!plan) throw new Error(`check ${check} has no schedule`);
    return plan;
  }

  function waitForAll(): void {
    if (!stopped) for (const plan of planned.values()) wait(plan);
  }

  function wait(plan: Planned): void {
    clearTimeout(plan.timer);
    const at = Math.min(plan.regular_at, plan.extra?.slot_at ?? plan.regular_at);
    const wait_ms = Math.min(LONGEST_WAIT_MS, Math.max(0, at - clock.now()));
    plan.timer = setTimeout(attend, wait_ms, plan);
  }

  /** Of several slots that have passed only the last one runs, so that nobody gets a burst. */
  function attend(plan: Planned): void {
    woken();
    const now = clock.now();
    const { extra } = plan;
    const passed = passedSlots(plan, now);
    const last = passed.at(-1);
    const runs = last !== undefined && now - last.slot_at <= NUMBERS.own.slot_lag_ms;
    // What it was to find out is found out by no other slot.
    if (extra !== null && passed.includes(extra) && !runs) plan.extra = { ...extra, slot_at: now };
    wait(plan);
    for (const slot of passed) {
      if (slot === last && runs) due(slot);
      else if (slot !== extra && now - slot.slot_at <= NUMBERS.own.gap_from_ms) missed(slot);
    }
  }
}

/** Takes the slots that have passed out of the plan, in order; a gap covers older ones. */
function passedSlots(plan: Planned, now: EpochMs): Slot[] {
  const { check, extra } = plan;
  const passed: Slot[] = [];
  const covered_until = now - NUMBERS.own.gap_from_ms;
  while (plan.regular_at <= now) {
    passed.push({ check, slot_at: plan.regular_at, confirming: false });
    plan.regular_at = regularAfter(plan, Math.max(plan.regular_at, covered_until));
  }
  if (extra !== null && extra.slot_at <= now) {
    passed.push(extra);
    plan.extra = null;
  }
  return passed.sort((a, b) => a.slot_at - b.slot_at);
}

/**
 * Whether a regular slot has passed by an instant that is yet to run, or is of the very instant,
 * under way or not: a slot has one result.
 */
function hasRegularBy(plan: Planned, at: EpochMs): boolean {
  const runs_from = at - NUMBERS.own.slot_lag_ms;
  const from = Math.max(runs_from, Math.min(plan.regular_at, at));
  return regularAfter(plan, from - 1) <= at;
}

function regularAfter({ timetable, offset_ms }: Planned, at: EpochMs): EpochMs {
  return timetable.after(at - offset_ms) + offset_ms;
}
