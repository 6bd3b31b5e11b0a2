import type { Selectable } from 'kysely';
import type { Alert } from '../../model/alert.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { AlertTable, Db } from '../rows/schema.ts';
import { inChunks, parseJson } from '../rows/values.ts';

export interface AlertReads {
  /** Newest first; all of them without a limit. */
  alerts(filter: { open?: boolean; limit?: number }): Promise<Alert[]>;
  alert(id: string): Promise<Alert | null>;
}

export interface AlertWrites {
  /** Acknowledges an alert; false when it is already acknowledged or does not exist. */
  acknowledgeAlert(id: string, now: EpochMs): Promise<boolean>;
}

export function alertReads(db: Db): AlertReads {
  return {
    async alerts({ open = false, limit = Number.MAX_SAFE_INTEGER }) {
      const rows = await db
        .selectFrom('alert')
        .selectAll()
        .$if(open, (select) => select.where('resolved_at', 'is', null))
        .orderBy('opened_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toAlert);
    },
    async alert(id) {
      const row = await db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toAlert(row) : null;
    },
  };
}

export function alertWrites(db: Db): AlertWrites {
  return {
    async acknowledgeAlert(id, now) {
      const { numUpdatedRows } = await db
        .updateTable('alert')
        .set({ acknowledged_at: now })
        .where('id', '=', id)
        .where('acknowledged_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/** Replaces alerts of the same id, but keeps their acknowledgement. */
export async function saveAlerts(db: Db, alerts: Alert[]): Promise<void> {
  for (const values of inChunks(alerts.map(alertRow))) {
    await db
      .insertInto('alert')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          state: row.ref('excluded.state'),
          notes: row.ref('excluded.notes'),
          error: row.ref('excluded.error'),
          incident: row.ref('excluded.incident'),
          since: row.ref('excluded.since'),
          resolved_at: row.ref('excluded.resolved_at'),
          resolved_since: row.ref('excluded.resolved_since'),
        })),
      )
      .execute();
  }
}

function alertRow(alert: Alert): AlertTable {
  return { ...alert, notes: JSON.stringify(alert.notes) };
}

function toAlert(row: Selectable<AlertTable>): Alert {
  return { ...row, notes: parseJson(row.notes) };
}
