import { type Ailment, ailmentOf } from '../ailment.ts';
import type { AffectedComponent, IncidentUpdate } from '../incident.ts';
import type { ComponentId, State } from '../vocabulary.ts';

/** What was last told of each component. */
export function lastTold(updates: readonly IncidentUpdate[]): Map<ComponentId, AffectedComponent> {
  const affected = updates.flatMap((update) => update.affected);
  return new Map(affected.map((it) => [it.component, it]));
}

/** The state last published for each component. */
export function publishedStates(updates: readonly IncidentUpdate[]): Map<ComponentId, State> {
  return new Map([...lastTold(updates)].map(([component, { to }]) => [component, to]));
}

/** How a component was disturbed before, and was then, as far as that was told. */
export function ailmentsOf({ from, to, ailments }: AffectedComponent): {
  from: Ailment | null;
  to: Ailment | null;
} {
  return (
    ailments ?? {
      from: ailmentOf({ state: from, notes: [] }),
      to: ailmentOf({ state: to, notes: [] }),
    }
  );
}
