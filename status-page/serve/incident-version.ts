import type { BadTime } from '../../model/ledger.ts';
import type { IncidentView } from '../../model/overview.ts';

/** Version of what is told of an incident, whose length may be corrected once it is over. */
export function incidentVersion(incident: IncidentView): string {
  const { id, updated_at, started_at, affected, bad_time, corrected_at } = incident;
  const told = [id, updated_at, started_at, corrected_at, ...affected.map(({ now }) => now)];
  const times = [bad_time, ...affected.map((it) => it.bad_time)].filter((it) => it !== null);
  return [...told, ...times.map(timeVersion)].join();
}

/** Of what lasts, the length grows. */
function timeVersion({ to, bad_ms, parts, end, ailments }: BadTime): string {
  return to === null ? ailments.join() : [to, bad_ms, parts, end, ...ailments].join();
}
