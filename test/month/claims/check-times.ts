import { lengthOf, spokenInFull } from '../oracle/lengths.ts';
import type { Instant } from './instant.ts';
import {
  ALL_OF_MONTH,
  type Checks,
  type Context,
  disturbancesIn,
  incidentTime,
  isIn,
  judgedOf,
  readableTime,
  scopeOf,
} from './reading.ts';

/** When something was, and how long. */
export const TIME_CHECKS: Checks = {
  lasted: ({ length: said }, context) => {
    const length = lengthOfIncident(context);
    const expected = length && spokenInFull(length);
    return context.incident === null || expected === said ? null : `${said}, not ${expected}`;
  },
  began: ({ at }, context) => {
    const { incident, instant } = context;
    if (incident !== null) {
      const from = lengthOfIncident(context)?.from ?? Number.NaN;
      return isIn(at, from) ? null : `not ${readableTime(from)}`;
    }
    // Of what nobody knows, or of ourselves.
    const own = scopeOf(context);
    const unknown = own.flatMap(instant.spans).filter(({ how }) => how === 'unknown');
    return own.length === 0 || unknown.some(({ from }) => isIn(at, from)) ? null : 'not then';
  },
  span: ({ from, to }, context) => {
    const length = lengthOfIncident(context);
    const is_so = length && isIn(from, length.from) && (to === null || isIn(to, length.to));
    return is_so ? null : `not ${length && [length.from, length.to].map(readableTime)}`;
  },
  measured: ({ at }, context) => {
    const last = lastOf(scopeOf(context), context.instant);
    const until = Math.max(...last.map((it) => it.slot_at + it.duration_ms));
    return isIn(at, until) ? null : `not ${readableTime(until)}`;
  },
  valid: ({ at }, context) => {
    const { instant } = context;
    const known = ownOrAll(scopeOf(context)).filter((it) => instant.how(it) !== 'unknown');
    return known.length === 0 || at.to > instant.at ? null : 'it has passed';
  },
  as_of: ({ at }, { instant }) => (at.from <= instant.at ? null : 'it is to come'),
  fails_at: ({ at }, context) => (foundAt(at, context).includes('bad') ? null : 'it did not'),
  works_at: ({ at }, context) =>
    foundAt(at, context).some((it) => it !== 'bad') ? null : 'it did not',
  unheard_since: ({ at }, context) => {
    const later = judgedOf(scopeOf(context), context.instant).find((it) => it.slot_at >= at.to);
    return later === undefined ? null : `but ${readableTime(later.slot_at)}`;
  },
  answered_at: ({ at }, context) => {
    const last = scopeOf(context).flatMap((it) => context.instant.results(it).slice(-3));
    return last.some((it) => isIn(at, it.slot_at) && it.found === 'nothing') ? null : 'not then';
  },
  judged_at: ({ at }, context) => {
    const last = lastOf(scopeOf(context), context.instant);
    return last.some((it) => isIn(at, it.slot_at)) ? null : 'not then';
  },
  not_measured: ({ from, to }, { instant }) => {
    const inside = ALL_OF_MONTH.flatMap(instant.results).filter(
      ({ slot_at }) => slot_at >= from.to && slot_at < to.from,
    );
    return inside.length === 0 ? null : `${inside.length} results`;
  },
};

function lengthOfIncident(context: Context) {
  return lengthOf(disturbancesIn(scopeOf(context), incidentTime(context), context.instant));
}

function foundAt(at: Parameters<typeof isIn>[0], context: Context) {
  const judged = judgedOf(scopeOf(context), context.instant);
  return judged.filter((it) => isIn(at, it.slot_at)).map(({ found }) => found);
}

/** The last judged results of functions, or of all. */
function lastOf(own: readonly string[], { judged }: Instant) {
  return ownOrAll(own).flatMap((it) => judged(it).slice(-3));
}

function ownOrAll(own: readonly string[]): readonly string[] {
  return own.length > 0 ? own : ALL_OF_MONTH;
}
