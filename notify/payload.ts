import type { Payload } from '../channels/kit/message.ts';
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
      return alert && { subject, alert };
    }
  }
}
