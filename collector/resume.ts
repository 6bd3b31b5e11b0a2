import { type Alert, alertKey } from '../model/alert.ts';
import type { ComponentStatus, Transition } from '../model/component.ts';
import { type StateSpan, spansOf } from '../model/figures.ts';
import { type Journey, journeyDelayMs } from '../model/journey.ts';
import { type CheckJudgement, freshJudgement, grade, judgeCheck } from '../model/judge/check.ts';
import { markTold, type RecentResult } from '../model/judge/share.ts';
import { lookDistanceMs } from '../model/judge/sync.ts';
import { endedAt, type Result } from '../model/result.ts';
import { DAY, latest } from '../model/time.ts';
import type { ComponentId, EpochMs } from '../model/vocabulary.ts';
import type { Store } from '../store/store.ts';
import { recentResult } from './judging/result.ts';
import { emptyLiveState, type LiveState } from './state/live-state.ts';
import { RECENT_WINDOW_MS } from './state/recent.ts';
import type { MeasuredComponent, Site } from './state/site.ts';
import { emptySyncMemory, type SyncMemory } from './state/sync-memory.ts';

type ResumingStore = Pick<
  Store,
  'resume' | 'record' | 'incidents' | 'results' | 'journeys' | 'transitions'
>;

/** More than is ever used; bounds what a huge database can make us read. */
const MOST_ROWS = 200_000;
const RESOLVED_INCIDENTS = 100;

/**
 * The live state as the store remembers it; components measured for the first time get their row.
 */
export async function resumeLiveState({
  store,
  site,
  now,
}: {
  store: ResumingStore;
  site: Site;
  now: EpochMs;
}): Promise<LiveState> {
  const known = await store.resume();
  const live = emptyLiveState(site, now);
  for (const judgement of known.judgements) live.judgements.set(judgement.check, judgement);
  for (const status of known.components)
    if (site.components.has(status.component)) live.statuses.set(status.component, status);
  for (const { updates, ...incident } of known.incidents)
    live.open_incidents.set(incident.system, { incident, updates });
  for (const alert of known.alerts)
    if (site.components.has(alert.subject)) live.open_alerts.set(alertKey(alert), alert);
  await resumeResolved(store, live);
  live.heartbeat_at = known.heartbeat_at;
  const transitions = await store.transitions(now - RECENT_WINDOW_MS, now);
  for (const component of site.components.values()) {
    if (component.function === 'sync')
      live.syncs.set(component.id, await resumeSync(store, live, component, known.waiting, now));
    else live.recent.set(component.id, await resumeRecent(store, component, transitions, now));
  }
  await recordNewComponents(store, live, known.components);
  await endForgottenAlerts(store, site, known.alerts, now);
  return live;
}

async function resumeResolved(store: ResumingStore, live: LiveState): Promise<void> {
  const newest = await store.incidents({ limit: RESOLVED_INCIDENTS });
  for (const { updates, ...incident } of newest) {
    if (incident.resolved_at === null) continue;
    const known = live.resolved_incidents.get(incident.system)?.incident.resolved_at ?? 0;
    if (incident.resolved_at > known)
      live.resolved_incidents.set(incident.system, { incident, updates });
  }
}

/** The window of the last hour, read back from the raw results. */
async function resumeRecent(
  store: ResumingStore,
  component: MeasuredComponent,
  transitions: readonly Transition[],
  now: EpochMs,
): Promise<RecentResult[]> {
  const results = await store.results({
    component: component.id,
    from: now - RECENT_WINDOW_MS,
    to: now,
    limit: MOST_ROWS,
  });
  const span = { component: component.id, from: now - RECENT_WINDOW_MS, to: now };
  const covered = spansOf({ transitions, ...span }).filter(
    ({ state }) => state === 'under_maintenance',
  );
  return replayed(results, component, covered);
}

/**
 * The judged results of a component, judged once more so that failures told in a state of their own
 * are marked, and those under maintenance (`covered`).
 */
