import type { Log, LogFields } from '../../model/ports.ts';
import type { Channel } from '../channel.ts';
import type { Matter } from '../message.ts';

/** The operators' log: one JSON line per notice, for whatever collects this machine's logs. */
export function createLogChannel({ log }: { log: Log }): Channel {
  return {
    shared: true,
    async send({ delivery_id, notice, matter }) {
      log.warn({ notice: notice.kind, delivery_id, ...fieldsOf(matter) }, 'notice');
      return { result: 'sent' };
    },
  };
}

function fieldsOf(matter: Matter): LogFields {
  switch (matter.subject) {
    case 'incident': {
      const { incident, update } = matter;
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
      const { maintenance, update } = matter;
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
      return { subscriber: matter.subscriber.id };
    case 'alert': {
      const { id, kind, subject, state, since, resolved_since, error } = matter.alert;
      return {
        alert: id,
        kind,
        subject,
        state,
        error,
        since: iso(since),
        duration_ms: resolved_since === null ? null : resolved_since - since,
      };
    }
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
