import { type Alert, alertKey } from '../../model/alert.ts';
import type { ComponentStatus, Gap } from '../../model/component.ts';
import { type Told, toldAfter } from '../../model/correction.ts';
import type { KnownIncident } from '../../model/incident/change.ts';
import type { Incident } from '../../model/incident.ts';
import type { History } from '../../model/judge/history.ts';
import {
  type AilingVerdict,
  type CheckJudgement,
  freshJudgement,
  isValid,
  type UnjudgedResult,
} from '../../model/judge/judgement.ts';
import type { Share } from '../../model/judge/share.ts';
import type { Spells } from '../../model/judge/spells.ts';
import { unmeasured } from '../../model/judge/validity.ts';
import { uncoveredWithoutSuccess } from '../../model/maintenance/aftermath.ts';
import { coversSince, uncoveredAt } from '../../model/maintenance/coverage.ts';
import { isUnderWay } from '../../model/maintenance/life-cycle.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { type OwnTrouble, ownSubject } from '../../model/own-trouble.ts';
import type { Specimen } from '../../model/specimen.ts';
import { latest } from '../../model/time.ts';
import type { Traffic } from '../../model/traffic.ts';
import type { UsualDelays } from '../../model/usual-delay.ts';
import type { UsualTraffics } from '../../model/usual-traffic.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep } from '../../probes/line/batch.ts';
import type { RolledUp } from '../../store/ports/rolled-up.ts';
import type { Recording } from '../../store/record.ts';
import { type ExpiringAt, toldExpiry } from './expiries.ts';
import type { Journal } from './journal.ts';
import type { RecentResults } from './recent.ts';
import type { RecentTraffic } from './recent-traffic.ts';
import type { MeasuredComponent, Site } from './site.ts';
import { emptySyncMemory, type SyncMemory } from './sync-memory.ts';
import { stepsUntil, withSteps } from './unseen.ts';

/**
 * The in-memory state of judging. The steps of a transaction are applied one after the other before
 * it is committed, and taken back if that fails.
 */
export interface LiveState {
  judgements: Map<string, CheckJudgement>;
  statuses: Map<ComponentId, ComponentStatus>;
  /** By check: which results were bad, over the windows of shares of bad results. */
  histories: Map<string, History>;
  /** By check: what was known of it, since `kept_from`. */
  spells: Map<string, Spells>;
  /** By check of own traffic. */
  traffic: Map<string, KeptTraffic>;
  /** What the ledger says of that time, by component. */
  told: Map<ComponentId, Told>;
  /** Whatever may yet be known otherwise is of later. See {@link keptFrom}. */
  kept_from: EpochMs;
  shares: Map<ComponentId, Share>;
  /** Judged results of the last hour per component. */
  recent: Map<ComponentId, RecentResults>;
  /** By component of checks, where a result may yet come that belongs before the last ones. */
  journals: Map<ComponentId, Journal>;
  /** By sync component. */
  syncs: Map<ComponentId, SyncMemory>;
  /** By id: the open ones, and those that were resolved lately. */
  incidents: Map<string, KnownIncident>;
  /** By kind and subject; those of channels are the notifier's. */
  open_alerts: Map<string, Alert>;
  /** By host: its certificates that end soon, as each check saw them last. */
  expiring: Map<string, readonly ExpiringAt[]>;
  /** By `expiryKey`: the number of days before its end that operators were told of last. */
  told_expiries: Map<string, number>;
  /** What is wrong with ourselves now, by kind and line. */
  own_troubles: Map<string, OwnTrouble>;
  /** Announced and current maintenances. */
  maintenances: readonly Maintenance[];
  /** Where no slow limit is configured: of the last hours, of this and the next. */
  usual: UsualDelays;
  /** How many events are usual, of functions of which nothing but own traffic tells. */
  usual_traffic: UsualTraffics;
  /** By check: the files it downloads, learned or candidates, the last seen last. */
  specimens: Map<string, readonly Specimen[]>;
  /** The last time that the clock was set back, and whether what is left was judged since. */
  set_back: (ClockStep & { is_judged: boolean }) | null;
  /** Since when these rules and this configuration have judged. */
  judged_since: EpochMs;
  /** Start of this process, by the wall clock. */
  started_at: EpochMs;
  /** The last of them, in the order of recording. */
  last_gaps: readonly Gap[];
  /** When the clock was set, forth and back, while the oldest followed invoice may have waited. */
  clock_steps: readonly Gap[];
  heartbeat_at: EpochMs | null;
  /** How far roll-ups were written before this start; null: nobody knows. */
  rolled_up: RolledUp | null;
}

