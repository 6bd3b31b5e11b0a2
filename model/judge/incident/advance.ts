import {
  type IncidentChange,
  type IncidentFinding,
  incidentAfter,
  type JudgedComponent,
} from '../../incident/change.ts';
import { lostAmong } from '../../incident/told.ts';
import type { ComponentId } from '../../vocabulary.ts';
import { changedIn } from './changed.ts';
import { isGivenUp, resolves } from './end.ts';
import { eventOf, settledEvent } from './event.ts';
import type { IncidentInput } from './input.ts';
import { joinedBefore, joiningAtOnce } from './joining.ts';
import { failsAgain, opens } from './opening.ts';
import { owningIncident, untoldPast } from './owner.ts';
import { untoldIn } from './untold.ts';
import { type IsIts, type WatchedIncident, watchedIncident } from './watched.ts';

type Found = Pick<IncidentFinding, 'event' | 'before' | 'changed' | 'is_early'>;

/**
 * The changes that the states of a system cause in its incidents, at most one of each. One opens on
 * partial or major outage, or on degraded that lasts; a later failure joins one in which something
 * fails, returns to the open one of its function, or opens one of its own. What changes in one
 * counts once it has held for `settle`. All operational: recovered; watched so for `resolve_after`:
 * resolved. The same function failing soon after: reopened. `unknown` and maintenance open none; a
 * function that failed and is not known any more makes it unclear, until it is measured, or for a
 * day; nor is one better of which a part is not known. A disturbance that is known only now that it
 * is over, of a function in no incident of that time, is one that has recovered; one that begins
 * and ends while its incident is watched is part of that, which recovers anew.
 */
export function advanceIncidents(input: IncidentInput): IncidentChange[] {
  const { open, resolved, policy } = input;
  const known = [...open, ...resolved].map(({ incident }) => incident);
  const components = input.components.map((it) => ({
    ...it,
    past: untoldPast({ known, policy }, it.component, it.past),
  }));
  const news = { ...input, components };
  const owners = new Map(components.map((it) => [it.component, owningIncident(it, news)]));
  const found = [
    ...open.map((one) =>
      findInOpen(watchedIncident(news, one, (it) => owners.get(it.component) === one)),
    ),
    findWithoutOpen(news, (it) => owners.get(it.component) === null),
  ];
  return found.flatMap((one) => (one && incidentAfter({ ...input, ...one })) ?? []);
}

function findWithoutOpen(input: IncidentInput, isItsOwn: IsIts): Found | null {
  const changed = input.components.filter(
    (it) => isItsOwn(it) && (it.past.length > 0 || opens(it, input)),
  );
  if (changed.length === 0) return null;
  if (changed.every(({ state }) => state === 'operational'))
    return { event: 'recovered', before: null, changed };
  const again = input.resolved.findLast(({ incident }) =>
    failsAgain(incident, changed, input.policy),
  );
  return again
    ? { event: 'reopened', before: again, changed }
    : { event: 'opened', before: null, changed };
}

function findInOpen(watched: WatchedIncident): Found | null {
  return (
    whatChanged(watched) ?? whatJoined(watched) ?? whatItCameTo(watched) ?? whatIsUntold(watched)
  );
}

function whatChanged(watched: WatchedIncident): Found | null {
  const changed = changedIn(watched);
  if (changed.length === 0) return null;
  const event = eventOf(watched, changed);
  return {
    event,
    before: watched.open,
    changed: event === 'unclear' ? withUnknown(watched.its, changed) : changed,
  };
}

function whatJoined(watched: WatchedIncident): Found | null {
  const before = watched.open;
  const early = joiningAtOnce(watched);
  if (early.length > 0) return { event: 'joined', before, changed: early, is_early: true };
  const held = joinedBefore(watched);
  return held.length > 0 ? { event: 'joined', before, changed: held } : null;
}

/** What it has come to without a change: all is well, something is not known, it is over. */
function whatItCameTo(watched: WatchedIncident): Found | null {
  const { input, open, published, its } = watched;
  const { incident, updates } = open;
  const settled = incident.taken_over ? null : settledEvent(watched);
  if (settled !== null) {
    const changed = settled === 'unclear' ? withUnknown(its, []) : [];
    return { event: settled, before: open, changed };
  }
  // Also what fails in another one by now keeps it from being over.
  const involved = input.components.filter(({ component }) => published.has(component));
  if (resolves(incident, involved, input)) {
    const isMeasured = (id: ComponentId) => input.components.some((it) => it.component === id);
    const is_lost = lostAmong(updates, isMeasured).length > 0;
    return { event: is_lost ? 'closed' : 'resolved', before: open, changed: [] };
  }
  return isGivenUp(incident, its, input) ? { event: 'closed', before: open, changed: [] } : null;
}

function whatIsUntold(watched: WatchedIncident): Found | null {
  const untold = untoldIn(watched);
  return untold.length > 0 ? { event: 'still', before: watched.open, changed: untold } : null;
}

function withUnknown(
  its: readonly JudgedComponent[],
  changed: readonly JudgedComponent[],
): JudgedComponent[] {
  return its.filter((it) => it.state === 'unknown' || changed.includes(it));
}
