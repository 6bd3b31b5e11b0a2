import { ailmentOf } from '../../ailment.ts';
import { isCurrent, type JudgedComponent } from '../../incident/change.ts';
import { isOutdated } from '../../incident/news.ts';
import { ailmentsOf } from '../../incident/told.ts';
import type { Incident, IncidentStatus } from '../../incident.ts';
import { isDisturbed, isReported } from '../../severity.ts';
import type { State } from '../../vocabulary.ts';
import { isWell } from './end.ts';
import { hasHeld, heldSince } from './held.ts';
import { isToldBy } from './owner.ts';
import { seemsBetter } from './severity.ts';
import type { WatchedIncident } from './watched.ts';

/** Those of which something else holds than was last published. */
export function changedIn(watched: WatchedIncident): JudgedComponent[] {
  const { input, open, published, its, isIts } = watched;
  const { status } = open.incident;
  const changed = its.filter((it) => {
    if (failedSince(it, open.incident)) return true;
    if (ailsOtherwise(it, watched.said)) return isCurrent(it) && heldSince(it.ails_since, input);
    const has_changed = hasChanged(it, published.get(it.component), status);
    return has_changed && (it.past.length > 0 || hasHeld(it, input));
  });
  if (status === 'monitoring' && !its.every(isWell)) return changed;
  return [...changed, ...its.filter(isIts).flatMap((it) => wellAgain(it, watched))];
}

/** Whether it was disturbed and is over again after the incident was told to be over. */
function failedSince({ past }: JudgedComponent, { monitoring_at }: Incident): boolean {
  return monitoring_at !== null && past.some(({ until }) => until > monitoring_at);
}

/** Whether it is in the state in which it was published, but for another reason. */
export function ailsOtherwise(it: JudgedComponent, said: WatchedIncident['said']): boolean {
  const last = said.get(it.component);
  if (last?.to !== it.state || !isDisturbed(it.state)) return false;
  return ailmentOf(it) !== ailmentsOf(last).to && it.past.length === 0;
}

/** What is not known says something of a function that failed, or is still watched after it did. */
function hasChanged(
  component: JudgedComponent,
  before: State | undefined,
  status: IncidentStatus,
): boolean {
  const { state, now } = component;
  if (isOutdated(before, state, now)) return false;
  if (state === 'unknown')
    return isDisturbed(before) || (status === 'monitoring' && before === 'operational');
  return isReported(state) && before !== state && !seemsBetter(component, before);
}

/** One that was disturbed for less than is told since it was told to be well, and is so again. */
function wellAgain(it: JudgedComponent, { open, input }: WatchedIncident): JudgedComponent[] {
  const { component, past, last_over } = it;
  const told = open.updates.findLast(({ affected }) =>
    affected.some((of) => of.component === component),
  );
  const was = told?.affected.find((of) => of.component === component)?.to;
  if (!told || was !== 'operational' || last_over === null || past.length > 0) return [];
  if (!isWell(it) || !hasHeld(it, input) || last_over.until <= told.created_at) return [];
  const others = [...input.open, ...input.resolved].filter((one) => one !== open);
  return others.some(({ incident }) => isToldBy(incident, component, last_over))
    ? []
    : [{ ...it, past: [last_over] }];
}
