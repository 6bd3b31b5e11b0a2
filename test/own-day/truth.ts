import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { ALL_FAILS, HALF_FAILS } from './company.ts';

/**
 * What may be said of a company's day, by how it was made (company.ts): by the hours in which much
 * or all was made to fail, and by when nothing happened at all. The rules are not asked.
 */
export interface Told {
  /** From midnight. */
  at: number;
  is_bad: boolean;
}

const MEASURED = ['operational', 'partial_outage', 'major_outage'];
/**
 * Without events for longer nobody knows anything; where it is known how many are usual, so many
 * are missing in no silence of the day.
 */
const QUIET = 30 * MINUTE;
/** By then so many have come on any day that something is known. */
const BEGUN = 8 * HOUR + 10 * MINUTE;
/** How long it takes to be sure that much fails, and that it does not any more. */
const SETTLES = 11 * MINUTE;

/** The states that issuing may have had at an instant, from midnight, by the end of the day. */
export function issuingMayBe(
  events: readonly Told[],
  at: number,
  is_usual_known: boolean,
): string[] {
  const before = events.findLast((it) => it.at <= at)?.at;
  const after = events.find((it) => it.at > at)?.at ?? Number.POSITIVE_INFINITY;
  if (before === undefined) return ['unknown'];
  if (!is_usual_known && after - before > QUIET + SECOND)
    return at - before > SECOND ? ['unknown'] : [...MEASURED];
  if (at < BEGUN) return ['unknown', 'operational'];
  const within = ([from, to]: readonly [number, number], early: number, late: number) =>
    from - early <= at && at < to + late;
  if (within(ALL_FAILS, -MINUTE, 0)) return ['major_outage'];
  // All of many may fail by chance where half of them do.
  if (within(HALF_FAILS, -5 * MINUTE, 0)) return ['partial_outage', 'major_outage'];
  const is_about = [ALL_FAILS, HALF_FAILS].some((it) => within(it, 5 * MINUTE, SETTLES));
  return is_about ? MEASURED : ['operational'];
}

/** The same as it may be said at the instant itself, of what has come by then. */
export function issuingMayBeNow(
  events: readonly Told[],
  at: number,
  is_usual_known: boolean,
): string[] {
  const before = events.findLast((it) => it.at <= at)?.at;
  if (before === undefined) return ['unknown'];
  const silence_ms = is_usual_known ? 0 : at - before;
  if (silence_ms > QUIET + MINUTE) return ['unknown'];
  const silent = silence_ms > QUIET - MINUTE ? ['unknown'] : [];
  if (at < BEGUN) return ['unknown', 'operational'];
  const known = events.filter((it) => it.at <= at);
  const next = { at: at + SECOND, is_bad: false };
  return [...issuingMayBe([...known, next], at, is_usual_known), ...silent];
}
