import type { Incident } from '../incident.ts';
import type { BadTimeQuery } from '../ledger.ts';
import type { EpochMs } from '../vocabulary.ts';

type Dated = Pick<Incident, 'components' | 'started_at' | 'monitoring_at' | 'resolved_at'>;

/** What the ledger is asked about an incident: its functions, until it was told to be over. */
export function incidentSpan(
  { components, started_at, monitoring_at, resolved_at }: Dated,
  now: EpochMs,
): Omit<BadTimeQuery, 'transitions'> {
  return { components, from: started_at, to: monitoring_at ?? resolved_at ?? now };
}