/** What is known of the own traffic of a check. */
export interface KeptTraffic {
  traffic: Traffic;
  /** Its figures of the last hour. */
  recent: RecentTraffic;
  /** How it ailed before that, and was not well since; null: it did not. */
  ailed_before: AilingVerdict | null;
  /** The last event before that, if it was well when that happened; null: it was not. */
  well_at: EpochMs | null;
  /** The last event that says nothing of the system. */
  last_unjudged: UnjudgedResult | null;
  /** Windows that end by then are judged. */
  judged_until: EpochMs;
  /** From when on what is usual by which they are judged is known; 0: it is not. */
  usual_from: EpochMs;
}

export const NO_TRAFFIC: KeptTraffic = {
  traffic: [],
  recent: [],
  ailed_before: null,
  well_at: null,
  last_unjudged: null,
  judged_until: 0,
  usual_from: 0,
};

/** The effects of one event: the rows to write, and further updates of the live state. */
export interface Step {
  recording: Recording;
  /** null: none. */
  histories?: [string, History | null][];
  spells?: (readonly [string, Spells | null])[];
  traffic?: [string, KeptTraffic][];
  shares?: [ComponentId, Share | null][];
  recent?: [ComponentId, RecentResults][];
  journals?: [ComponentId, Journal][];
  syncs?: [ComponentId, SyncMemory][];
  expiring?: [host: string, readonly ExpiringAt[]][];
  /** What is of longer ago may be forgotten. */
  kept_from?: EpochMs;
  /** The clock was set back; by more than anything is valid, if nobody knows by how much. */
  set_back?: ClockStep;
}

/** The state of a site before any measurement. */
export function emptyLiveState(site: Site, since: EpochMs): LiveState {
  return {
    judgements: new Map(),
    statuses: new Map([...site.components.keys()].map((id) => [id, unmeasured(id, since)])),
    histories: new Map(),
    spells: new Map(),
    traffic: new Map(),
    told: new Map(),
    kept_from: 0,
    shares: new Map(),
    recent: new Map(),
    journals: new Map(),
    syncs: new Map(),
    incidents: new Map(),
    open_alerts: new Map(),
    expiring: new Map(),
    told_expiries: new Map(),
    own_troubles: new Map(),
    maintenances: [],
    usual: new Map(),
    usual_traffic: new Map(),
    specimens: new Map(),
    set_back: null,
    judged_since: since,
    started_at: since,
    last_gaps: [],
    clock_steps: [],
    heartbeat_at: null,
    rolled_up: null,
  };
}

/** Takes back what a step changed in the live state; the last step first. */
export type Undo = () => void;

