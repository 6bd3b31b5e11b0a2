import { type Alert, alertKey } from '../model/alert.ts';
import type { ComponentStatus, Gap } from '../model/component.ts';
import { ownSubject } from '../model/own-trouble.ts';
import { DAY, HOUR, latest, MINUTE } from '../model/time.ts';
import type { ComponentId, EpochMs } from '../model/vocabulary.ts';
import type { AlertReads } from '../store/ports/alerts.ts';
import type { GapReads } from '../store/ports/gaps.ts';
import type { IncidentReads } from '../store/ports/incidents.ts';
import type { InstallationReads } from '../store/ports/installation.ts';
import type { JourneyReads } from '../store/ports/journeys.ts';
import type { MaintenanceReads } from '../store/ports/maintenances.ts';
import type { OwnResultReads } from '../store/ports/own-results.ts';
import type { OwnTroubleReads } from '../store/ports/own-troubles.ts';
import type { ResultReads } from '../store/ports/results.ts';
import type { StateReads } from '../store/ports/states.ts';
import type { UsualDelayReads } from '../store/ports/usual-delays.ts';
import type { UsualTrafficReads } from '../store/ports/usual-traffic.ts';
import type { Recording } from '../store/record.ts';
import type { Resumption, ResumptionReads } from '../store/resumption.ts';
import { expiringBy, isOfNoCheck } from './judging/certificates.ts';
import { MAINTENANCES_TO_ADVANCE } from './recording/limits.ts';
import { judgedBy } from './replay/judged-by.ts';
import { setBacks } from './replay/set-backs.ts';
import { resumeOwnTraffic } from './resuming/own-traffic.ts';
import { forRemoved } from './resuming/removed.ts';
import { resumeResults } from './resuming/results.ts';
import { resumeSync } from './resuming/sync.ts';
import { toldExpiry } from './state/expiries.ts';
import {
  emptyLiveState,
  keepSpecimen,
  keptFrom,
  type LiveState,
  lastOf,
} from './state/live-state.ts';
import { registeredChecks, type Site } from './state/site.ts';
import { stepAsGap, withSteps } from './state/unseen.ts';

export type ResumingStore = ResumptionReads & PastReads;
type PastReads = AlertReads &
  GapReads &
  IncidentReads &
  InstallationReads &
  JourneyReads &
  MaintenanceReads &
  OwnResultReads &
  OwnTroubleReads &
  ResultReads &
  StateReads &
  UsualDelayReads &
  UsualTrafficReads;

/** A check of working days is valid until its second slot after the last one. */
const FRIDAY_TO_TUESDAY_MS = 4 * DAY + HOUR;

/** Where we were, and what has become of it since by a new configuration. */
export interface Resumed {
  live: LiveState;
  /** What the start has to write: nothing is written here, which may have to wait. */
  recording: Recording;
}

/** Restores the live state from the store; components measured for the first time get a row. */
export async function resumeLiveState(
  store: ResumingStore,
  site: Site,
  now: EpochMs,
): Promise<Resumed> {
  const known = await store.resume();
  const live = emptyLiveState(site, now);
  for (const trouble of await store.openOwnTroubles())
    live.own_troubles.set(ownSubject(trouble), trouble);
  restore(live, site, known);
  live.kept_from = keptSince(live, now);
  live.last_gaps = lastOf(await store.gaps(live.kept_from, now));
  live.clock_steps = await clockSteps(store, site, now);
  live.maintenances = await store.maintenances(MAINTENANCES_TO_ADVANCE);
  live.set_back = await setBackLately(store, known.heartbeat_at ?? now);
  const judge = { judged_by: judgedBy(site), judged_since: now };
  const before = await store.judge();
  if (before?.judged_by === judge.judged_by) live.judged_since = Math.min(before.judged_since, now);
  await resumeIncidents(store, live);
  await resumeExpiries(store, live, site);
  await resumeMeasurements(store, site, live, known, now);
  const added = newComponents(live, known.components);
  const removed = forRemoved(live, site, known.components, now);
  const recording = {
    ...removed,
    checks: registeredChecks(site),
    judge,
    components: [...added.components, ...(removed.components ?? [])],
    changes: [...added.changes, ...(removed.changes ?? [])],
    alerts: orphanedAlerts(site, known.alerts, now),
  };
  return { live, recording };
}

/**
 * What was known when we stopped has run out since, maybe long ago, and is told to have ended then.
 * What is measured more rarely than on each working day is not learnt from so far back.
 */
