import type { Insertable, Kysely, Selectable } from 'kysely';
import type {
  Maintenance,
  MaintenanceStatus,
  MaintenanceUpdate,
  MaintenanceWithUpdates,
} from '../../model/maintenance.ts';
import { StaleMaintenance } from '../errors.ts';
import type {
  MaintenanceRevisionTable,
  MaintenanceTable,
  MaintenanceUpdateTable,
  Schema,
} from '../schema.ts';
import type { MaintenanceChange } from '../store.ts';
import { inChunks, jsonOrNull, parseJson, parseJsonOrNull } from './rows.ts';

/**
 * Writes new maintenances and changed ones, each with its revision. A revision that is there is
 * left as it is. Throws `StaleMaintenance` when one has changed since the writer read it.
 */
export async function saveMaintenances(
  db: Kysely<Schema>,
  changes: MaintenanceChange[],
): Promise<void> {
  for (const change of changes) {
    if (!(await saveMaintenance(db, change))) throw new StaleMaintenance(change.maintenance.id);
    await db
      .insertInto('maintenance_revision')
      .values(revisionRow(change.maintenance))
      .onConflict((conflict) => conflict.columns(['maintenance', 'revision']).doNothing())
      .execute();
  }
}

/** Whether it was still as the writer had read it. */
async function saveMaintenance(
  db: Kysely<Schema>,
  { maintenance, expected_updated_at }: MaintenanceChange,
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

export async function insertMaintenanceUpdates(
  db: Kysely<Schema>,
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

/** Newest announced start first, with their updates oldest first. */
export async function readMaintenances(
  db: Kysely<Schema>,
  { statuses, limit }: { statuses?: readonly MaintenanceStatus[]; limit: number },
): Promise<MaintenanceWithUpdates[]> {
  const rows = await selectMaintenance(db)
    .$if(statuses !== undefined, (select) => select.where('status', 'in', statuses ?? []))
    .orderBy('announced_from', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return withUpdates(db, rows);
}

export async function readMaintenance(
  db: Kysely<Schema>,
  id: string,
): Promise<MaintenanceWithUpdates | null> {
  const rows = await selectMaintenance(db).where('id', '=', id).execute();
  const [maintenance] = await withUpdates(db, rows);
  return maintenance ?? null;
}

/** Each with its current revision. */
function selectMaintenance(db: Kysely<Schema>) {
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

async function withUpdates(
  db: Kysely<Schema>,
  rows: CurrentRow[],
): Promise<MaintenanceWithUpdates[]> {
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
    notice_ms: row.notice_ms,
    published_at: row.published_at,
    revision: row.revision,
    reminded: parseJson(row.reminded),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
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
