import { type Alert, alertKey } from '../../model/alert.ts';
import type { ComponentStatus, Gap } from '../../model/component.ts';
import type { KnownIncident } from '../../model/incident/change.ts';
import { type CheckJudgement, freshJudgement } from '../../model/judge/check.ts';
import type { RecentResult } from '../../model/judge/share.ts';
import { unmeasured } from '../../model/judge/validity.ts';
import { coversSince } from '../../model/maintenance/coverage.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { Specimen } from '../../model/specimen.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { MeasuredComponent, Site } from './site.ts';
import { emptySyncMemory, type SyncMemory } from './sync-memory.ts';

/** The in-memory state of judging. It is updated only with committed steps. */
export interface LiveState {
  judgements: Map<string, CheckJudgement>;
  statuses: Map<ComponentId, ComponentStatus>;
  /** Judged results of the last hour per component, oldest first. */
  recent: Map<ComponentId, readonly RecentResult[]>;
  /** By sync component. */
  syncs: Map<ComponentId, SyncMemory>;
  /** By system: the open incident, and the last resolved one. */
  open_incidents: Map<string, KnownIncident>;
  resolved_incidents: Map<string, KnownIncident>;
  /** Alerts of components, by kind and component. */
  open_alerts: Map<string, Alert>;
  /** Announced and current maintenances. */
  maintenances: readonly Maintenance[];
  /** By check: the usual delay of this hour and the next, where no slow limit is configured. */
  usual: ReadonlyMap<string, readonly UsualHour[]>;
  /** By check: the files it downloads, learned or candidates, the last seen last. */
  specimens: Map<string, readonly Specimen[]>;
  last_gap: Gap | null;
  heartbeat_at: EpochMs | null;
}

/** The usual median delay in the hour from `from`. */
export interface UsualHour {
  from: EpochMs;
  median_ms: number;
}

/** The effects of one event: the rows to write, and further updates of the live state. */
export interface Step {
  recording: Recording;
  recent?: [ComponentId, readonly RecentResult[]][];
  syncs?: [ComponentId, SyncMemory][];
}

/** The state of a site before any measurement. */
export function emptyLiveState(site: Site, since: EpochMs): LiveState {
  return {
    judgements: new Map(),
    statuses: new Map([...site.components.keys()].map((id) => [id, unmeasured(id, since)])),
    recent: new Map(),
    syncs: new Map(),
    open_incidents: new Map(),
    resolved_incidents: new Map(),
    open_alerts: new Map(),
    maintenances: [],
    usual: new Map(),
    specimens: new Map(),
    last_gap: null,
    heartbeat_at: null,
  };
}

/** Applies a committed step. */
export function advance(live: LiveState, { recording, recent = [], syncs = [] }: Step): void {
  for (const it of recording.judgements ?? []) live.judgements.set(it.check, it);
  for (const it of recording.components ?? []) live.statuses.set(it.component, it);
  for (const [component, results] of recent) live.recent.set(component, results);
  for (const [component, memory] of syncs) live.syncs.set(component, memory);
  advanceIncidents(live, recording);
  live.maintenances = withMaintenances(
    live.maintenances,
    (recording.maintenances ?? []).map(({ maintenance }) => maintenance),
  );
  for (const alert of recording.alerts ?? []) {
    if (alert.resolved_at === null) live.open_alerts.set(alertKey(alert), alert);
    else live.open_alerts.delete(alertKey(alert));
  }
  for (const specimen of recording.specimens ?? []) keepSpecimen(live, specimen);
  live.last_gap = recording.gaps?.at(-1) ?? live.last_gap;
  live.heartbeat_at = recording.heartbeat_at ?? live.heartbeat_at;
}

/** A check that downloads new invoices, each once, would fill the memory with candidates. */
const MOST_SPECIMENS = 200;

/** In place of the one of the same invoice, and of the one longest not seen if there are many. */
export function keepSpecimen({ specimens }: LiveState, specimen: Specimen): void {
  const { check, invoice } = specimen;
  const others = (specimens.get(check) ?? []).filter((it) => it.invoice !== invoice);
  specimens.set(check, [...others, specimen].slice(-MOST_SPECIMENS));
}

/** Forgets the files last seen before the instant. */
export function forgetSpecimens({ specimens }: LiveState, before: EpochMs): void {
  for (const [check, known] of specimens) {
    const left = known.filter((it) => it.last_seen_at >= before);
    if (left.length === 0) specimens.delete(check);
    else if (left.length < known.length) specimens.set(check, left);
  }
}

/** The known maintenances, with changed ones replaced. */
export function withMaintenances(
  known: readonly Maintenance[],
  changed: readonly Maintenance[],
): readonly Maintenance[] {
  if (changed.length === 0) return known;
  const by_id = new Map(changed.map((maintenance) => [maintenance.id, maintenance]));
  return known.map((it) => by_id.get(it.id) ?? it);
}

function advanceIncidents(live: LiveState, { incidents = [], updates = [] }: Recording): void {
  for (const incident of incidents) {
    const { system } = incident;
    const before = [live.open_incidents, live.resolved_incidents]
      .map((known) => known.get(system))
      .find((known) => known?.incident.id === incident.id);
    const added = updates.filter((update) => update.incident === incident.id);
    const known = { incident, updates: [...(before?.updates ?? []), ...added] };
    if (incident.resolved_at === null) live.open_incidents.set(system, known);
    else {
      live.open_incidents.delete(system);
      live.resolved_incidents.set(system, known);
    }
  }
}

export function judgementOf(live: LiveState, check: string): CheckJudgement {
  return live.judgements.get(check) ?? freshJudgement(check);
}

/** The status of a component of the site, measured or not. */
export function statusOf(live: LiveState, component: ComponentId, now: EpochMs): ComponentStatus {
  return live.statuses.get(component) ?? unmeasured(component, now);
}

/** The maintenance that covers the component at the instant, and since when. */
export function windowAt(
  live: LiveState,
  component: ComponentId,
  at: EpochMs,
): { maintenance: string; from: EpochMs } | null {
  for (const maintenance of live.maintenances) {
    const from = coversSince(maintenance, at);
    if (from !== null && maintenance.components.includes(component))
      return { maintenance: maintenance.id, from };
  }
  return null;
}

export function syncMemoryOf(live: LiveState, { id }: MeasuredComponent): SyncMemory {
  return live.syncs.get(id) ?? emptySyncMemory();
}
