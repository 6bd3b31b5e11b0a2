import type { IncidentView } from '../../model/overview.ts';

/** Version of what is told of an incident, whose length may be corrected once it is over. */
export function incidentVersion(incident: IncidentView): string {
  const { id, updated_at, started_at, unclear, bad_time, corrected_at } = incident;
  const told = [id, updated_at, started_at, unclear, corrected_at];
  if (bad_time === null || bad_time.to === null) return told.join();
  const { to, bad_ms, parts, end, states } = bad_time;
  return [...told, to, bad_ms, parts, end, ...states].join();
}
