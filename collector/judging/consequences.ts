import type { ComponentStatus, GapCause } from '../../model/component.ts';
import type { Told } from '../../model/correction.ts';
import {
  type IncidentChange,
  incidentNotice,
  incidentProven,
  type JudgedComponent,
} from '../../model/incident/change.ts';
import { commonCause } from '../../model/incident/common-cause.ts';
import { lastOver, type News, newsIn, reportedStatus } from '../../model/incident/news.ts';
import type { Incident } from '../../model/incident.ts';
import { advanceIncidents } from '../../model/judge/incident/advance.ts';
import { wasRightAfter } from '../../model/maintenance/aftermath.ts';
import { isDisturbed } from '../../model/severity.ts';
import { latest } from '../../model/time.ts';
import type { ComponentId, EpochMs, State } from '../../model/vocabulary.ts';
import type { Change } from '../../store/ports/changes.ts';
import type { Recording } from '../../store/record.ts';
import { incidentsOf, type LiveState, statusOf, uncoveredAndNotWell } from '../state/live-state.ts';
import { type MeasuredComponent, onlyLine } from '../state/site.ts';
import { alertChanges, linkedAlerts } from './alerts.ts';
import type { JudgingContext } from './evaluation.ts';

/** What components were, and the ledger said, before what nobody was told of yet. */
export interface Before {
  /** Of the components of which anything was judged. */
  statuses: ReadonlyMap<ComponentId, ComponentStatus>;
  /** Of those of which the ledger says something else now. */
  told: ReadonlyMap<ComponentId, Told>;
}

/**
 * What follows for incidents and alerts of all that was judged since: what is now counts, and what
 * is known only now that it is over, not each step on the way. A look at time concerns all systems.
 */
export function consequencesOf(
  context: JudgingContext,
  before: Before,
  is_look: boolean,
): Recording {
  const { site, live, now } = context;
  const touched = [...before.statuses.keys()].filter((id) => site.components.has(id));
  const components = is_look ? [...site.components.keys()] : touched;
  const systems = is_look ? [...site.systems.keys()] : systemsOf(context, touched);
  const alert_changes = alertChanges(
    context,
    components.map((id) => statusOf(live, id, now)),
    (id) => newsOf(context, before, id),
  );
  const incident_changes = withCauses(
    context,
    systems.flatMap((system) => advancedIncidents(context, before, system)),
  );
  const told = new Set(incident_changes.map(({ incident }) => incident.id));
  const proven = systems
    .flatMap((system) => provenIncidents(context, before, system))
    .filter(({ id }) => !told.has(id));
  const incidents = [...incident_changes.map(({ incident }) => incident), ...proven];
  return {
    incidents,
    updates: incident_changes.map(({ update }) => update),
    alerts: linkedAlerts(context, alert_changes, incidents),
    notices: [
      ...incident_changes.flatMap(({ update }) => incidentNotice(update, context.newId()) ?? []),
      ...alert_changes.map(({ notice }) => notice),
    ],
    changes: [
      ...incident_changes.map(({ update }) => publicChange(update.incident, update.created_at)),
      ...proven.map(({ id, updated_at }) => publicChange(id, updated_at)),
    ],
  };
}

function systemsOf({ site }: JudgingContext, components: readonly ComponentId[]): string[] {
  return [...new Set(components.flatMap((id) => site.components.get(id)?.system ?? []))];
}

/** The changes of the system's incidents by what its components are now. */
function advancedIncidents(
  context: JudgingContext,
  before: Before,
  system: string,
): IncidentChange[] {
  const { site, live, now, newId } = context;
  const measured = site.systems.get(system);
  if (!measured) return [];
  return advanceIncidents({
    system,
    components: componentsNow(context, before, measured.components),
    ...incidentsOf(live, system),
    only_line: onlyLine(site),
    blind_until: blindUntil(live, now),
    time_that_never_was: live.last_gaps.filter(({ cause }) => cause === 'clock'),
    now,
    policy: measured.incident_policy,
    newId,
  });
}

/** What opens names the incident of another system that began with it for the same cause. */
function withCauses(
  { site, live }: JudgingContext,
  changes: readonly IncidentChange[],
): IncidentChange[] {
  if (changes.length === 0) return [];
  const known = [...site.systems.keys()].flatMap((it) =>
    Object.values(incidentsOf(live, it)).flat(),
  );
  const earlier = known.map(({ incident }) => incident);
  return changes.map((change) => {
    if (earlier.some(({ id }) => id === change.incident.id)) return change;
    const cause = commonCause(change.incident, earlier, site.causes);
    const incident = { ...change.incident, cause };
    earlier.push(incident);
    return { ...change, incident };
  });
}

/** The open incidents of a system of which what fails now is no longer perhaps ours. */
function provenIncidents(context: JudgingContext, before: Before, system: string): Incident[] {
  const { site, live, now } = context;
  const components = site.systems.get(system)?.components;
  const { open } = incidentsOf(live, system);
  if (open.length === 0 || !components) return [];
  const judged = componentsNow(context, before, components);
  return open.flatMap(({ incident }) => incidentProven(incident, judged, now) ?? []);
}

function componentsNow(
  { live, now }: JudgingContext,
  before: Before,
  components: readonly MeasuredComponent[],
): JudgedComponent[] {
  return components.map(({ id, function: fn }) => {
    const status = statusOf(live, id, now);
    const news = newsOf({ live }, before, id);
    const { state, since, notes } = reportedStatus(status, news);
    const told = live.told.get(id) ?? [];
    const was = before.statuses.get(id)?.state ?? state;
    return {
      component: id,
      function: fn,
      state,
      now: status.state,
      // One that lasts began before.
      was: was === state ? undisturbedBefore(told) : was,
      since,
      ails_since: Math.max(since, told.at(-1)?.since ?? since),
      notes,
      uncovered_since: uncoveredAndNotWell(live, id),
      simulated: told.at(-1)?.simulated ?? false,
      past: news.past,
      last_over: lastOver(told),
    };
  });
}

/** What it was before it was disturbed; unknown where that is not kept. */
function undisturbedBefore(told: Told): State {
  return told.slice(0, -1).findLast(({ to }) => !isDisturbed(to))?.to ?? 'unknown';
}

function newsOf(
  { live }: Pick<JudgingContext, 'live'>,
  { told: before }: Before,
  id: ComponentId,
): News {
  const told = live.told.get(id) ?? [];
  const { spans, past } = newsIn(before.get(id) ?? told, told);
  // Work that takes a little longer than announced is no news.
  return {
    spans: spans.filter((it) => !isDisturbed(it.to) || !wasRightAfter(told, it)),
    past: past.filter((it) => !wasRightAfter(told, it)),
  };
}

/**
 * Of time that never was, incidents know by themselves; of a disk, everything was measured. What is
 * known after the clock was set back was not watched until then.
 */
function blindUntil({ last_gaps, set_back }: LiveState, now: EpochMs): EpochMs | null {
  const blind = last_gaps.filter(({ cause, to }) => UNWATCHED.includes(cause) && to <= now);
  const step = set_back !== null && set_back.at <= now ? set_back.at : null;
  return latest([...blind.map(({ to }) => to), step]);
}

/** Time that passed while nobody watched, or of which nothing is left. */
const UNWATCHED: readonly GapCause[] = ['restart', 'suspended', 'restored'];

function publicChange(ref: string, at: EpochMs): Change {
  return { kind: 'incident', ref, at };
}
