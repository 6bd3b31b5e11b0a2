import type { Payload } from '../channels/kit/message.ts';
import type { Alert } from '../model/alert.ts';
import { type Notice, subjectOf } from '../model/notice.ts';
import type { AlertReads } from '../store/ports/alerts.ts';
import type { IncidentReads } from '../store/ports/incidents.ts';
import type { MaintenanceReads } from '../store/ports/maintenances.ts';
import type { SubscriberReads } from '../store/ports/subscribers.ts';

export type PayloadStore = AlertReads & IncidentReads & MaintenanceReads & SubscriberReads;

/** The subject of the notice; null when it no longer exists. */
export async function loadPayload(store: PayloadStore, notice: Notice): Promise<Payload | null> {
  const subject = subjectOf(notice.kind);
  switch (subject) {
    case 'incident': {
      const incident = await store.incident(notice.ref);
      const update = incident?.updates.find(({ id }) => id === notice.update);
      return incident && update ? { subject, incident, update } : null;
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
      const alert = await store.alert(notice.ref);
      return alert && { subject, alert: asOf(alert, notice), recorded: true };
    }
  }
}

/** What came after the notice is told by a later one, also where this one is sent late. */
function asOf(alert: Alert, { kind, created_at }: Notice): Alert {
  const { acknowledged_at } = alert;
  const is_later = acknowledged_at !== null && acknowledged_at > created_at;
  const known = { ...alert, acknowledged_at: is_later ? null : acknowledged_at };
  return kind === 'alert_resolved' ? known : { ...known, resolved_at: null, resolved_since: null };
}
