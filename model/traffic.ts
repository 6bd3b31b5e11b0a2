import { NUMBERS } from './numbers.ts';
import { SECOND } from './time.ts';
import type { EpochMs, Outcome } from './vocabulary.ts';

/** What a bad event said. */
export interface BadCause {
  outcome: Outcome;
  code: string | null;
}

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
  /** By second of the window in which some were bad: what the least of them said (by its words). */
  causes: ReadonlyMap<number, BadCause>;
}

/** Oldest first, without those in which nothing happened. */
export type Traffic = readonly TrafficWindow[];

/** Events of one second, as judged, bad ones by what they said. */
export interface TrafficCount {
  at: EpochMs;
  good: number;
  bad: number;
  cause: BadCause | null;
}

/**
 * An event that comes later than that changes no state any more, and counts in figures only: what
 * was known so long ago is forgotten.
 */
export const TOLD_WITHIN_MS = NUMBERS.windows_ms.last;

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
  const causes = new Map(before?.causes);
  for (const count of counts) {
    const second = Math.floor((count.at - from) / SECOND);
    good[second] = (good[second] ?? 0) + count.good;
    bad[second] = (bad[second] ?? 0) + count.bad;
    if (count.cause !== null) causes.set(second, lesser(causes.get(second), count.cause));
  }
  return windowOf({ from, good, bad, causes });
}

/** One of a second, the same in whichever order they come. */
function lesser(a: BadCause | undefined, b: BadCause): BadCause {
  return a === undefined || causeKey(b) < causeKey(a) ? b : a;
}

export function causeKey({ outcome, code }: BadCause): string {
  return `${outcome} ${code ?? ''}`;
}

function windowOf({
  from,
  good,
  bad,
  causes,
}: Pick<TrafficWindow, 'from' | 'good' | 'bad' | 'causes'>): TrafficWindow {
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
    causes,
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
    const cut = windowOf({
      from: window.from,
      good: until(window.good),
      bad: until(window.bad),
      causes: new Map([...window.causes].filter(([second]) => second < end)),
    });
    return cut.n === 0 ? [] : [cut];
  });
}
