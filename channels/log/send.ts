import { alertLength } from '../../model/alert.ts';
import type { LogFields } from '../../model/ports.ts';
import { iso } from '../../model/time.ts';
import { alertFields } from '../kit/alert-fields.ts';
import type { Payload } from '../kit/message.ts';
import type { Sender, SenderParts } from '../kit/sender.ts';

/** Without `render`, an alert is logged without what was measured around it. */
type LogSenderParts = Pick<SenderParts, 'log'> & Partial<Pick<SenderParts, 'render'>>;

/** Writes one JSON line per notice to the process log. */
export function createLogSender({ log, render }: LogSenderParts): Sender {
  return {
    shared: true,
    async send(message) {
      const { delivery_id, notice, payload } = message;
      const details =
        payload.subject === 'alert' ? render?.(message).announcement.alert : undefined;
      const fields = { ...fieldsOf(payload), ...(details ? alertFields(details) : {}) };
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
        status: update.status,
        update: update.code,
        started_at: iso(incident.started_at),
        simulated: incident.simulated,
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
