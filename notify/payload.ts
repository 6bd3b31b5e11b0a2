import type { Payload } from '../channels/kit/message.ts';
import { ailmentOf } from '../model/ailment.ts';
import { type Alert, isOfComponent } from '../model/alert.ts';
import { type CorrectedTime, correctedTimeOf } from '../model/incident/corrected.ts';
import { knownImpact } from '../model/incident/impact.ts';
import { OPEN_INCIDENT_STATUSES } from '../model/incident/life-cycle.ts';
import { alertSpan, incidentSpan } from '../model/incident/span.ts';
import { ailmentsOf, lastTold } from '../model/incident/told.ts';
import type {
  AffectedComponent,
  AffectedFunction,
  IncidentUpdate,
  IncidentWithUpdates,
} from '../model/incident.ts';
import { type BadTime, type BadTimeQuery, badTimeOf, ledgerAt } from '../model/ledger.ts';
import type { MaintenanceUpdate } from '../model/maintenance.ts';
import { type Notice, subjectOf } from '../model/notice.ts';
import { saidWith } from '../model/overtaken.ts';
import type { ComponentId, EpochMs } from '../model/vocabulary.ts';
import type { AlertReads } from '../store/ports/alerts.ts';
import type { ClaimedDelivery } from '../store/ports/claims.ts';
import type { IncidentReads } from '../store/ports/incidents.ts';
import type { MaintenanceReads } from '../store/ports/maintenances.ts';
import type { StateReads } from '../store/ports/states.ts';
import type { SubscriberReads } from '../store/ports/subscribers.ts';
import { type FindingsStore, findingsOf } from './findings.ts';

export type PayloadStore = AlertReads &
  FindingsStore &
  IncidentReads &
  MaintenanceReads &
  StateReads &
  SubscriberReads;

/** What a recipient was told of a matter before, and what else is told with a notice. */
export interface Hearing extends Pick<ClaimedDelivery, 'is_first' | 'overtaken'> {
  /** Whether it is sent now, and must not contradict what is published by now. */
  is_sent_now: boolean;
}

const ALONE: Hearing = { is_first: false, overtaken: [], is_sent_now: false };

/**
 * The subject of the notice; null when it no longer exists. It says what was told then, with the
 * times that are known now: one that is sent late repeats no length that is known to be wrong.
 */
export async function loadPayload(
  store: PayloadStore,
  notice: Notice,
  at: EpochMs,
  hearing: Hearing = ALONE,
): Promise<Payload | null> {
  const { is_first } = hearing;
  const subject = subjectOf(notice.kind);
  const { created_at } = notice;
  // The clock may have been set back since.
  const now = Math.max(at, created_at);
  switch (subject) {
    case 'incident': {
      const incident = await store.incident(notice.ref);
      const update = incident?.updates.find(({ id }) => id === notice.update);
      if (!incident || !update) return null;
      const later = hearing.is_sent_now ? untoldAfter(update, incident.updates) : null;
      const told_at = later?.created_at ?? created_at;
      const asked = await askedOf(store, incidentSpan(incident, now, told_at));
      const time = correctedTimeOf(asked, incident.monitoring_at ?? incident.resolved_at);
      const started_at = time.bad_time?.from ?? incident.started_at;
      return {
        subject,
        incident: { ...incident, started_at, impact: knownImpact(incident, time) },
        update,
        said: [...saidBy(notice, incident.updates, hearing), ...(later === null ? [] : [later])],
        is_first,
        affected: affectedBy(incident, later ?? update, {
          time,
          ledgerOf: (it) => ledgerAt(asked.transitions, it, told_at),
        }),
        bad_time: time.bad_time,
        corrected_at: time.corrected_at,
      };
    }
    case 'maintenance': {
      const maintenance = await store.maintenance(notice.ref);
      const update = maintenance?.updates.find(({ id }) => id === notice.update);
      if (!maintenance || !update) return null;
      const said = saidBy(notice, maintenance.updates, hearing);
      return { subject, maintenance, update, said: is_first ? said.map(asAnnounced) : said };
    }
    case 'subscription': {
      const subscriber = await store.subscriber(notice.ref);
      return subscriber && { subject, subscriber };
    }
    case 'alert': {
      const found = await store.alert(notice.ref);
      if (!found) return null;
      const alert = asOf(found, notice);
      const findings = isOfComponent(alert) ? await findingsOf(store, alert, created_at) : null;
      const payload = { subject, alert, recorded: true, bad_time: null, findings } as const;
      if (alert.kind !== 'state') return payload;
      const asked = await askedOf(store, alertSpan(alert, now, created_at));
      const bad_time = badTimeOf(asked);
      const told = ledgerAt(asked.transitions, alert.subject, created_at);
      const states = new Map(told === null ? [] : [[alert.subject, told.state]]);
      const is_over = alert.resolved_since !== null && bad_time?.end !== 'lasting';
      const dated = datedBy(bad_time, alert);
      return { ...payload, alert: dated, bad_time: is_over ? bad_time : null, states };
    }
  }
}

