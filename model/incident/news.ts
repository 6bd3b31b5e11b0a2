import type { ComponentStatus, Note } from '../component.ts';
import type { StateFrom, Told } from '../correction.ts';
import { isDisturbed, isOutage, isReported, SEVERITY } from '../severity.ts';
import type { EpochMs, State } from '../vocabulary.ts';

/** What a ledger says of a component that it did not say before. */
export interface News {
  /** The states that it says newly, or of a longer time. */
  spans: readonly NewSpan[];
  /**
   * Disturbances that are over, or were others before what they are now, and of which it said
   * nothing: results that were known late, or together, show them.
   */
  past: readonly DisturbanceOver[];
}

export interface NewSpan extends StateFrom {
  until: EpochMs;
}

/** A disturbance that is over. */
export interface DisturbanceOver {
  since: EpochMs;
  until: EpochMs;
  /** The worst of its states, and why it was in it. */
  state: State;
  notes: readonly Note[];
  simulated: boolean;
}

export const NO_NEWS: News = { spans: [], past: [] };

export function newsIn(before: Told, now: Told): News {
  const spans = newSpans(before, now);
  if (spans.length === 0) return NO_NEWS;
  const over = spans.filter(({ to, until }) => isDisturbed(to) && until < Number.POSITIVE_INFINITY);
  return { spans, past: runsOf(over).filter((it) => !isKnown(it, before)) };
}

/**
 * What is now; or, where it is not known now, what was measured last, if that became known with it:
 * else it would be told as lasting, or as never over.
 */
export function reportedStatus(status: ComponentStatus, { spans }: News): ComponentStatus {
  const last = isReported(status.state) ? undefined : spans.findLast(({ to }) => isReported(to));
  return last ? { ...status, state: last.to, since: last.since, notes: last.notes } : status;
}

/**
 * Whether one failure turned into another only before it was not known any more, or was maintained:
 * then that is not how it is, and would never be told as over.
 */
export function isOutdated(from: State | undefined, to: State, now: State): boolean {
  return to !== now && isDisturbed(from) && isDisturbed(to);
}

/** From the first one to the last, as the worst of them; null: there is none. */
export function together(past: readonly DisturbanceOver[]): DisturbanceOver | null {
  return past.length === 0 ? null : past.reduce(joined);
}

/** The last disturbance that is over by what a ledger says, as its worst; null: there is none. */
export function lastOver(told: Told): DisturbanceOver | null {
  const last = told.findLastIndex(({ to }, i) => isDisturbed(to) && i + 1 < told.length);
  const first = told.findLastIndex(({ to }, i) => i < last && !isDisturbed(to)) + 1;
  const spans = told.slice(first, last + 1).map((it, i) => ({
    ...it,
    until: told[first + i + 1]?.since ?? Number.POSITIVE_INFINITY,
  }));
  return runsOf(spans).at(-1) ?? null;
}

function newSpans(before: Told, now: Told): NewSpan[] {
  if (before === now) return [];
  const was = before.slice(firstKept(before, now));
  const differs = now.findIndex((it, i) => !isSame(it, was[i]));
  const first = differs === -1 ? now.length : differs;
  const ended = was[first];
  const next = now[first];
  const goes_on = ended !== undefined && (next === undefined || next.since > ended.since);
  return now.slice(goes_on ? Math.max(0, first - 1) : first).map((it, i, slice) => ({
    ...it,
    until: slice[i + 1]?.since ?? Number.POSITIVE_INFINITY,
  }));
}

/** What is of longer ago than is kept is forgotten, and is no news. */
function firstKept(before: Told, [oldest]: Told): number {
  return Math.max(
    0,
    before.findIndex((it) => oldest !== undefined && isSame(it, oldest)),
  );
}

function isSame(a: StateFrom, b: StateFrom | undefined): boolean {
  return a === b || (a.to === b?.to && a.since === b.since);
}

/** What follows one another without a pause is one. */
function runsOf(spans: readonly NewSpan[]): DisturbanceOver[] {
  const runs: DisturbanceOver[] = [];
  for (const { to: state, since, until, notes, simulated } of spans) {
    const one = { since, until, state, notes, simulated };
    const before = runs.at(-1);
    if (before?.until === since) runs.splice(-1, 1, joined(before, one));
    else runs.push(one);
  }
  return runs;
}

/** What is only longer or shorter than it was told is known; an outage is not by less than that. */
function isKnown({ state, since, until }: DisturbanceOver, before: Told): boolean {
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const told = before[i] as StateFrom;
    const told_until = before[i + 1]?.since ?? Number.POSITIVE_INFINITY;
    if (told_until <= since) return false;
    const is_as_bad = isOutage(state) ? isOutage(told.to) : isDisturbed(told.to);
    if (told.since < until && is_as_bad) return true;
  }
  return false;
}

function joined(a: DisturbanceOver, b: DisturbanceOver): DisturbanceOver {
  const worst = SEVERITY.indexOf(b.state) < SEVERITY.indexOf(a.state) ? b : a;
  return {
    ...worst,
    since: Math.min(a.since, b.since),
    until: Math.max(a.until, b.until),
    simulated: a.simulated || b.simulated,
  };
}
