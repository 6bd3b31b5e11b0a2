import type { ToldDelays } from '../../model/component.ts';
import { addDelay, emptySketch, mergeInto, quantile, type Sketch } from '../../model/sketch.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { RECENT_WINDOW_MS } from './recent.ts';

/** What own traffic told of one minute. Never changed: versions share it. */
interface RecentMinute {
  from: EpochMs;
  good: number;
  bad: number;
  /** Of the good ones that say how long they took. */
  delays: Sketch;
}

/**
 * The judged events of own traffic in the last 60 minutes of the clock, oldest first: by minute, as
 * a company may have any number of them.
 */
export type RecentTraffic = readonly RecentMinute[];

/** A judged event. */
interface RecentEvent {
  at: EpochMs;
  /** null: nobody knows. */
  duration_ms: number | null;
  is_bad: boolean;
}

/** The same with more events, in any order. */
export function withRecentEvents(
  recent: RecentTraffic,
  events: readonly RecentEvent[],
): RecentTraffic {
  if (events.length === 0) return recent;
  const minutes = new Map(recent.map((it) => [it.from, it]));
  for (const [from, its] of Map.groupBy(events, ({ at }) => at - (at % MINUTE)))
    minutes.set(from, minuteWith(minutes.get(from), from, its));
  const newest = Math.max(...minutes.keys());
  return [...minutes.values()]
    .filter(({ from }) => from > newest - RECENT_WINDOW_MS)
    .sort((a, b) => a.from - b.from);
}

function minuteWith(
  known: RecentMinute | undefined,
  from: EpochMs,
  events: readonly RecentEvent[],
): RecentMinute {
  const delays = emptySketch();
  if (known) mergeInto(delays, known.delays);
  const bad = events.filter(({ is_bad }) => is_bad).length;
  for (const { is_bad, duration_ms } of events)
    if (!is_bad && duration_ms !== null) addDelay(delays, duration_ms);
  return {
    from,
    good: (known?.good ?? 0) + events.length - bad,
    bad: (known?.bad ?? 0) + bad,
    delays,
  };
}

/** The whole minutes that were over by the instant. */
export function recentEventsUntil(recent: RecentTraffic, at: EpochMs): RecentTraffic {
  return recent.filter(({ from }) => from + MINUTE <= at);
}

/** Median and 95th percentile of what events told, within 1 %; null: there are none. */
export function toldDelays(recent: RecentTraffic): ToldDelays | null {
  if (recent.length === 0) return null;
  const delays = emptySketch();
  for (const minute of recent) mergeInto(delays, minute.delays);
  const good = sum(recent.map((it) => it.good));
  const bad = sum(recent.map((it) => it.bad));
  const known = delays.count;
  const n = known + bad;
  return {
    window_ms: RECENT_WINDOW_MS,
    measured: good + bad,
    n,
    bad,
    median_ms: nearestRank(0.5),
    p95_ms: nearestRank(0.95),
  };

  /** What failed took longer than all that did not. */
  function nearestRank(q: number): number | null {
    const rank = Math.ceil(q * n);
    if (rank === 0 || rank > known) return null;
    // Half a rank on, so that what is lost in dividing leads to no other.
    return quantile(delays, known === 1 ? 0 : Math.min(1, (rank - 0.5) / (known - 1)));
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, it) => all + it, 0);
}