/** Applies a step, and returns how to take it back if it cannot be committed. */
export function advance(live: LiveState, step: Step): Undo {
  const undo: Undo[] = [];
  const { recording, recent = [], journals = [], syncs = [] } = step;
  const { maintenances, last_gaps, clock_steps, heartbeat_at } = live;
  const { set_back, judged_since, kept_from } = live;
  const known = { maintenances, last_gaps, clock_steps, heartbeat_at };
  const before = { ...known, set_back, judged_since, kept_from };
  undo.push(() => void Object.assign(live, before));
  if (step.set_back) {
    setBackTo(live, step.set_back);
    dateUpdates(undo, live, step.set_back.at);
  }
  for (const it of recording.judgements ?? []) put(undo, live.judgements, it.check, it);
  for (const it of recording.components ?? []) put(undo, live.statuses, it.component, it);
  for (const [check, history] of step.histories ?? []) put(undo, live.histories, check, history);
  for (const [check, spells] of step.spells ?? []) put(undo, live.spells, check, spells);
  for (const [check, kept] of step.traffic ?? []) put(undo, live.traffic, check, kept);
  tell(undo, live, recording);
  live.judged_since = Math.min(judged_since, recording.void_after ?? judged_since);
  for (const [component, share] of step.shares ?? []) put(undo, live.shares, component, share);
  for (const [component, results] of recent) put(undo, live.recent, component, results);
  for (const [component, journal] of journals)
    put(undo, live.journals, component, journal.length === 0 ? null : journal);
  for (const [component, memory] of syncs) put(undo, live.syncs, component, memory);
  advanceIncidents(undo, live, recording);
  live.maintenances = withMaintenances(
    live.maintenances,
    (recording.maintenances ?? []).map(({ maintenance }) => maintenance),
  );
  for (const alert of recording.alerts ?? []) {
    const key = alertKey(alert);
    if (alert.resolved_at === null) put(undo, live.open_alerts, key, alert);
    else if (live.open_alerts.get(key)?.id === alert.id) put(undo, live.open_alerts, key, null);
    const told = toldExpiry(alert);
    if (told) put(undo, live.told_expiries, ...told);
  }
  for (const [host, expiring] of step.expiring ?? [])
    put(undo, live.expiring, host, expiring.length === 0 ? null : expiring);
  for (const trouble of recording.own_troubles ?? []) {
    const key = ownSubject(trouble);
    if (trouble.until === null) put(undo, live.own_troubles, key, trouble);
    else if (live.own_troubles.get(key)?.since === trouble.since)
      put(undo, live.own_troubles, key, null);
  }
  for (const it of recording.specimens ?? [])
    put(undo, live.specimens, it.check, withSpecimen(live, it));
  if (recording.gaps) {
    live.last_gaps = lastOf([...live.last_gaps, ...recording.gaps]);
    live.clock_steps = withSteps(live.clock_steps, recording.gaps);
  }
  live.heartbeat_at = recording.heartbeat_at ?? live.heartbeat_at;
  live.kept_from = step.kept_from ?? live.kept_from;
  return () => {
    for (const back of undo.reverse()) back();
  };
}

/** As their rows are. */
function dateUpdates(undo: Undo[], live: LiveState, at: EpochMs): void {
  for (const [id, { incident, updates }] of live.incidents) {
    const dated = updates.map((it) => ({ ...it, created_at: Math.min(at, it.created_at) }));
    put(undo, live.incidents, id, { incident, updates: dated });
  }
}

function setBackTo(live: LiveState, by: ClockStep): void {
  live.set_back = setBackBy(live.set_back, by);
  const begun = live.last_gaps.filter(({ from }) => from < by.at);
  live.last_gaps = begun.map((gap) => ({ ...gap, to: Math.min(by.at, gap.to) }));
  live.clock_steps = stepsUntil(live.clock_steps, by.at);
  live.kept_from = Math.min(live.kept_from, keptFrom(live, by.at));
}

function setBackBy(
  before: LiveState['set_back'],
  { at, by_ms }: ClockStep,
): NonNullable<LiveState['set_back']> {
  return before === null || before.is_judged
    ? { at, by_ms, is_judged: false }
    : { at: Math.min(before.at, at), by_ms: before.by_ms + by_ms, is_judged: false };
}

/** What the ledger says, after the clock was set back, and with what is recorded. */
function tell(undo: Undo[], live: LiveState, { void_after, transitions = [] }: Recording): void {
  if (void_after !== undefined)
    for (const [component, told] of live.told)
      put(undo, live.told, component, toldAt(told, void_after));
  for (const [component, its] of Map.groupBy(transitions, (it) => it.component))
    put(undo, live.told, component, toldAfter(live.told.get(component) ?? [], its, live.kept_from));
}

/** As rows are dated at the new time, after the clock was set back to it. */
export function toldAt(told: Told, at: EpochMs): Told {
  const dated = told.map((it) => ({ ...it, since: Math.min(at, it.since) }));
  return toldAfter([], dated, Number.NEGATIVE_INFINITY);
}

/**
 * Since when it has to be kept what was known and told, once nothing that has run out by the
 * instant is untold: a share may be found to have begun as long ago as its longest window, and a
 * check that has not run out yet does so at a slot after its last one. Own traffic does so when an
 * event was due: over a quiet weekend nothing else has to be kept for its sake.
 */
export function keptFrom({ judgements }: LiveState, at: EpochMs): EpochMs {
  let from = at - NUMBERS.windows_ms.last;
  for (const judgement of judgements.values()) {
    const { share, last_slot_at, next_slot_at } = judgement;
    const needed_from = share === undefined ? last_slot_at : next_slot_at;
    if (isValid(judgement, at)) from = Math.min(from, needed_from ?? from);
  }
  return from;
}

