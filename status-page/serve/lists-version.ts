import type { StatusOverview } from '../../model/overview.ts';

/** Lists on the page besides the systems. */
export type Lists = Pick<
  StatusOverview,
  | 'open_incidents'
  | 'recent_incidents'
  | 'near_maintenances'
  | 'recent_maintenances'
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
    ...lists.recent_own_troubles.map(({ since }) => since),
    ...lists.gaps.map(({ to }) => to),
  ];
  const unclear = open_incidents.filter((it) => it.unclear).map(({ id }) => id);
  // Beginnings and lengths may be corrected later.
  const started = incidents.reduce((sum, it) => sum + it.started_at, 0);
  const bad_ms = recent_incidents.reduce((sum, it) => sum + (it.bad_time?.bad_ms ?? 0), 0);
  const counts = [incidents, maintenances, own].map(({ length }) => length);
  return [...unclear, ...counts, started, bad_ms, last, Math.max(0, ...own)].join('-');
}