function keptSince(live: LiveState, now: EpochMs): EpochMs {
  const known_at = Math.min(live.heartbeat_at ?? now, now);
  return Math.max(keptFrom(live, known_at), known_at - FRIDAY_TO_TUESDAY_MS);
}

/** While the oldest invoice that may be told of waited. */
async function clockSteps(
  store: GapReads & OwnTroubleReads,
  { components }: Site,
  now: EpochMs,
): Promise<readonly Gap[]> {
  const longest_ms = latest([...components.values()].map(({ policy }) => policy.lost_after_ms));
  const from = now - (longest_ms ?? 0);
  const back = (await setBacks(store, from, now)).map(stepAsGap);
  const steps = [...(await store.gaps(from, now)), ...back];
  return withSteps(
    [],
    steps.toSorted((a, b) => a.from - b.from),
  );
}

/** After a step just before the last heartbeat it may not have been judged yet what is left. */
async function setBackLately(
  store: OwnTroubleReads,
  heartbeat_at: EpochMs,
): Promise<LiveState['set_back']> {
  const last = (await setBacks(store, heartbeat_at - MINUTE, heartbeat_at + MINUTE)).at(-1);
  return last ? { ...last, is_judged: false } : null;
}

/** Restores what is still measured; ignores the rest. */
function restore(live: LiveState, site: Site, known: Resumption): void {
  for (const judgement of known.judgements) live.judgements.set(judgement.check, judgement);
  for (const status of known.components)
    if (site.components.has(status.component)) live.statuses.set(status.component, status);
  for (const alert of known.alerts)
    if (!isOrphaned(site, alert)) live.open_alerts.set(alertKey(alert), alert);
  for (const [host, expiring] of expiringBy(known.alerts)) live.expiring.set(host, expiring);
  for (const specimen of known.specimens) keepSpecimen(live, specimen);
  live.heartbeat_at = known.heartbeat_at;
  live.rolled_up = known.rolled_up;
}

/** The open incidents, and those resolved lately, which may be reopened. */
async function resumeIncidents(store: IncidentReads, live: LiveState): Promise<void> {
  const known = await store.incidents({ lasting_after: live.kept_from });
  for (const { updates, ...incident } of known)
    live.incidents.set(incident.id, { incident, updates });
}

/** What operators were told of ends, also where that is over: each is told once. */
async function resumeExpiries(store: AlertReads, live: LiveState, site: Site): Promise<void> {
  const told = await store.alerts({ kinds: ['certificate', 'domain'] });
  for (const alert of told.filter((it) => !isOrphaned(site, it)).reverse()) {
    const [key, passed] = toldExpiry(alert) ?? [];
    if (key !== undefined && passed !== undefined) live.told_expiries.set(key, passed);
  }
}

/** Restores the windows of the results of each component, and the memory of each sync. */
async function resumeMeasurements(
  store: PastReads,
  site: Site,
  live: LiveState,
  { waiting }: Resumption,
  now: EpochMs,
): Promise<void> {
  const syncs = [...site.components.values()].filter((it) => it.function === 'sync');
  for (const component of syncs) {
    const { id } = component;
    const its = waiting.filter((journey) => journey.component === id);
    const status = live.statuses.get(id);
    live.syncs.set(id, await resumeSync(store, component, status, its, now));
  }
  await resumeResults(store, site, live, now);
  await resumeOwnTraffic(store, site, live, now);
}

/** The page shows components before their first measurement. */
function newComponents(
  live: LiveState,
  known: readonly ComponentStatus[],
): Required<Pick<Recording, 'components' | 'changes'>> {
  const ids = new Set<ComponentId>(known.map((status) => status.component));
  const components = [...live.statuses.values()].filter((status) => !ids.has(status.component));
  const changes = components.map(({ component, since }) => ({
    kind: 'configuration' as const,
    ref: component,
    at: since,
  }));
  return { components, changes };
}

/** Resolved: nothing measures what they are about any more, so they would never be. */
function orphanedAlerts(site: Site, open: readonly Alert[], now: EpochMs): Alert[] {
  return open
    .filter((it) => it.kind !== 'channel' && isOrphaned(site, it))
    .map((alert) => ({ ...alert, resolved_at: now }));
}

function isOrphaned({ components, measured_by, domains, callbacks }: Site, alert: Alert): boolean {
  const { kind, subject } = alert;
  if (kind === 'own' || kind === 'neutral') return false;
  if (kind === 'domain') return !domains.has(subject);
  if (kind === 'callback') return !callbacks.has(subject);
  return kind === 'certificate'
    ? isOfNoCheck(alert, (check) => measured_by.has(check))
    : !components.has(subject);
}
