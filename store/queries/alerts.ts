import type { Kysely, Selectable } from 'kysely';
import type { Alert } from '../../model/alert.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { AlertTable, Schema } from '../schema.ts';
import { inChunks, parseJson } from './rows.ts';

/** Replaces alerts of the same id; who acknowledged one meanwhile stays so. */
export async function saveAlerts(db: Kysely<Schema>, alerts: Alert[]): Promise<void> {
  for (const values of inChunks(alerts.map(alertRow))) {
    await db
      .insertInto('alert')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          state: row.ref('excluded.state'),
          notes: row.ref('excluded.notes'),
          error: row.ref('excluded.error'),
          resolved_at: row.ref('excluded.resolved_at'),
          resolved_since: row.ref('excluded.resolved_since'),
        })),
      )
      .execute();
  }
}

/** Newest first. */
export async function readAlerts(
  db: Kysely<Schema>,
  { open = false, limit }: { open?: boolean; limit: number },
): Promise<Alert[]> {
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .$if(open, (select) => select.where('resolved_at', 'is', null))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toAlert);
}

export async function readAlert(db: Kysely<Schema>, id: string): Promise<Alert | null> {
  const row = await db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toAlert(row) : null;
}

/** Whether it was not acknowledged before; the first time stays. */
export async function acknowledgeAlert(
  db: Kysely<Schema>,
  id: string,
  now: EpochMs,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alert')
    .set({ acknowledged_at: now })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function alertRow(alert: Alert): AlertTable {
  return { ...alert, notes: JSON.stringify(alert.notes) };
}

function toAlert(row: Selectable<AlertTable>): Alert {
  return { ...row, notes: parseJson(row.notes) };
}