function replayed(
  results: readonly Result[],
  { policy }: MeasuredComponent,
  covered: readonly StateSpan[],
): RecentResult[] {
  const judgements = new Map<string, CheckJudgement>();
  let recent: RecentResult[] = [];
  for (const result of results) {
    const ended_at = endedAt(result);
    const in_window = covered.some(({ from, to }) => from <= ended_at && ended_at < to);
    const context = { policy, in_window, valid_until: Number.MAX_SAFE_INTEGER };
    const graded = grade(result, context);
    if (graded === 'unjudged') continue;
    const { check } = result;
    const judgement = judgeCheck(judgements.get(check) ?? freshJudgement(check), result, context);
    judgements.set(check, judgement);
    const bad = graded === 'bad';
    recent.push({ ...recentResult(result, bad), told: bad && in_window });
    if (bad && judgement.verdict === 'failing')
      recent = markTold(recent, { check, since: judgement.since });
  }
  return recent;
}

async function resumeSync(
  store: ResumingStore,
  live: LiveState,
  { id: component, policy }: MeasuredComponent,
  all_waiting: readonly Journey[],
  now: EpochMs,
): Promise<SyncMemory> {
  const waiting = all_waiting.filter((journey) => journey.component === component);
  const recent = await store.journeys({
    component,
    accepted_from: now - DAY,
    limit: MOST_ROWS,
  });
  const arrived = recent.filter((journey) => journey.state === 'arrived');
  const lost = await store.journeys({
    component,
    state: 'lost',
    accepted_from: now - 7 * DAY - policy.lost_after_ms,
    limit: MOST_ROWS,
  });
  const status = live.statuses.get(component);
  return {
    ...emptySyncMemory(),
    waiting: new Map(waiting.map((journey) => [journey.id, journey])),
    last_answer: lastAnswer([...waiting, ...arrived]),
    // Known without a break since the state began, and not at all while it was unknown.
    watched_since: !status || status.state === 'unknown' ? null : status.since,
    last_arrival_at: latest(arrived.map((journey) => journey.first_present_at ?? 0)),
    latest_arrived_acceptance_at: latest(arrived.map((journey) => journey.accepted_at)),
    accepted: recent.map((journey) => journey.accepted_at).sort((a, b) => a - b),
    arrivals: arrived
      .map((it) => ({
        at: it.first_present_at ?? 0,
        accepted_at: it.accepted_at,
        delay_ms: journeyDelayMs(it) ?? 0,
      }))
      .sort((a, b) => a.at - b.at),
    lost: lost.map((journey) => journey.accepted_at + policy.lost_after_ms),
  };
}

function lastAnswer(journeys: readonly Journey[]): SyncMemory['last_answer'] {
  const last = journeys.reduce<Journey | null>(
    (best, it) => ((it.last_answered_at ?? 0) > (best?.last_answered_at ?? 0) ? it : best),
    null,
  );
  if (!last || last.last_answered_at === null) return null;
  const at = last.last_answered_at;
  return { at, next_distance_ms: lookDistanceMs(at - last.accepted_at) };
}

/** A page must be able to show a component before its first measurement. */
async function recordNewComponents(
  store: ResumingStore,
  live: LiveState,
  known: readonly ComponentStatus[],
): Promise<void> {
  const ids = new Set<ComponentId>(known.map((status) => status.component));
  const fresh = [...live.statuses.values()].filter((status) => !ids.has(status.component));
  if (fresh.length === 0) return;
  const changes = fresh.map(({ component, since }) => ({
    kind: 'configuration' as const,
    ref: component,
    at: since,
  }));
  await store.record({ components: fresh, changes });
}

/** Nobody measures the component any more, so nothing would ever end its alert. */
async function endForgottenAlerts(
  store: ResumingStore,
  site: Site,
  open: readonly Alert[],
  now: EpochMs,
): Promise<void> {
  const alerts = open
    .filter(({ kind, subject }) => kind !== 'channel' && !site.components.has(subject))
    .map((alert) => ({ ...alert, resolved_at: now }));
  if (alerts.length > 0) await store.record({ alerts });
}
