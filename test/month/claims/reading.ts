import type { Stretch } from '../oracle/facts.ts';
import { COMPONENTS_OF_MONTH } from '../site.ts';
import type { Claim } from './claim.ts';
import { type Instant, stateOf } from './instant.ts';
import type { PlacedText } from './places.ts';

/** An incident that a text is about, as it is told by then. */
export interface IncidentThen {
  components: readonly string[];
  started_at: number;
  /** null: it is not over. */
  over_at: number | null;
  /** Something fails in another open one of the system, which what fails now is of. */
  fails_in_another: boolean;
}

/** What a text is read with. */
export interface Reading {
  instant: Instant;
  placed: PlacedText;
  incident: IncidentThen | null;
  window: WindowThen | null;
  /** It tells of now, and is no row of what went before. */
  is_now: boolean;
  /** The clock was set back in the last hour. */
  is_set_back: boolean;
  /** Times that were announced soon enough to be excused, by then. */
  excused: readonly (Stretch & { components: readonly string[] })[];
}

export interface WindowThen {
  components: readonly string[];
  announced_at: number;
  from: number;
  until: number;
  /** null: it was not ended by then. */
  ended_at: number | null;
}

/** With the other claims of its text. */
export interface Context extends Reading {
  /** The functions that the rest of the text is about; null: those that it stands with. */
  about: readonly string[] | null;
  claims: readonly Claim[];
}

/** Why a claim is false; null: it is true, or nothing is known to compare it with. */
export type Checks = {
  [Says in Claim['says']]?: (
    claim: Extract<Claim, { says: Says }>,
    context: Context,
  ) => string | null;
};

export const ALL_OF_MONTH = COMPONENTS_OF_MONTH.map(({ component }) => component);

/** The functions that a text is about. */
export function scopeOf({ about, placed, incident, claims }: Context): readonly string[] {
  const named = claims.flatMap((it) => ('of' in it && it.says !== 'changed' ? (it.of ?? []) : []));
  if (about !== null) return about.flatMap((it) => fullNames(it, placed, incident));
  if (placed.component !== null) return [placed.component];
  if (named.length > 0 && incident) return named.flatMap((it) => fullNames(it, placed, incident));
  return incident?.components ?? [];
}

/** A function without a system is of the incident, of where it stands, or of all systems. */
export function fullNames(
  name: string,
  { component }: PlacedText,
  incident: IncidentThen | null,
): string[] {
  if (name.includes('.')) return [name];
  const named = (it: string) => it.endsWith(`.${name}`);
  const own = [...(component ? [component] : []), ...(incident?.components ?? [])].filter(named);
  return own.length > 0 ? [...new Set(own)] : ALL_OF_MONTH.filter(named);
}

/** All that no claim of the text names. */
export function restOf({ claims, placed, incident }: Context): string[] {
  const named = claims.flatMap((it) => (it.says === 'is' ? it.of : []));
  const all = named.flatMap((it) => fullNames(it, placed, incident));
  return ALL_OF_MONTH.filter((it) => !all.includes(it));
}

/** The time of an incident, until now if it is not over. */
export function incidentTime({ incident, instant }: Reading): Stretch {
  if (incident === null) return nowOf(instant);
  return { from: incident.started_at, to: incident.over_at ?? instant.at + 1 };
}

function nowOf({ at }: Instant): Stretch {
  return { from: at, to: at + 1 };
}

/** All disturbances of functions in a time. */
export function disturbancesIn(components: readonly string[], time: Stretch, instant: Instant) {
  return components.flatMap((it) => instant.disturbances(it, time));
}

/** Since when it is in its state. */
export function sinceOf(component: string, { spans }: Instant): number {
  const its = spans(component);
  const state = stateOf(its.at(-1)?.how ?? 'unknown');
  const before = its.findLastIndex(({ how }) => stateOf(how) !== state);
  return its[before + 1]?.from ?? Number.NaN;
}

export function isIn({ from, to }: Stretch, at: number): boolean {
  return from <= at && at < to;
}

export const readableTime = (at: number) =>
  Number.isFinite(at) ? new Date(at).toISOString() : 'never';

export function judgedOf(components: readonly string[], { judged }: Instant) {
  return components.flatMap((it) => judged(it));
}
