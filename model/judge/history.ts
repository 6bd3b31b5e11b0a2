import { NUMBERS } from '../numbers.ts';
import type { EpochMs } from '../vocabulary.ts';
import {
  appended,
  beginning,
  type HistoryPlace,
  LONGEST_DISTANCE_MS,
  leftBehind,
  moved,
  nextPlace,
} from './history-bytes.ts';

/**
 * The judged results of one check that count for shares of bad results, over the longest window:
 * when they were due, and whether they were bad. Bad results in an announced maintenance, and runs
 * of bad results that failed the check, are not among them. Immutable, although versions share
 * bytes: about one byte a result.
 */
export interface History {
  readonly bytes: Uint8Array;
  /** After the last result. */
  readonly end: HistoryPlace;
  /** By window: after the last result that has left it. */
  readonly starts: readonly HistoryPlace[];
  /** After the last result before the last share of bad results that ended; it is forgotten. */
  readonly cleared: HistoryPlace | null;
  /** The slot of the last bad result that counts; null: none, or none since that share ended. */
  readonly last_bad_at: EpochMs | null;
  /** The slots of those that count although nothing proves that they are not of our own line. */
  readonly unproven: readonly EpochMs[];
  /**
   * The slots of the bad results in a row at the end. They may yet fail the check, and count only
   * once they have not.
   */
  readonly run: readonly BadResult[];
}

/** A bad result, and whether it may be of our own line: nothing proves it. */
export interface BadResult {
  slot_at: EpochMs;
  is_perhaps_ours: boolean;
}

/** Results and bad ones. */
export interface BadCount {
  n: number;
  bad: number;
}

/** The lengths of the windows, shortest first. */
export function windowLengths(): number[] {
  const { first, second, third, last } = NUMBERS.windows_ms;
  return [first, second, third, last];
}

/** The history with one more good result; the bad ones before it were chance. */
export function withGood(history: History | null, slot_at: EpochMs): History {
  const known = history && withRun(history);
  return pushed(known, slot_at, false);
}

/** With one more bad result, of which is not known yet whether it is chance. */
export function withBad(history: History | null, result: BadResult): History {
  const known = history ?? empty(result.slot_at);
  return { ...known, run: [...known.run, result] };
}

/** Without the bad results at its end: they failed the check. */
export function withoutRun(history: History): History {
  return history.run.length === 0 ? history : { ...history, run: [] };
}

/** The bad results at the end were chance. */
export function withRun(history: History): History {
  if (history.run.length === 0) return history;
  const known = history.run.reduce((before, it) => pushed(before, it.slot_at, true), history);
  const more = history.run.filter((it) => it.is_perhaps_ours).map((it) => it.slot_at);
  const forgotten = known.end.at - NUMBERS.windows_ms.last;
  const unproven = [...known.unproven, ...more].filter((at) => at > forgotten);
  return { ...known, unproven, run: [] };
}

/** From here on the share is counted anew. */
export function cleared(history: History): History {
  return { ...history, cleared: history.end, last_bad_at: null, unproven: [] };
}

/** With the results of slots up to the instant only, in bytes of its own. */
export function historyUntil(history: History, at: EpochMs): History {
  const { bytes, end, starts, cleared, run } = history;
  const oldest = starts.at(-1) ?? end;
  if (end.at <= at && run.every((it) => it.slot_at <= at)) return history;
  const last = leftBehind(bytes, oldest, end, at);
  return {
    bytes: bytes.slice(),
    end: last,
    starts: windowLengths().map((length_ms) => leftBehind(bytes, oldest, last, at - length_ms)),
    cleared: cleared !== null && cleared.n > last.n ? last : cleared,
    last_bad_at: history.last_bad_at === null ? null : Math.min(history.last_bad_at, at),
    unproven: history.unproven.filter((it) => it <= at),
    run: run.filter((it) => it.slot_at <= at),
  };
}

/** What each window that ends with the slot has, since it was last cleared. */
export function countsAt(history: History, slot_at: EpochMs): BadCount[] {
  const { bytes, end, starts, cleared } = history;
  return windowLengths().map((length_ms, index) => {
    const start = leftBehind(bytes, starts[index] ?? end, end, slot_at - length_ms);
    const from = cleared !== null && cleared.n > start.n ? cleared : start;
    return { n: end.n - from.n, bad: end.bad - from.bad };
  });
}

/** Bad results that may be in the longest window; no fewer than there are. */
export function badAtMost({ end, starts }: History): number {
  return end.bad - (starts.at(-1)?.bad ?? 0);
}

/**
 * The greatest share of bad results over any window with enough results; null where none has.
 * Whether or not it was cleared.
 */
export function greatestBadShare(history: History | null, slot_at: EpochMs): number | null {
  if (history === null) return null;
  const { bytes, end, starts } = history;
  const shares = windowLengths().flatMap((length_ms, index) => {
    const start = leftBehind(bytes, starts[index] ?? end, end, slot_at - length_ms);
    const n = end.n - start.n;
    return n >= NUMBERS.confirmations.results ? (end.bad - start.bad) / n : [];
  });
  return shares.length === 0 ? null : Math.max(...shares);
}

/** The slot of the first bad result in a window of one of the lengths; null without one. */
export function firstBadAt(history: History, slot_at: EpochMs, window_ms: number): EpochMs | null {
  const { bytes, end, starts, cleared } = history;
  const start = starts[windowLengths().indexOf(window_ms)] ?? end;
  const from = cleared !== null && cleared.n > start.n ? cleared : start;
  let place = leftBehind(bytes, from, end, slot_at - window_ms);
  const bad = place.bad;
  while (place.index < end.index) {
    place = nextPlace(bytes, place);
    if (place.bad > bad) return place.at;
  }
  return null;
}

function empty(slot_at: EpochMs): History {
  const { bytes, end } = beginning(slot_at);
  const starts = windowLengths().map(() => end);
  return { bytes, end, starts, cleared: null, last_bad_at: null, unproven: [], run: [] };
}

function pushed(before: History | null, slot_at: EpochMs, is_bad: boolean): History {
  const is_new = before === null || slot_at - before.end.at > LONGEST_DISTANCE_MS;
  const known = is_new ? { ...empty(slot_at), run: before?.run ?? [] } : before;
  // A result that comes late does not reorder the others.
  const at = Math.max(slot_at, known.end.at);
  const { bytes, end } = appended(known.bytes, known.end, { slot_at: at, is_bad });
  const starts = windowLengths().map((length_ms, index) =>
    leftBehind(bytes, known.starts[index] ?? known.end, end, at - length_ms),
  );
  const last_bad_at = is_bad ? at : known.last_bad_at;
  return trimmed({ ...known, bytes, end, starts, last_bad_at });
}

/** Bytes that have left every window are copied away now and then. */
const LEAST_TRIMMED = 256;

function trimmed(history: History): History {
  const { bytes, end, starts, cleared } = history;
  const dropped = starts.at(-1)?.index ?? 0;
  if (dropped < LEAST_TRIMMED || dropped < end.index / 2) return history;
  return {
    ...history,
    bytes: bytes.slice(dropped, end.index),
    end: moved(end, dropped),
    starts: starts.map((it) => moved(it, dropped)),
    cleared: cleared === null || cleared.index < dropped ? null : moved(cleared, dropped),
  };
}
