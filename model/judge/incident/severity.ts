import { AILMENTS, ailmentOf } from '../../ailment.ts';
import type { JudgedComponent } from '../../incident/change.ts';
import { ailmentsOf } from '../../incident/told.ts';
import type { AffectedComponent } from '../../incident.ts';
import { SEVERITY } from '../../severity.ts';
import type { ComponentId, State } from '../../vocabulary.ts';

/**
 * Whether a disturbed component is less so than before only because a part of it is not known any
 * more, of which the rest still fails.
 */
export function seemsBetter(
  { state, notes }: Pick<JudgedComponent, 'state' | 'notes'>,
  before: State | undefined,
): boolean {
  const is_partly_known = notes.some(({ code }) => code === 'not_known');
  return state !== 'operational' && is_partly_known && severity(state) < severity(before);
}

/** Of the same state. */
export function isWorseThan(
  it: JudgedComponent,
  said: ReadonlyMap<ComponentId, AffectedComponent>,
): boolean {
  const last = said.get(it.component);
  const [is, was] = [ailmentOf(it), last ? ailmentsOf(last).to : null];
  return is !== null && was !== null && AILMENTS.indexOf(is) < AILMENTS.indexOf(was);
}

/** The worse, the greater; a state that was never published counts as operational. */
export function severity(state: State | undefined): number {
  return -SEVERITY.indexOf(state ?? 'operational');
}
