import type { StatusOverview } from '../../model/overview.ts';

/** Lists on the page besides the systems. */
export type Lists = Pick<
  StatusOverview,
  'open_incidents' | 'recent_incidents' | 'near_maintenances' | 'recent_maintenances'
>;

/** Version of the lists of incidents and maintenance. */
export function listsVersion(lists: Lists): string {
  const { open_incidents, recent_incidents, near_maintenances, recent_maintenances } = lists;
  const incidents = [...open_incidents, ...recent_incidents];
  const maintenances = [...near_maintenances, ...recent_maintenances];
  const last = Math.max(0, ...[...incidents, ...maintenances].map((it) => it.updated_at));
  return `${incidents.length}-${maintenances.length}-${last}`;
}
