import type { Incident } from '../incident.ts';
import { NUMBERS } from '../numbers.ts';
import type { ComponentId } from '../vocabulary.ts';

/** What each component is declared to fail by, itself among it. */
export type Causes = ReadonlyMap<ComponentId, ReadonlySet<string>>;

/**
 * The id of the earlier incident that the cause of an incident is known by: one of another system
 * that began within a minute, and of which a function is declared to depend on the same. null:
 * there is none.
 */
export function commonCause(
  incident: Pick<Incident, 'id' | 'system' | 'components' | 'started_at' | 'created_at'>,
  earlier: readonly Incident[],
  causes: Causes,
): string | null {
  const own = causesOf(incident.components, causes);
  const found = earlier.find(
    (it) =>
      it.id !== incident.id &&
      it.system !== incident.system &&
      beginTogether(it, incident) &&
      !own.isDisjointFrom(causesOf(it.components, causes)),
  );
  return found ? (found.cause ?? found.id) : null;
}

type Begun = Pick<Incident, 'started_at' | 'created_at'>;

function beginTogether(a: Begun, b: Begun): boolean {
  const apart = (of: keyof Begun) => Math.abs(a[of] - b[of]);
  return Math.min(apart('started_at'), apart('created_at')) <= NUMBERS.incident.common_cause_ms;
}

function causesOf(components: readonly ComponentId[], causes: Causes): Set<string> {
  return new Set(components.flatMap((it) => [...(causes.get(it) ?? [it])]));
}
