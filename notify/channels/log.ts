import type { Log } from '../../model/ports.ts';
import type { Channel } from './channel.ts';

/** The operators' log: one JSON line per notice, for whatever collects this machine's logs. */
export function createLogChannel({ log }: { log: Log }): Channel {
  return {
    async send({ delivery_id, notice, incident }) {
      const update = incident.updates.find(({ id }) => id === notice.update);
      log.warn(
        {
          notice: notice.kind,
          delivery_id,
          incident: incident.id,
          system: incident.system,
          functions: incident.functions,
          impact: incident.impact,
          status: update?.status ?? incident.status,
          update: update?.code ?? null,
          started_at: new Date(incident.started_at).toISOString(),
          simulated: incident.simulated,
        },
        'notice',
      );
      return { result: 'sent' };
    },
  };
}