/** Sets an entry, or removes it (null). */
function put<V>(undo: Undo[], map: Map<string, V>, key: string, value: V | null): void {
  const before = map.get(key);
  undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  if (value === null) map.delete(key);
  else map.set(key, value);
}

/** A check that downloads new invoices, each once, would fill the memory with candidates. */
const MOST_SPECIMENS = 200;

/** In place of the one of the same invoice, and of the one longest not seen if there are many. */
export function keepSpecimen(live: LiveState, specimen: Specimen): void {
  live.specimens.set(specimen.check, withSpecimen(live, specimen));
}

function withSpecimen({ specimens }: LiveState, specimen: Specimen): readonly Specimen[] {
  const { check, invoice } = specimen;
  const others = (specimens.get(check) ?? []).filter((it) => it.invoice !== invoice);
  return [...others, specimen].slice(-MOST_SPECIMENS);
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

function advanceIncidents(
  undo: Undo[],
  live: LiveState,
  { incidents = [], updates = [] }: Recording,
): void {
  for (const incident of incidents) {
    const before = live.incidents.get(incident.id);
    const added = updates.filter((update) => update.incident === incident.id);
    const known = { incident, updates: [...(before?.updates ?? []), ...added] };
    put(undo, live.incidents, incident.id, known);
  }
  if (incidents.length === 0) return;
  for (const [id, { incident }] of live.incidents)
    if (incident.resolved_at !== null && incident.resolved_at < live.kept_from)
      put(undo, live.incidents, id, null);
}

/** The open incidents of a system, and those that were resolved lately, each oldest first. */
export function incidentsOf(
  { incidents }: Pick<LiveState, 'incidents'>,
  system: string,
): { open: KnownIncident[]; resolved: KnownIncident[] } {
  const its = [...incidents.values()].filter(({ incident }) => incident.system === system);
  return {
    open: its
      .filter(({ incident }) => incident.resolved_at === null)
      .sort((a, b) => a.incident.created_at - b.incident.created_at),
    resolved: its
      .filter(({ incident }) => incident.resolved_at !== null)
      .sort((a, b) => (a.incident.resolved_at ?? 0) - (b.incident.resolved_at ?? 0)),
  };
}

/** The last open incident of its system in which a component is, if there is one. */
export function openIncidentWith(
  live: Pick<LiveState, 'incidents'>,
  system: string,
  component: ComponentId,
): Incident | null {
  const { open } = incidentsOf(live, system);
  return open.findLast(({ incident }) => incident.components.includes(component))?.incident ?? null;
}

export function judgementOf(live: LiveState, check: string): CheckJudgement {
  return live.judgements.get(check) ?? freshJudgement(check);
}

/** Gaps that may lie in what happens now; a machine may have many a day. */
const MOST_GAPS = 50;

export function lastOf(gaps: readonly Gap[]): readonly Gap[] {
  return gaps.slice(-MOST_GAPS);
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
    const from = coversSince(maintenance, component, at);
    if (from !== null) return { maintenance: maintenance.id, from };
  }
  return null;
}

/** See {@link uncoveredWithoutSuccess}. */
export function uncoveredAndNotWell(
  { maintenances, told }: LiveState,
  component: ComponentId,
): EpochMs | null {
  const unseen = maintenances.filter(
    (it) =>
      it.status === 'verifying' && it.actual_from === null && it.components.includes(component),
  );
  const passed_at = latest(unseen.map(({ announced_until }) => announced_until));
  return uncoveredWithoutSuccess(told.get(component) ?? [], passed_at);
}

/**
 * Whether a maintenance of the component is past its time, but not completed, and the component has
 * not been measured well since.
 */
export function isAfterWindow(live: LiveState, component: ComponentId, at: EpochMs): boolean {
  if (uncoveredAndNotWell(live, component) === null) return false;
  return live.maintenances.some(
    (it) =>
      isUnderWay(it) &&
      it.components.includes(component) &&
      coversSince(it, component, at) === null,
  );
}

/** When the component, said to be in maintenance, ceased to be covered; null: that is not known. */
export function uncoveredSince(
  { maintenances }: LiveState,
  { component, since }: ComponentStatus,
  now: EpochMs,
): EpochMs | null {
  const at = uncoveredAt(maintenances, component, now);
  return at !== null && at > since ? at : null;
}

export function syncMemoryOf(live: LiveState, { id }: MeasuredComponent): SyncMemory {
  return live.syncs.get(id) ?? emptySyncMemory();
}
