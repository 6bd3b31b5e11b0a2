import type { Stretch } from './facts.ts';

const MINUTE_MS = 60_000;
const WINDOWS_MS = [30, 120, 480, 1_440].map((minutes) => minutes * MINUTE_MS);
const LEAST_RESULTS = 20;
const LEAST_BAD = 3;
const TOLERATED = 0.05;
const QUIET_MS = 30 * MINUTE_MS;
const QUIET_RESULTS = 20;
/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/** Slots in order, and which of them were bad. */
interface Counted {
  slots: number[];
  bad: number[];
}

/** The lower end of Wilson's 95 % interval of a share. */
export function leastShare(bad: number, n: number): number {
  const p = bad / n;
  const z2 = Z * Z;
  const spread = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return (p + z2 / (2 * n) - spread) / (1 + z2 / n);
}

export function counted(): Counted {
  return { slots: [], bad: [] };
}

export function count(into: Counted, slot_at: number, is_bad: boolean): void {
  insert(into.slots, slot_at);
  if (is_bad) insert(into.bad, slot_at);
}

function insert(sorted: number[], value: number): void {
  sorted.splice(firstAfter(sorted, value), 0, value);
}

/** Index of the first that is greater. */
function firstAfter(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function inWindow(sorted: readonly number[], at: number, window_ms: number): number {
  return firstAfter(sorted, at) - firstAfter(sorted, at - window_ms);
}

/** CHECK-3: the greatest share of bad results over any window with enough; null: none has. */
export function greatestShare({ slots, bad }: Counted, at: number): number | null {
  const shares = WINDOWS_MS.flatMap((window_ms) => {
    const n = inWindow(slots, at, window_ms);
    return n >= LEAST_RESULTS ? inWindow(bad, at, window_ms) / n : [];
  });
  return shares.length === 0 ? null : Math.max(...shares);
}

/** CHECK-2. */
export function needed(share: number | null, every_ms: number): number {
  const p = Math.max(share ?? 0, 0.001);
  if (p >= 1) return 8;
  const slots_a_year = (365 * 1_440 * MINUTE_MS) / every_ms;
  return Math.min(8, Math.max(2, Math.ceil(Math.log(0.05 / slots_a_year) / Math.log(p))));
}

/** COMPONENT-4 to -8: when some users were affected. */
export function readShare() {
  const spans: Stretch[] = [];
  let known = counted();
  let last_bad_at = Number.NEGATIVE_INFINITY;
  let quiet: number[] = [];
  let is_affected = false;

  return { add, see, spans };

  /** One that counts; those of a run count when it is over. */
  function add(slot_at: number, is_bad: boolean): void {
    count(known, slot_at, is_bad);
    if (!is_bad) return;
    last_bad_at = Math.max(last_bad_at, slot_at);
    quiet = quiet.filter((it) => it > last_bad_at);
  }

  /** After all that counts by then was added; and when the last one was bad that yet may. */
  function see(slot_at: number, is_bad: boolean, last_open_at: number): void {
    if (!is_bad && slot_at > last_bad_at) insert(quiet, slot_at);
    const quiet_ms = slot_at - Math.max(last_bad_at, last_open_at);
    const is_over = !is_bad && quiet.length >= QUIET_RESULTS && quiet_ms >= QUIET_MS;
    if (is_affected && is_over) {
      const span = spans.at(-1);
      if (span) span.to = quiet[0] as number;
      is_affected = false;
      known = counted();
    }
    const since = is_affected ? null : affectedSince(slot_at);
    if (since === null) return;
    spans.push({ from: since, to: Number.POSITIVE_INFINITY });
    is_affected = true;
  }

  function affectedSince(at: number): number | null {
    const { slots, bad } = known;
    if (bad.length < LEAST_BAD) return null;
    for (const window_ms of WINDOWS_MS) {
      const n = inWindow(slots, at, window_ms);
      const k = inWindow(bad, at, window_ms);
      if (n >= LEAST_RESULTS && k >= LEAST_BAD && leastShare(k, n) > TOLERATED)
        return bad[firstAfter(bad, at - window_ms)] as number;
    }
    return null;
  }
}
