import type { Policy } from '../../configuration.ts';
import type { JudgedComponent, KnownIncident } from '../../incident/change.ts';
import type { DisturbanceOver } from '../../incident/news.ts';
import { publishedStates } from '../../incident/told.ts';
import type { Incident } from '../../incident.ts';
import { isDisturbed, isOutage } from '../../severity.ts';
import type { ComponentId } from '../../vocabulary.ts';
import type { IncidentInput } from './input.ts';

/**
 * The open incident that a new disturbance of a component is of: the one in which it still fails or
 * is not known, one in which another fails, the last one that it was in; null: it is of none.
 */
export function owningIncident(
  { component }: Pick<JudgedComponent, 'component'>,
  { open }: Pick<IncidentInput, 'open'>,
): KnownIncident | null {
  const its = open.filter(({ incident }) => incident.components.includes(component));
  const failing = open.filter((one) =>
    [...publishedStates(one.updates).values()].some(isDisturbed),
  );
  const still = its.filter((one) => {
    const told = publishedStates(one.updates).get(component);
    return isDisturbed(told) || told === 'unknown';
  });
  return still.at(-1) ?? failing.at(-1) ?? its.at(-1) ?? null;
}

interface Known {
  /** The incidents of its system, open or resolved lately. */
  known: readonly Incident[];
  policy: Policy;
}

/** Only what would have been an incident by itself, and what no incident of its time tells of. */
export function untoldPast(
  { known, policy }: Known,
  component: ComponentId,
  past: readonly DisturbanceOver[],
): DisturbanceOver[] {
  return past.filter(
    (it) => wouldOpen(it, policy) && !known.some((incident) => isToldBy(incident, component, it)),
  );
}

export function isToldBy(
  { components, started_at, monitoring_at, resolved_at }: Incident,
  component: ComponentId,
  { since, until }: DisturbanceOver,
): boolean {
  if (!components.includes(component)) return false;
  // What is disturbed after it was told to be over is another disturbance.
  const told_until = monitoring_at ?? resolved_at ?? Number.POSITIVE_INFINITY;
  return started_at < until && since < told_until;
}

function wouldOpen({ state, since, until }: DisturbanceOver, policy: Policy): boolean {
  return isOutage(state) || until - since >= policy.degraded_opens_after_ms;
}
