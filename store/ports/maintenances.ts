import type { Insertable, Selectable } from 'kysely';
import type { MaintenancePlan } from '../../model/maintenance/plan.ts';
import type {
  Maintenance,
  MaintenanceStatus,
  MaintenanceUpdate,
  MaintenanceWithUpdates,
} from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type {
  Db,
  MaintenanceRevisionTable,
  MaintenanceTable,
  MaintenanceUpdateTable,
} from '../rows/schema.ts';
import { inChunks, jsonOrNull, parseJson, parseJsonOrNull } from '../rows/values.ts';

export interface MaintenanceReads {
  /** Newest announced start first, with their updates oldest first. */
  maintenances(filter: {
    statuses?: readonly MaintenanceStatus[];
    limit: number;
  }): Promise<MaintenanceWithUpdates[]>;
  maintenance(id: string): Promise<MaintenanceWithUpdates | null>;
  /** What it said by revision, oldest first; empty when there is no such maintenance. */
  planRevisions(id: string): Promise<PlanRevision[]>;
}

/** A plan as it stood. */
export interface PlanRevision extends MaintenancePlan {
  revision: number;
  /** null: a draft. */
  published_at: EpochMs | null;
}

/**
 * A changed maintenance, and the `updated_at` of the version it is based on (optimistic lock); null
 * for a new one.
 */
export interface MaintenanceWrite {
  maintenance: Maintenance;
  expected_updated_at: EpochMs | null;
}

/**
 * The maintenance was changed by another writer since it was read. Nothing was written; reread it
 * and decide again.
 */
export class StaleMaintenance extends Error {
  override name = 'StaleMaintenance';
  constructor(id: string) {
    super(`The maintenance ${id} has changed since it was read; nothing was written.`);
  }
}

export function maintenanceReads(db: Db): MaintenanceReads {
  return {
    async maintenances({ statuses, limit }) {
      const rows = await selectMaintenance(db)
        .$if(statuses !== undefined, (select) => select.where('status', 'in', statuses ?? []))
        .orderBy('announced_from', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return withUpdates(db, rows);
    },
    async maintenance(id) {
      const rows = await selectMaintenance(db).where('id', '=', id).execute();
      const [maintenance] = await withUpdates(db, rows);
      return maintenance ?? null;
    },
    async planRevisions(id) {
      const rows = await db
        .selectFrom('maintenance_revision')
        .selectAll()
        .where('maintenance', '=', id)
        .orderBy('revision')
        .execute();
      return rows.map(toPlanRevision);
    },
  };
}

/**
 * Writes new and changed maintenances, each with its revision; ignores existing revisions. Throws
 * `StaleMaintenance` when one has changed since it was read.
 */
export async function saveMaintenances(db: Db, changes: MaintenanceWrite[]): Promise<void> {
  for (const change of changes) {
    if (!(await saveMaintenance(db, change))) throw new StaleMaintenance(change.maintenance.id);
    await db
      .insertInto('maintenance_revision')
      .values(revisionRow(change.maintenance))
      .onConflict((conflict) => conflict.columns(['maintenance', 'revision']).doNothing())
      .execute();
  }
}

/** False when it has changed since it was read. */
async function saveMaintenance(
  db: Db,
  { maintenance, expected_updated_at }: MaintenanceWrite,
): Promise<boolean> {
  const row = maintenanceRow(maintenance);
  if (expected_updated_at === null) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('maintenance')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await db
    .updateTable('maintenance')
    .set(row)
    .where('id', '=', maintenance.id)
    .where('updated_at', '=', expected_updated_at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ignores existing updates. */
export async function insertMaintenanceUpdates(
  db: Db,
  updates: MaintenanceUpdate[],
): Promise<void> {
  for (const values of inChunks(updates.map(updateRow))) {
    await db
      .insertInto('maintenance_update')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/** Each with its current revision. */
function selectMaintenance(db: Db) {
  return db
    .selectFrom('maintenance')
    .innerJoin('maintenance_revision', (join) =>
      join
        .onRef('maintenance_revision.maintenance', '=', 'maintenance.id')
        .onRef('maintenance_revision.revision', '=', 'maintenance.revision'),
    )
    .selectAll('maintenance')
    .select(['published_at', 'announced_from', 'announced_until', 'expected_recovery_at'])
    .select(['components', 'texts']);
}

type CurrentRow = Selectable<MaintenanceTable> &
  Omit<Selectable<MaintenanceRevisionTable>, 'maintenance' | 'revision'>;

async function withUpdates(db: Db, rows: CurrentRow[]): Promise<MaintenanceWithUpdates[]> {
  if (rows.length === 0) return [];
  const updates = await db
    .selectFrom('maintenance_update')
    .selectAll()
    .where(
      'maintenance',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('created_at')
    .orderBy('seq')
    .execute();
  const byMaintenance = Map.groupBy(updates.map(toUpdate), (update) => update.maintenance);
  return rows.map((row) => ({ ...toMaintenance(row), updates: byMaintenance.get(row.id) ?? [] }));
}

function maintenanceRow(maintenance: Maintenance): Selectable<MaintenanceTable> {
  return {
    id: maintenance.id,
    status: maintenance.status,
    notice_ms: maintenance.notice_ms,
    actual_from: maintenance.actual_from,
    actual_until: maintenance.actual_until,
    plans_before: JSON.stringify(maintenance.plans_before),
    revision: maintenance.revision,
    reminded: JSON.stringify(maintenance.reminded),
    created_at: maintenance.created_at,
    updated_at: maintenance.updated_at,
  };
}

function revisionRow(maintenance: Maintenance): Selectable<MaintenanceRevisionTable> {
  return {
    maintenance: maintenance.id,
    revision: maintenance.revision,
    published_at: maintenance.published_at,
    announced_from: maintenance.announced_from,
    announced_until: maintenance.announced_until,
    expected_recovery_at: maintenance.expected_recovery_at,
    components: JSON.stringify(maintenance.components),
    texts: JSON.stringify(maintenance.texts),
  };
}

function toMaintenance(row: CurrentRow): Maintenance {
  return {
    id: row.id,
    status: row.status,
    components: parseJson(row.components),
    texts: parseJson(row.texts),
    announced_from: row.announced_from,
    announced_until: row.announced_until,
    expected_recovery_at: row.expected_recovery_at,
    actual_from: row.actual_from,
    actual_until: row.actual_until,
    plans_before: parseJson(row.plans_before),
    notice_ms: row.notice_ms,
    published_at: row.published_at,
    revision: row.revision,
    reminded: parseJson(row.reminded),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function toPlanRevision(row: Selectable<MaintenanceRevisionTable>): PlanRevision {
  const { maintenance: _, components, texts, ...rest } = row;
  return { ...rest, components: parseJson(components), texts: parseJson(texts) };
}

function updateRow(update: MaintenanceUpdate): Insertable<MaintenanceUpdateTable> {
  return {
    id: update.id,
    maintenance: update.maintenance,
    status: update.status,
    code: update.code,
    text: jsonOrNull(update.text),
    created_at: update.created_at,
  };
}

function toUpdate(row: Selectable<MaintenanceUpdateTable>): MaintenanceUpdate {
  return {
    id: row.id,
    maintenance: row.maintenance,
    status: row.status,
    code: row.code,
    text: parseJsonOrNull(row.text),
    created_at: row.created_at,
  };
}
