import { alertLength } from '../../model/alert.ts';
import type { LogFields } from '../../model/ports.ts';
import { iso } from '../../model/time.ts';
import { alertFields } from '../kit/alert-fields.ts';
import type { Payload } from '../kit/message.ts';
import type { Sender, SenderParts } from '../kit/sender.ts';
import { incidentStatusTold } from '../kit/told-status.ts';

/** Writes one JSON line per notice to the process log. */
export function createLogSender({ log, render }: Pick<SenderParts, 'log' | 'render'>): Sender {
  return {
    shared: true,
    async send(message) {
      const { delivery_id, notice, payload } = message;
      // By the rule of all channels: an incident may not know that its system is simulated.
      const { simulated, alert } = render(message).announcement;
      const fields = { ...fieldsOf(payload), ...(alert ? alertFields(alert) : {}), simulated };
      log.warn({ notice: notice.kind, delivery_id, ...fields }, 'notice');
      return { result: 'sent' };
    },
  };
}

function fieldsOf(payload: Payload): LogFields {
  switch (payload.subject) {
    case 'incident': {
      const { incident, update } = payload;
      return {
        incident: incident.id,
        system: incident.system,
        functions: incident.functions,
        impact: incident.impact,
        status: incidentStatusTold(payload),
        update: update.code,
        started_at: iso(incident.started_at),
      };
    }
    case 'maintenance': {
      const { maintenance, update } = payload;
      return {
        maintenance: maintenance.id,
        components: maintenance.components,
        status: update.status,
        update: update.code,
        announced_from: iso(maintenance.announced_from),
        announced_until: iso(maintenance.announced_until),
      };
    }
    case 'subscription':
      return { subscriber: payload.subscriber.id };
    case 'alert': {
      const { id, kind, subject, state, since, error, acknowledged_by } = payload.alert;
      return {
        alert: id,
        kind,
        subject,
        state,
        error,
        since: iso(since),
        acknowledged_by,
        duration_ms: alertLength(payload.alert, payload.bad_time),
      };
    }
  }
}
