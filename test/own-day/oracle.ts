/** What is to be said of own traffic, from docs/judging.md alone; shares no code with the judge. */

/** An event that says something of the system: when, in whole seconds, and whether it was bad. */
export interface Told {
  second: number;
  is_bad: boolean;
}

export interface Said {
  /** From which second on it is in which state, oldest first. */
  states: [from: number, state: string][];
  /** Of the last window that was judged: how many, how many of them bad, how long in seconds. */
  window: { n: number; bad: number; seconds: number } | null;
}

const WINDOW = 300;
const QUIET = 1_800;
const DAY = 86_400;

/** What is known at an instant, in seconds, of events up to then. */
export function sayOf(events: readonly Told[], now: number): Said {
  const known = events.filter(({ second }) => second <= now);
  const by_second = Map.groupBy(known, ({ second }) => second);
  const seconds = [...by_second.keys()].sort((a, b) => a - b);
  const windows = Map.groupBy(known, ({ second }) => Math.floor(second / WINDOW));
  const shares = new Map(
    [...Map.groupBy(known, ({ second }) => Math.floor(second / 3_600))].map(([hour, its]) => [
      hour,
      { n: its.length, bad: its.filter((it) => it.is_bad).length },
    ]),
  );
  const states: Said['states'] = [];
  let state = 'unknown';
  let window: Said['window'] = null;
  let failing: number[] = [];
  let heard = 0;
  let well_again = 0;
  let since = 0;
  const turn = (from: number, to: string) => {
    while ((states.at(-1)?.[0] ?? -1) >= from) states.pop();
    state = to;
    since = from;
    if (states.at(-1)?.[1] !== to) states.push([from, to]);
  };
  for (const [i, second] of seconds.entries()) {
    const before = seconds[i - 1];
    if (before === undefined || second - before > QUIET) {
      if (before !== undefined) turn(before + 1, 'unknown');
      heard = second;
      failing = [];
    }
    takeSecond(second);
    const next = seconds[i + 1] ?? Number.POSITIVE_INFINITY;
    const end = (Math.floor(second / WINDOW) + 1) * WINDOW;
    if (end <= now && next >= end) takeWindow(end);
  }
  const last = seconds.at(-1);
  if (last !== undefined && now - last > QUIET) turn(last + 1, 'unknown');
  return { states, window };

  function takeSecond(second: number): void {
    const its = by_second.get(second) ?? [];
    if (its.some((it) => !it.is_bad)) {
      if (state === 'major_outage') {
        const bad = failing.length + its.filter((it) => it.is_bad).length;
        const took = second + 1 - (failing[0] ?? second);
        window = { n: failing.length + its.length, bad, seconds: Math.ceil(took / 60) * 60 };
        turn(second, 'partial_outage');
      }
      failing = [];
      return;
    }
    failing.push(...its.map(() => second));
    const first = failing[0] ?? second;
    const all = failing.length >= 10 && second - first >= 60;
    if (all && state !== 'major_outage') turn(first, 'major_outage');
  }

  function takeWindow(end: number): void {
    const last_window = end / WINDOW - 1;
    const its: Told[] = [];
    let length = 0;
    while (its.length < 20 && length < DAY / WINDOW) {
      its.push(...(windows.get(last_window - length) ?? []));
      length += 1;
    }
    if (its.length < 20) return;
    const bad = its.filter((it) => it.is_bad);
    window = { n: its.length, bad: bad.length, seconds: length * WINDOW };
    if (state === 'major_outage') return;
    const own = (windows.get(last_window) ?? []).map((it) => it.second);
    if (lowerBound(bad.length, its.length) > limitAt(end - WINDOW)) {
      if (state === 'partial_outage') return;
      turn(Math.max(Math.min(...bad.map((it) => it.second)), heard, well_again), 'partial_outage');
    } else if (state === 'partial_outage') {
      well_again = Math.max(Math.min(...own), since);
      turn(well_again, 'operational');
    } else if (state === 'unknown')
      turn(Math.max(heard, Math.min(...its.map((it) => it.second))), 'operational');
  }

  function limitAt(from: number): number {
    const hour = Math.floor(from / 3_600);
    const of_day: number[] = [];
    for (let back = 1; back <= 24; back += 1) {
      const { n = 0, bad = 0 } = shares.get(hour - back) ?? {};
      if (n >= 20) of_day.push(bad / n);
    }
    if (of_day.length < 4) return 0.05;
    of_day.sort((a, b) => a - b);
    const usual = of_day[Math.ceil(of_day.length / 2) - 1] ?? 0;
    return Math.max(0.05, 3 * Math.min(usual, 0.05));
  }
}

/** Wilson 1927, 95 %. */
function lowerBound(bad: number, n: number): number {
  const z = 1.959964;
  const p = bad / n;
  const root = Math.sqrt((p * (1 - p) + (z * z) / (4 * n)) / n);
  return (p + (z * z) / (2 * n) - z * root) / (1 + (z * z) / n);
}
