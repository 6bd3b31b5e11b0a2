import type { Payload } from '../channels/kit/message.ts';
import type { Alert } from '../model/alert.ts';
import { incidentSpan } from '../model/incident/span.ts';
import { type BadTime, type BadTimeQuery, badTimeOf } from '../model/ledger.ts';
import { type Notice, subjectOf } from '../model/notice.ts';
import type { AlertReads } from '../store/ports/alerts.ts';
import type { IncidentReads } from '../store/ports/incidents.ts';
import type { MaintenanceReads } from '../store/ports/maintenances.ts';
import type { StateReads } from '../store/ports/states.ts';
import type { SubscriberReads } from '../store/ports/subscribers.ts';

export type PayloadStore = AlertReads &
  IncidentReads &
  MaintenanceReads &
  StateReads &
  SubscriberReads;

/** The subject of the notice; null when it no longer exists. */
export async function loadPayload(store: PayloadStore, notice: Notice): Promise<Payload | null> {
  const subject = subjectOf(notice.kind);
  switch (subject) {
    case 'incident': {
      const incident = await store.incident(notice.ref);
      const update = incident?.updates.find(({ id }) => id === notice.update);
      if (!incident || !update) return null;
      const bad_time = await badTime(store, incidentSpan(incident, notice.created_at));
      return { subject, incident, update, bad_time };
    }
    case 'maintenance': {
      const maintenance = await store.maintenance(notice.ref);
      const update = maintenance?.updates.find(({ id }) => id === notice.update);
      return maintenance && update ? { subject, maintenance, update } : null;
    }
    case 'subscription': {
      const subscriber = await store.subscriber(notice.ref);
      return subscriber && { subject, subscriber };
    }
    case 'alert': {
      const found = await store.alert(notice.ref);
      if (!found) return null;
      const alert = asOf(found, notice);
      return { subject, alert, recorded: true, bad_time: await alertedTime(store, alert) };
    }
  }
}

/** Of an alert about a component, once it is over: no more than from its beginning to its end. */
async function alertedTime(store: StateReads, alert: Alert): Promise<BadTime | null> {
  const { kind, subject, since: from, resolved_since: to } = alert;
  if (kind !== 'state' || to === null) return null;
  return await badTime(store, { components: [subject], from, to, known: { from, to } });
}

async function badTime(
  store: StateReads,
  asked: Omit<BadTimeQuery, 'transitions'>,
): Promise<BadTime | null> {
  const transitions = await store.transitions(asked.known.from, asked.known.to);
  return badTimeOf({ transitions, ...asked });
}

/** What came after the notice is told by a later one, also where this one is sent late. */
function asOf(alert: Alert, { kind, created_at }: Notice): Alert {
  const { acknowledged_at } = alert;
  const is_later = acknowledged_at !== null && acknowledged_at > created_at;
  const known = { ...alert, acknowledged_at: is_later ? null : acknowledged_at };
  return kind === 'alert_resolved' ? known : { ...known, resolved_at: null, resolved_since: null };
}
