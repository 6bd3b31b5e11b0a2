/** What is to be said of own traffic, from docs/judging.md alone; shares no code with the judge. */

/** An event that says something of the system: when, in whole seconds, and whether it was bad. */
export interface Told {
  second: number;
  is_bad: boolean;
}

/** The results of an hour of the weeks before, from its first second. */
export interface HourBefore {
  second: number;
  n: number;
}

export interface Said {
  /** From which second on it is in which state, oldest first. */
  states: [from: number, state: string][];
  /** Of the last window that was judged: how many, how many of them bad, how long in seconds. */
  window: { n: number; bad: number; seconds: number } | null;
  /** Since when it is quiet, though well; null: it is not. */
  quiet: number | null;
}

const WINDOW = 300;
const QUIET = 1_800;
const DAY = 86_400;
/** e^-(42/3) is less than one in a million. */
const MISSING = 42;
const MISSING_AFTER = 900;

/** The National Day of 2026 and the Saturday on which people made up for it. */
const HOLIDAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`);
const MADE_UP = ['2026-10-10'];

/** The hour and the kind of day, in China. */
function kindOf(second: number): string {
  const [day = '', time = ''] = new Date((second + 8 * 3_600) * 1_000).toISOString().split('T');
  const is_weekend = [0, 6].includes(new Date(day).getUTCDay());
  const is_working = MADE_UP.includes(day) || !(is_weekend || HOLIDAYS.includes(day));
  return `${is_working ? 'working' : 'other'} ${time.slice(0, 2)}`;
}

/** How many are usual in a second, by the hours of the weeks before, all of them watched. */
export function usualBy(hours: readonly HourBefore[]): (second: number) => number | null {
  const counts = Map.groupBy(hours, ({ second }) => kindOf(second));
  return (second) => {
    const all = (counts.get(kindOf(second)) ?? []).map(({ n }) => n).sort((a, b) => a - b);
    return all.length < 5 ? null : (all[Math.ceil(all.length / 2) - 1] ?? 0) / 3_600;
  };
}

/** When the first event after one was due, and until when silence may be chance. */
function silenceAfter(second: number, usual: (second: number) => number | null) {
  let [expected, used] = [0, 0];
  let due: number | null = null;
  for (let at = second; ; ) {
    const end = (Math.floor(at / 3_600) + 1) * 3_600;
    const rate = usual(at);
    if (rate === null) due ??= Math.max(at, second + 1);
    else if (expected + rate * (end - at) >= 1)
      due ??= Math.max(second + 1, Math.round(at + (1 - expected) / rate));
    const uses = rate === null ? 1 / QUIET : rate / MISSING;
    if (used + uses * (end - at) >= 1) {
      const missing = at + (1 - used) / uses;
      return { due: due ?? missing, missing: Math.max(missing, second + MISSING_AFTER) };
    }
    expected += (rate ?? 0) * (end - at);
    used += uses * (end - at);
    at = end;
  }
}

/** What is known at an instant, in seconds, of events up to then. */
export function sayOf(
  events: readonly Told[],
  now: number,
  usual: (second: number) => number | null,
): Said {
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
    if (before === undefined || pauses(before, second)) {
      heard = second;
      failing = [];
    }
    takeSecond(second);
    const next = seconds[i + 1] ?? Number.POSITIVE_INFINITY;
    const end = (Math.floor(second / WINDOW) + 1) * WINDOW;
    if (end <= now && next >= end) takeWindow(end);
  }
  const last = seconds.at(-1);
  const pause = last !== undefined && pauses(last, now);
  return { states, window, quiet: pause && state === 'operational' ? last : null };

  /** Whether what was before counts no more for what fails; unknown where it is missing. */
  function pauses(before: number, until: number): boolean {
    if (until - before <= MISSING_AFTER) return false;
    const { due, missing } = silenceAfter(before, usual);
    const is_well = state === 'operational';
    const is_lost = until > (is_well ? missing : Math.min(missing, before + QUIET));
    if (is_lost) turn(is_well ? due : before + 1, 'unknown');
    return is_lost || until - before > QUIET;
  }

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
    const usual_share = of_day[Math.ceil(of_day.length / 2) - 1] ?? 0;
    return Math.max(0.05, 3 * Math.min(usual_share, 0.05));
  }
}

/** Wilson 1927, 95 %. */
function lowerBound(bad: number, n: number): number {
  const z = 1.959964;
  const p = bad / n;
  const root = Math.sqrt((p * (1 - p) + (z * z) / (4 * n)) / n);
  return (p + (z * z) / (2 * n) - z * root) / (1 + (z * z) / n);
}
