import type { Insertable, Selectable } from 'kysely';
import type { Alert, AlertKind } from '../../model/alert.ts';
import type { Reminder, UnansweredAlert } from '../../model/alert-reminders.ts';
import type { Notice } from '../../model/notice.ts';
import type { AlertTable, Db } from '../rows/schema.ts';
import { inChunks, parseJson } from '../rows/values.ts';
import { insertNotices } from './notices.ts';

export interface AlertReads {
  /** Newest first; all of them without a limit. */
  alerts(filter: {
    open?: boolean;
    kinds?: readonly AlertKind[];
    limit?: number;
  }): Promise<Alert[]>;
  alert(id: string): Promise<Alert | null>;
  /**
   * Open ones that nobody has acknowledged, oldest first, with what was told again of each; not of
   * what ends, which is told again as its end comes nearer.
   */
  unansweredAlerts(): Promise<UnansweredAlert[]>;
}

export interface AlertWrites {
  /**
   * Acknowledges the alert of the notice and writes it; false when it is already acknowledged or
   * over, or does not exist.
   */
  acknowledgeAlert(by: string, notice: AlertNotice): Promise<boolean>;
  /**
   * Writes the notice that an alert was repeated or escalated; false when somebody has acknowledged
   * it meanwhile, it is over, or it was told just now by another.
   */
  tellAlertAgain(told: ToldAgain): Promise<boolean>;
}

/** Its `ref` is the alert, its time the instant. */
type AlertNotice = Notice & { kind: 'alert_acknowledged' };

interface ToldAgain {
  id: string;
  /** How often it was repeated before. */
  repeats: number;
  notice: Notice & { kind: Reminder };
}

export function alertReads(db: Db): AlertReads {
  return {
    async alerts({ open = false, kinds, limit = Number.MAX_SAFE_INTEGER }) {
      const rows = await db
        .selectFrom('alert')
        .selectAll()
        .$if(open, (select) => select.where('resolved_at', 'is', null))
        .$if(kinds !== undefined, (select) => select.where('kind', 'in', kinds ?? []))
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
    unansweredAlerts: () =>
      db
        .selectFrom('alert')
        .select(['id', 'opened_at', 'repeats', 'repeated_at', 'escalated_at'])
        .where('resolved_at', 'is', null)
        .where('acknowledged_at', 'is', null)
        .where('kind', 'not in', TOLD_AGAIN_BY_DAYS)
        .orderBy('opened_at')
        .execute(),
  };
}

export function alertWrites(db: Db): AlertWrites {
  return {
    acknowledgeAlert: (by, notice) =>
      db.transaction().execute(async (trx) => {
        const told = { acknowledged_at: notice.created_at, acknowledged_by: by };
        const { numUpdatedRows } = await unanswered(trx, notice.ref).set(told).executeTakeFirst();
        if (numUpdatedRows === 1n) await insertNotices(trx, [notice]);
        return numUpdatedRows === 1n;
      }),
    tellAlertAgain: ({ id, repeats, notice }) =>
      db.transaction().execute(async (trx) => {
        const { kind, created_at } = notice;
        const update = unanswered(trx, id).where('repeats', '=', repeats);
        const { numUpdatedRows } = await (kind === 'alert_repeated'
          ? update.set({ repeats: repeats + 1, repeated_at: created_at })
          : update.set({ escalated_at: created_at }).where('escalated_at', 'is', null)
        ).executeTakeFirst();
        if (numUpdatedRows === 1n) await insertNotices(trx, [notice]);
        return numUpdatedRows === 1n;
      }),
  };
}

const TOLD_AGAIN_BY_DAYS: readonly AlertKind[] = ['certificate', 'domain'];

function unanswered(db: Db, id: string) {
  return db
    .updateTable('alert')
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .where('resolved_at', 'is', null);
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

function alertRow(alert: Alert): Insertable<AlertTable> {
  const nothing_told_again = { repeats: 0, repeated_at: null, escalated_at: null };
  return { ...alert, ...nothing_told_again, notes: JSON.stringify(alert.notes) };
}

function toAlert(row: Selectable<AlertTable>): Alert {
  const { repeats: _, repeated_at: _at, escalated_at: _escalated, ...alert } = row;
  return { ...alert, notes: parseJson(alert.notes) };
}
