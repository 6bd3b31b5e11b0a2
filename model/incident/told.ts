import { type Ailment, ailmentOf, isAilment } from '../ailment.ts';
import type {
  AffectedComponent,
  AffectedFunction,
  IncidentStatus,
  IncidentUpdate,
} from '../incident.ts';
import { isDisturbed } from '../severity.ts';
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

/** The components that were last published not to be well, and that nothing measures now. */
export function lostAmong(
  updates: readonly IncidentUpdate[],
  isMeasured: (component: ComponentId) => boolean,
): ComponentId[] {
  return [...publishedStates(updates)]
    .filter(([id, state]) => !isMeasured(id) && (isDisturbed(state) || state === 'unknown'))
    .map(([id]) => id);
}

interface Affecting {
  status: IncidentStatus;
  affected: readonly Pick<AffectedFunction, 'now'>[];
}

/** A status, or that a maintenance covers what failed. */
export type StatusNow = IncidentStatus | 'under_maintenance';

/**
 * What an incident is by what its functions are now, whatever was said of it last: it does not go
 * on once all are well, though that has not held yet.
 */
export function statusNow({ status, affected }: Affecting): StatusNow {
  if (status === 'resolved' || status === 'postmortem') return status;
  const states = affected.map(({ now }) => now);
  if (states.some(isAilment)) return status === 'identified' ? status : 'investigating';
  if (states.includes('unknown')) return 'unclear';
  if (status === 'identified') return status;
  return states.includes('under_maintenance') ? 'under_maintenance' : 'monitoring';
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
