import type { ExcludedTime } from '../../model/figures.ts';
import {
  type Accounting,
  accountingOf,
  type MaintenanceRevision,
} from '../../model/maintenance/excluded.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { parseJson } from '../rows/values.ts';

/** Drafts and cancelled maintenance have no excluded time. */
export interface ExcludedTimeReads {
  /**
   * Complete periods of announced maintenance that overlap [from, to), oldest first, in which down
   * time is excluded: see model/maintenance/excluded.ts.
   */
  excludedTimes(from: EpochMs, to: EpochMs): Promise<ExcludedMaintenance[]>;
  /** How the time of one maintenance counts; null of drafts and cancelled maintenance. */
  maintenanceAccounting(maintenance: string): Promise<Accounting | null>;
}

/** A period in which down time is excluded, because it was announced in time. */
export interface ExcludedMaintenance extends ExcludedTime {
  maintenance: string;
}

export function excludedTimeReads(db: Db): ExcludedTimeReads {
  return {
    async excludedTimes(from, to) {
      const rows = await revisions(db)
        .where('maintenance.id', 'in', (overlapping) =>
          overlapping
            .selectFrom('maintenance_revision')
            .select('maintenance')
            .where('announced_until', '>', from)
            .where('announced_from', '<', to),
        )
        .execute();
      return [...Map.groupBy(rows, (row) => row.id)]
        .flatMap(([id, own]) => excludedBy(id, own))
        .filter((time) => time.to > from && time.from < to)
        .sort((a, b) => a.from - b.from);
    },
    async maintenanceAccounting(maintenance) {
      return accountingBy(await revisions(db).where('maintenance.id', '=', maintenance).execute());
    },
  };
}

/** Revisions by maintenance, oldest first, with what applies to all of them. */
function revisions(db: Db) {
  return db
    .selectFrom('maintenance')
    .innerJoin('maintenance_revision', 'maintenance_revision.maintenance', 'maintenance.id')
    .select(['maintenance.id', 'notice_ms', 'actual_from', 'actual_until'])
    .select(['published_at', 'announced_from', 'announced_until', 'components'])
    .where('status', 'not in', ['draft', 'cancelled'])
    .orderBy('maintenance.id')
    .orderBy('maintenance_revision.revision');
}
type RevisionRow = Awaited<ReturnType<ReturnType<typeof revisions>['execute']>>[number];

/** The excluded time of one maintenance, from all its revisions, if there is any. */
function excludedBy(maintenance: string, rows: readonly RevisionRow[]): ExcludedMaintenance[] {
  const excluded = accountingBy(rows)?.excluded;
  return excluded ? [{ maintenance, ...excluded }] : [];
}

function accountingBy(rows: readonly RevisionRow[]): Accounting | null {
  const [first] = rows;
  return first === undefined ? null : accountingOf(rows.map(toRevision), first);
}

function toRevision(row: RevisionRow): MaintenanceRevision {
  return { ...row, components: parseJson<MaintenanceRevision['components']>(row.components) };
}
