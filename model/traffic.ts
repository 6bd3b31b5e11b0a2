import { NUMBERS } from './numbers.ts';
import { SECOND } from './time.ts';
import type { EpochMs } from './vocabulary.ts';

/** Judged events of own traffic in one window, by the second: in whichever order they come. */
export interface TrafficWindow {
  /** A multiple of the length of a window. */
  from: EpochMs;
  /** By second of the window. */
  good: Uint32Array;
  bad: Uint32Array;
  n: number;
  n_bad: number;
  /** Seconds, since the epoch in ms; null: none. */
  first_at: EpochMs;
  last_at: EpochMs;
  first_bad_at: EpochMs | null;
}

/** Oldest first, without those in which nothing happened. */
export type Traffic = readonly TrafficWindow[];

/** Events of one second, as judged. */
export interface TrafficCount {
  at: EpochMs;
  good: number;
  bad: number;
}

/** The beginning of the window that contains the instant. */
export function windowFrom(at: EpochMs): EpochMs {
  return at - (at % NUMBERS.traffic.window_ms);
}

/** The traffic with these counts added, in new windows where something was; without old ones. */
export function withCounts(
  traffic: Traffic,
  counts: readonly TrafficCount[],
  kept_from: EpochMs,
): Traffic {
  if (counts.length === 0) return traffic;
  const added = Map.groupBy(counts, ({ at }) => windowFrom(at));
  const known = new Map(traffic.map((it) => [it.from, it]));
  for (const [from, its] of added) known.set(from, windowWith(known.get(from), from, its));
  return [...known.values()]
    .filter(({ from }) => from >= windowFrom(kept_from))
    .sort((a, b) => a.from - b.from);
}

function windowWith(
  before: TrafficWindow | undefined,
  from: EpochMs,
  counts: readonly TrafficCount[],
): TrafficWindow {
  const seconds = NUMBERS.traffic.window_ms / SECOND;
  const good = before?.good.slice() ?? new Uint32Array(seconds);
  const bad = before?.bad.slice() ?? new Uint32Array(seconds);
  for (const count of counts) {
    const second = Math.floor((count.at - from) / SECOND);
    good[second] = (good[second] ?? 0) + count.good;
    bad[second] = (bad[second] ?? 0) + count.bad;
  }
  return windowOf(from, good, bad);
}

function windowOf(from: EpochMs, good: Uint32Array, bad: Uint32Array): TrafficWindow {
  const isAny = (_: number, second: number) => (good[second] ?? 0) + (bad[second] ?? 0) > 0;
  const first_bad = bad.findIndex((it) => it > 0);
  const sum = (counts: Uint32Array) => counts.reduce((all, it) => all + it, 0);
  const n_bad = sum(bad);
  return {
    from,
    good,
    bad,
    n: sum(good) + n_bad,
    n_bad,
    first_at: from + good.findIndex(isAny) * SECOND,
    last_at: from + good.findLastIndex(isAny) * SECOND,
    first_bad_at: first_bad === -1 ? null : from + first_bad * SECOND,
  };
}

/** What had happened by the instant: nothing is judged before it comes. */
export function trafficUntil(traffic: Traffic, at: EpochMs): Traffic {
  const last = traffic.at(-1);
  if (last === undefined || last.last_at <= at) return traffic;
  return traffic.flatMap((window) => {
    if (window.from > at) return [];
    if (window.last_at <= at) return [window];
    const end = Math.floor((at - window.from) / SECOND) + 1;
    const until = (counts: Uint32Array) => counts.map((it, second) => (second < end ? it : 0));
    const cut = windowOf(window.from, until(window.good), until(window.bad));
    return cut.n === 0 ? [] : [cut];
  });
}
