import { createHash } from 'node:crypto';
import type { StatusOverview } from '../../model/overview.ts';
import { incidentVersion } from './incident-version.ts';

/** Lists on the page besides the systems. */
export type Lists = Pick<
  StatusOverview,
  | 'open_incidents'
  | 'recent_incidents'
  | 'near_maintenances'
  | 'recent_maintenances'
  | 'own_troubles'
  | 'recent_own_troubles'
  | 'gaps'
>;

/** Version of the lists of incidents, maintenance, our own troubles and gaps. */
export function listsVersion(lists: Lists): string {
  const { open_incidents, recent_incidents, near_maintenances, recent_maintenances } = lists;
  const incidents = [...open_incidents, ...recent_incidents];
  const maintenances = [...near_maintenances, ...recent_maintenances];
  const last = Math.max(0, ...[...incidents, ...maintenances].map((it) => it.updated_at));
  const own = [
    ...lists.own_troubles.map(({ since }) => since),
    ...lists.recent_own_troubles.map(({ since }) => since),
    ...lists.gaps.map(({ to }) => to),
  ];
  const told = createHash('sha256').update(incidents.map(incidentVersion).join()).digest('hex');
  const counts = [incidents, maintenances, own].map(({ length }) => length);
  return [told.slice(0, 16), ...counts, last, Math.max(0, ...own)].join('-');
}
