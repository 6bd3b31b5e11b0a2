import type { RecentDelays, ToldDelays } from '../../model/component.ts';
import { nearestRank } from '../../model/nearest-rank.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

export const RECENT_WINDOW_MS = HOUR;

/**
 * The delays of a component's judged results in the last hour of slots. Immutable, although
 * versions share their arrays: a component has thousands, and every result makes a version.
 */
export interface RecentResults {
  readonly slots: Float64Array;
  /** In ms; NaN for a bad result, negative for a good one without a delay. */
  readonly delays: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** A judged result. */
export interface RecentResult {
  slot_at: EpochMs;
  /** null: nobody knows. */
  delay_ms: number | null;
  is_bad: boolean;
}

const LEAST_ROOM = 16;
const WITHOUT_DELAY = -1;

/** The recent results including a new one, without those an hour before it. */
export function withRecent(
  recent: RecentResults | undefined,
  { slot_at, delay_ms, is_bad }: RecentResult,
): RecentResults {
  const known = recent ?? NOTHING;
  const at = placeOf(known, slot_at);
  const { slots, delays, from, to } = withRoom(at < known.to ? ofItsOwn(known) : known);
  const place = at + to - known.to;
  slots.copyWithin(place + 1, place, to);
  delays.copyWithin(place + 1, place, to);
  slots[place] = slot_at;
  delays[place] = is_bad ? Number.NaN : (delay_ms ?? WITHOUT_DELAY);
  const newest_at = slots[to] ?? slot_at;
  let first = from;
  while (first < to && (slots[first] ?? 0) <= newest_at - RECENT_WINDOW_MS) first += 1;
  return { slots, delays, from: first, to: to + 1 };
}

/** The figures of what was measured, with those of what was told before. */
export function measuredBeside(measured: RecentDelays, before: RecentDelays | null): RecentDelays {
  const told = before?.told;
  return told === undefined ? measured : { ...measured, told };
}

export function withoutTold({ told: _, ...measured }: RecentDelays): RecentDelays {
  return measured;
}

/** The figures of what was told, beside those of what was measured before. */
export function toldBeside(told: ToldDelays | null, before: RecentDelays | null) {
  if (told === null) return before;
  return { ...(before ?? recentDelays(NOTHING)), told };
}

/** Behind all of its slot and before: one that comes late is counted in its own. */
function placeOf({ slots, from, to }: RecentResults, slot_at: EpochMs): number {
  let at = to;
  while (at > from && (slots[at - 1] ?? 0) > slot_at) at -= 1;
  return at;
}

/** In arrays that no other version shares. */
function ofItsOwn(recent: RecentResults): RecentResults {
  return { ...recent, slots: recent.slots.slice(), delays: recent.delays.slice() };
}

/** Those of slots up to the instant, in arrays of their own. */
export function recentUntil(recent: RecentResults, at: EpochMs): RecentResults {
  let to = recent.to;
  while (to > recent.from && (recent.slots[to - 1] ?? 0) > at) to -= 1;
  return { ...ofItsOwn(recent), to };
}

/** Copied when it is full, without what has left the window. */
function withRoom(recent: RecentResults): RecentResults {
  const { slots, delays, from, to } = recent;
  if (to < slots.length) return recent;
  const size = to - from;
  const room = Math.ceil(size * 1.5) + LEAST_ROOM;
  const roomy = { slots: new Float64Array(room), delays: new Float64Array(room) };
  roomy.slots.set(slots.subarray(from, to));
  roomy.delays.set(delays.subarray(from, to));
  return { ...roomy, from: 0, to: size };
}

const NOTHING: RecentResults = {
  slots: new Float64Array(0),
  delays: new Float64Array(0),
  from: 0,
  to: 0,
};

/**
 * Median and 95th percentile of the recent delays in ms (nearest rank). A bad run counts as longer
 * than any good one: a quantile that falls on one is null.
 */
export function recentDelays({ delays, from, to }: RecentResults): RecentDelays {
  const measured = to - from;
  const room = new Float64Array(measured);
  let bad = 0;
  let known = 0;
  // For every result over thousands: functions called for each would cost more than the judging.
  for (let place = from; place < to; place += 1) {
    const delay = delays[place] ?? WITHOUT_DELAY;
    if (Number.isNaN(delay)) bad += 1;
    else if (delay >= 0) {
      room[known] = delay;
      known += 1;
    }
  }
  const good = room.subarray(0, known);
  const n = known + bad;
  return {
    window_ms: RECENT_WINDOW_MS,
    measured,
    n,
    bad,
    median_ms: nearestRank(good, 0.5, n),
    p95_ms: nearestRank(good, 0.95, n),
  };
}
