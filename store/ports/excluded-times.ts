import type { ExcludedTime } from '../../model/figures.ts';
import { excludedTime, type MaintenanceRevision } from '../../model/maintenance/excluded.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { parseJson } from '../rows/values.ts';

export interface ExcludedTimeReads {
  /**
   * Complete periods of announced maintenance that overlap [from, to), oldest first, in which down
   * time is excluded: see model/maintenance/excluded.ts. Drafts and cancelled maintenance never
   * count.
   */
  excludedTimes(from: EpochMs, to: EpochMs): Promise<ExcludedMaintenance[]>;
}

/** A period in which down time is excluded, because it was announced in time. */
export interface ExcludedMaintenance extends ExcludedTime {
  maintenance: string;
}

export function excludedTimeReads(db: Db): ExcludedTimeReads {
  return {
    async excludedTimes(from, to) {
      const rows = await revisionsOverlapping(db, from, to);
      const found: ExcludedMaintenance[] = [];
      for (const [maintenance, revisions] of Map.groupBy(rows, (row) => row.id)) {
        const [first] = revisions;
        const time = first && excludedTime(revisions.map(toRevision), first);
        if (time && time.to > from && time.from < to) found.push({ maintenance, ...time });
      }
      return found.sort((a, b) => a.from - b.from);
    },
  };
}

/** All revisions of each maintenance with a revision that overlaps [from, to). */
function revisionsOverlapping(db: Db, from: EpochMs, to: EpochMs) {
  return db
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
}

function toRevision(row: Omit<MaintenanceRevision, 'components'> & { components: string }) {
  return { ...row, components: parseJson<MaintenanceRevision['components']>(row.components) };
}
