import type { JudgedComponent, KnownIncident } from '../../incident/change.ts';
import { lastTold, publishedStates } from '../../incident/told.ts';
import type { AffectedComponent } from '../../incident.ts';
import { isDisturbed } from '../../severity.ts';
import type { ComponentId, State } from '../../vocabulary.ts';
import { hasHeld } from './held.ts';
import type { IncidentInput } from './input.ts';
import { opens } from './opening.ts';

/** An open incident, and the components of its system as far as they are its. */
export interface WatchedIncident {
  input: IncidentInput;
  open: KnownIncident;
  published: ReadonlyMap<ComponentId, State>;
  /** What was last published of each. */
  said: ReadonlyMap<ComponentId, AffectedComponent>;
  /** Those of the system; what fails in another incident by now is well in this one. */
  components: readonly JudgedComponent[];
  /** Those that are told of in it, or are to be. */
  its: readonly JudgedComponent[];
  /** Whether it is the one that a new disturbance of a component is of. */
  isIts: IsIts;
}

export type IsIts = (component: JudgedComponent) => boolean;

export function watchedIncident(
  input: IncidentInput,
  open: KnownIncident,
  isIts: IsIts,
): WatchedIncident {
  const published = publishedStates(open.updates);
  const components = input.components.map((it) =>
    isOfAnother(it, published, isIts(it)) ? { ...it, state: 'operational' as const, past: [] } : it,
  );
  const isNew = (it: JudgedComponent) =>
    isIts(it) && (it.past.length > 0 || (opens(it, input) && hasHeld(it, input)));
  const its = components.filter((it) => published.has(it.component) || isNew(it));
  return { input, open, published, said: lastTold(open.updates), components, its, isIts };
}

/** What failed again after it was well in this incident may fail in another one. */
function isOfAnother(
  { component, state }: JudgedComponent,
  published: ReadonlyMap<ComponentId, State>,
  is_its: boolean,
): boolean {
  const is_well_in_it = published.get(component) === 'operational';
  return is_well_in_it && isDisturbed(state) && !is_its;
}
