import type { IncidentStatus } from '../../model/incident.ts';
import type { Payload } from './message.ts';

type IncidentPayload = Extract<Payload, { subject: 'incident' }>;

/**
 * The status that a message tells of an incident: by the last that is said in it, unless that it is
 * resolved.
 */
export function incidentStatusTold({
  update,
  said,
}: Pick<IncidentPayload, 'update' | 'said'>): IncidentStatus {
  return update.status === 'resolved' ? update.status : (said.at(-1) ?? update).status;
}
