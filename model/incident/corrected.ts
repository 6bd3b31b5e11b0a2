import { type BadTime, type BadTimeQuery, badTimeOf } from '../ledger.ts';
import { earliest, latest } from '../time.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

/** How long something was disturbed, and what was corrected since it was told. */
export interface CorrectedTime extends Correction {
  /** The same of each of its components, as it is known now. */
  of_each: ReadonlyMap<ComponentId, BadTime | null>;
}

interface Correction {
  /** null: the ledger knows of no disturbance. */
  bad_time: BadTime | null;
  /** When it was corrected last, after it was told otherwise; null: it was not. */
  corrected_at: EpochMs | null;
}

/**
 * What the ledger says of a disturbance now, and whether it said otherwise when that was told to be
 * over; null: that it was not.
 */
export function correctedTimeOf(asked: BadTimeQuery, told_at: EpochMs | null): CorrectedTime {
  const of_each = asked.components.map(
    (component) => [component, badTimeOf({ ...asked, components: [component] })] as const,
  );
  return { ...correctionOf(asked, told_at), of_each: new Map(of_each) };
}

function correctionOf(asked: BadTimeQuery, told_at: EpochMs | null): Correction {
  const { transitions, components } = asked;
  const bad_time = badTimeOf(asked);
  const as_told = { bad_time, corrected_at: null };
  if (told_at === null) return as_told;
  if (bad_time === null) return takenBack(asked);
  const isLate = ({ component, since, recorded_at }: BadTimeQuery['transitions'][number]) =>
    components.includes(component) && since < told_at && recorded_at > told_at;
  const told = badTimeOf({ ...asked, transitions: transitions.filter((it) => !isLate(it)) });
  if (isSame(told, bad_time)) return as_told;
  // Told to be over by a person, before it was seen: of its end nothing was said.
  if (told?.end === 'lasting') return as_told;
  const corrected_at = latest(transitions.filter(isLate).map((it) => it.recorded_at));
  return { bad_time, corrected_at };
}

/**
 * Of a disturbance that is none now: by the first recording after which the ledger said so, if it
 * said before that there was one.
 */
function takenBack(asked: BadTimeQuery): Correction {
  const { transitions, components } = asked;
  const its = transitions.filter(({ component }) => components.includes(component));
  const recordings = [...new Set(its.map((it) => it.recorded_at))].sort((a, b) => b - a);
  const known_at = recordings.find((at) => {
    const known = its.filter(({ recorded_at }) => recorded_at <= at);
    return badTimeOf({ ...asked, transitions: known }) !== null;
  });
  const later = recordings.filter((at) => known_at !== undefined && at > known_at);
  return { bad_time: null, corrected_at: earliest(later) };
}

function isSame(a: BadTime | null, b: BadTime | null): boolean {
  if (a === null || b === null) return a === b;
  const facts = ({ from, to, bad_ms, ailments, parts, end }: BadTime) =>
    [from, to, bad_ms, parts, end, ...ailments].join();
  return facts(a) === facts(b);
}
