import { NUMBERS } from '../numbers.ts';
import { earliest, latest } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';
import { wilsonLowerBound } from '../wilson.ts';
import {
  type BadCount,
  badAtMost,
  countsAt,
  firstBadAt,
  type History,
  windowLengths,
} from './history.ts';

/** The share of bad results of a component. */
export interface Share {
  /** Some users are affected since this slot: too many single failures for chance; null: not. */
  affected_since: EpochMs | null;
  /** The counts behind that, and the length of their window. */
  n: number;
  bad: number;
  window_ms: number;
  /** Without those of which nothing proves that they are not of our own line they were not many. */
  is_perhaps_ours: boolean;
  /** Slot of the last bad result that counts. */
  last_bad_at: EpochMs | null;
  /** Slots of the good ones after it: the first, and as many of the last as matter. */
  quiet: readonly EpochMs[];
  /** Those before that ended lately, oldest first. */
  ended: readonly EndedShare[];
}

/** Some users were affected from the one slot until the other. */
export interface EndedShare extends Pick<Share, 'n' | 'bad' | 'window_ms' | 'is_perhaps_ours'> {
  from: EpochMs;
  to: EpochMs;
}

export const NO_SHARE: Share = {
  affected_since: null,
  n: 0,
  bad: 0,
  window_ms: 0,
  is_perhaps_ours: false,
  last_bad_at: null,
  quiet: [],
  ended: [],
};

/** A judged result of one of the component's checks. */
export interface SharedResult {
  slot_at: EpochMs;
  /** Outside announced maintenance. */
  is_bad: boolean;
}

/**
 * The share after one more result, already in the `histories` of the component's checks. Bad
 * results in a row count once it is known that they do not fail their check. Affected when any
 * window has n ≥ 20, at least 3 bad, and a 95 % Wilson lower bound above 5 %, since its first bad
 * one; until 30 minutes and 20 results have passed without a bad one. When it ends, the histories
 * are to be cleared.
 */
export function shareAfter(
  before: Share,
  histories: readonly History[],
  result: SharedResult,
): Share {
  const seen = { ...before, ...quietAfter(before, histories, result) };
  if (before.affected_since !== null && isOver(seen, histories, result))
    return { ...NO_SHARE, ended: endedWith(before, seen.quiet[0] ?? result.slot_at) };
  const found = affectedWindow(histories, result.slot_at);
  if (found === null) return seen;
  const is_perhaps_ours = affectedWindow(histories, result.slot_at, true) === null;
  return {
    ...seen,
    ...found,
    is_perhaps_ours,
    affected_since: seen.affected_since ?? firstBad(found.window_ms),
  };

  function firstBad(window_ms: number): EpochMs | null {
    return earliest(histories.map((it) => firstBadAt(it, result.slot_at, window_ms)));
  }
}

function endedWith({ affected_since, ended, ...share }: Share, to: EpochMs): EndedShare[] {
  const { n, bad, window_ms, is_perhaps_ours } = share;
  const kept = ended.filter((it) => it.to > to - NUMBERS.windows_ms.last);
  return [...kept, { from: affected_since ?? to, to, n, bad, window_ms, is_perhaps_ours }];
}

/** The share as it is known of an instant: there may have been one that has ended. */
export function shareAt(share: Share, at: EpochMs): Share {
  const { affected_since, ended } = share;
  if (affected_since !== null && affected_since <= at) return share;
  const then = ended.find(({ from, to }) => from <= at && at < to);
  if (then === undefined) return NO_SHARE;
  const { from, n, bad, window_ms, is_perhaps_ours } = then;
  return { ...NO_SHARE, affected_since: from, n, bad, window_ms, is_perhaps_ours };
}

/** The instants at which some users began or ceased to be affected. */
export function bordersOf({ affected_since, ended }: Share): EpochMs[] {
  const past = ended.flatMap(({ from, to }) => [from, to]);
  return affected_since === null ? past : [...past, affected_since];
}

/** A bad result counts once it is known that it fails no check; then it was not quiet before it. */
function quietAfter(
  before: Share,
  histories: readonly History[],
  { slot_at, is_bad }: SharedResult,
): Pick<Share, 'last_bad_at' | 'quiet'> {
  const last_bad_at = latest([before.last_bad_at, ...histories.map((it) => it.last_bad_at)]);
  const open_since = earliest(histories.map(({ run }) => run[0]?.slot_at ?? null));
  if (last_bad_at === null && open_since === null) return { last_bad_at, quiet: [] };
  const known = is_bad ? before.quiet : [...before.quiet, slot_at];
  const quiet = known.filter((it) => it > (last_bad_at ?? 0));
  return { last_bad_at, quiet: asManyAsMatter(quiet, open_since) };
}

/** Bad results since `open_since` may yet count: then it is quiet after them. */
function asManyAsMatter(quiet: EpochMs[], open_since: EpochMs | null): EpochMs[] {
  const surplus = quiet.length - NUMBERS.share.ends_after_results;
  const later = open_since === null ? -1 : quiet.findIndex((it) => it > open_since);
  const dropped = later === -1 ? surplus : Math.min(surplus, later);
  return quiet.toSpliced(1, dropped);
}

function isOver(
  { last_bad_at, quiet }: Share,
  histories: readonly History[],
  { slot_at, is_bad }: SharedResult,
): boolean {
  const { ends_after_ms, ends_after_results } = NUMBERS.share;
  const last_at = latest([last_bad_at, ...histories.map(({ run }) => run.at(-1)?.slot_at ?? null)]);
  const is_long = last_at === null || slot_at - last_at >= ends_after_ms;
  return !is_bad && quiet.length >= ends_after_results && is_long;
}

/** The shortest window that has too many bad results, or too many of those that are proven. */
function affectedWindow(
  histories: readonly History[],
  slot_at: EpochMs,
  only_proven = false,
): Pick<Share, 'n' | 'bad' | 'window_ms'> | null {
  const bad_at_most = histories.reduce((sum, it) => sum + badAtMost(it), 0);
  if (bad_at_most < NUMBERS.share.bad) return null;
  const counts = histories.map((it) => countsAt(it, slot_at));
  for (const [index, window_ms] of windowLengths().entries()) {
    const { n, bad } = total(counts.map((it) => it[index]));
    const ours = only_proven ? unprovenSince(histories, slot_at - window_ms) : 0;
    if (isTooMany({ n: n - ours, bad: bad - ours })) return { n, bad, window_ms };
  }
  return null;
}

function unprovenSince(histories: readonly History[], after: EpochMs): number {
  return histories.reduce((sum, it) => sum + it.unproven.filter((at) => at > after).length, 0);
}

function total(counts: readonly (BadCount | undefined)[]): BadCount {
  return counts.reduce<BadCount>(
    (sum, it) => ({ n: sum.n + (it?.n ?? 0), bad: sum.bad + (it?.bad ?? 0) }),
    { n: 0, bad: 0 },
  );
}

/** Too many bad results for chance around a share that is tolerated. */
export function isTooMany({ n, bad }: BadCount): boolean {
  const { results, bad: least_bad, tolerated } = NUMBERS.share;
  return n >= results && bad >= least_bad && wilsonLowerBound(bad, n) > tolerated;
}
