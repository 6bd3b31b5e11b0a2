import type { Kysely } from 'kysely';
import { excludedWindow, type MaintenanceRevision } from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schema } from '../schema.ts';
import type { Window } from '../store.ts';
import { parseJson } from './rows.ts';

/**
 * Announced maintenance that overlaps [from, to), whole, oldest first. Drafts and cancelled ones
 * never count.
 */
export async function readWindows(
  db: Kysely<Schema>,
  from: EpochMs,
  to: EpochMs,
): Promise<Window[]> {
  const rows = await db
    .selectFrom('maintenance')
    .innerJoin('maintenance_revision', 'maintenance_revision.maintenance', 'maintenance.id')
    .select(['maintenance.id', 'notice_ms', 'actual_from', 'actual_until'])
    .select(['published_at', 'announced_from', 'announced_until', 'components'])
    .where('status', 'not in', ['draft', 'cancelled'])
    .where('maintenance.id', 'in', (overlapping) =>
      overlapping
        .selectFrom('maintenance_revision')
        .select('maintenance')
        .where('announced_until', '>', from)
        .where('announced_from', '<', to),
    )
    .orderBy('maintenance.id')
    .orderBy('maintenance_revision.revision')
    .execute();
  const windows: Window[] = [];
  for (const [maintenance, revisions] of Map.groupBy(rows, (row) => row.id)) {
    const [first] = revisions;
    const window = first && excludedWindow(revisions.map(toRevision), first);
    if (window && window.to > from && window.from < to) windows.push({ maintenance, ...window });
  }
  return windows.sort((a, b) => a.from - b.from);
}

function toRevision(row: Omit<MaintenanceRevision, 'components'> & { components: string }) {
  return { ...row, components: parseJson<MaintenanceRevision['components']>(row.components) };
}