/**
 * The last update since, if nobody is told of it by a message of its own: what was down when the
 * notice was made, and is not by now, is not told as down. What is over stays told as over.
 */
function untoldAfter(
  update: IncidentUpdate,
  updates: readonly IncidentUpdate[],
): IncidentUpdate | null {
  const last = updates.at(-1);
  if (last === undefined || last.told || !OPEN_INCIDENT_STATUSES.includes(update.status))
    return null;
  return updates.indexOf(last) > updates.indexOf(update) ? last : null;
}

type AnyUpdate = IncidentUpdate | MaintenanceUpdate;

/** The update of a notice, and those of overtaken ones whose words are said with it, in order. */
function saidBy<T extends AnyUpdate>(
  notice: Notice,
  updates: readonly T[],
  { is_first, overtaken }: Omit<Hearing, 'is_sent_now'>,
): T[] {
  const all = [...overtaken, notice].flatMap(({ id, kind, update }) => {
    const found = updates.find((it) => it.id === update);
    if (found === undefined) return [];
    return [{ id, kind, code: found.code, has_words: found.text !== null, update: found }];
  });
  const in_order = all.toSorted((a, b) => updates.indexOf(a.update) - updates.indexOf(b.update));
  const told = in_order.find(({ id }) => id === notice.id);
  if (told === undefined) return [];
  const said = saidWith(in_order, told, is_first);
  return in_order.filter((it) => it === told || said.includes(it)).map(({ update }) => update);
}

/** Of whom has not heard that it was announced, a revision announces it. */
function asAnnounced(update: MaintenanceUpdate): MaintenanceUpdate {
  return update.code === 'revised' ? { ...update, code: 'announced' } : update;
}

type StateTold = ReturnType<typeof ledgerAt>;

/** The functions of an incident as they were told to be with an update. */
function affectedBy(
  { components, updates }: IncidentWithUpdates,
  update: IncidentUpdate,
  { time, ledgerOf }: { time: CorrectedTime; ledgerOf(id: ComponentId): StateTold },
): AffectedFunction[] {
  const told = lastTold(updates.slice(0, updates.indexOf(update) + 1));
  return components.map((component) => {
    const last = told.get(component);
    const now = last === undefined ? null : toldState(last, ledgerOf(component));
    return { component, now, bad_time: time.of_each.get(component) ?? null };
  });
}

/** What is known again by then is not unknown, though it has not held long enough to be told. */
function toldState(last: AffectedComponent, by_ledger: StateTold): AffectedFunction['now'] {
  if (last.by_then !== undefined) return last.by_then;
  if (last.to !== 'unknown') return ailmentsOf(last).to;
  if (by_ledger === null) return 'unknown';
  const { state } = by_ledger;
  return state === 'unknown' || state === 'under_maintenance' ? state : ailmentOf(by_ledger);
}

/** Its beginning, and its end if that was seen, by the ledger; of what lasts there is none. */
function datedBy(bad_time: BadTime | null, alert: Alert): Alert {
  if (bad_time === null) return alert;
  const { from: since, to, end } = bad_time;
  if (alert.resolved_since === null || end === 'not_seen') return { ...alert, since };
  return { ...alert, since, resolved_since: end === 'seen' ? to : null };
}

async function askedOf(
  store: StateReads,
  asked: Omit<BadTimeQuery, 'transitions'>,
): Promise<BadTimeQuery> {
  const transitions = await store.transitions(asked.known.from, asked.known.to);
  return { transitions, ...asked };
}

/** What came after the notice is told by a later one, also where this one is sent late. */
function asOf(alert: Alert, { kind, created_at }: Notice): Alert {
  const { acknowledged_at } = alert;
  const is_later = acknowledged_at !== null && acknowledged_at > created_at;
  const nobody = { acknowledged_at: null, acknowledged_by: null };
  const known = is_later ? { ...alert, ...nobody } : alert;
  return kind === 'alert_resolved' ? known : { ...known, resolved_at: null, resolved_since: null };
}
