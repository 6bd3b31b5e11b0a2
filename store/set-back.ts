import type { EpochMs } from '../model/vocabulary.ts';
import { deleteOwnResultsAfter } from './ports/own-results.ts';
import { voidResultsAfter } from './ports/results.ts';
import type { Db, Schema } from './rows/schema.ts';

/** Columns of instants at which something began, happened or was planned. */
const INSTANTS: { [Table in keyof Schema]?: readonly (keyof Schema[Table])[] } = {
  transition: ['since', 'recorded_at'],
  component_status: ['since'],
  incident: ['started_at', 'created_at', 'updated_at', 'monitoring_at', 'resolved_at'],
  incident_update: ['created_at'],
  alert: [
    'since',
    'opened_at',
    'acknowledged_at',
    'repeated_at',
    'escalated_at',
    'resolved_at',
    'resolved_since',
  ],
  notice: ['created_at'],
  delivery: ['due_at', 'settled_at'],
  gap: ['to_at'],
  own_trouble: ['until'],
  domain: ['asked_at', 'measured_at'],
  change: ['at'],
  installation: ['rolled_up_to', 'judged_since'],
};

/**
 * The rows after the wall clock was set back to the instant: results of later slots are void, those
 * of own traffic, hours and days, gaps and own troubles that would begin later are deleted, and
 * what else was dated later is dated at the instant, so that nothing lies ahead or waits for a time
 * that may not come. From there on roll-ups are to be counted again. Requires a transaction.
 */
export async function setBackTo(db: Db, at: EpochMs): Promise<void> {
  await voidResultsAfter(db, at);
  await deleteOwnResultsAfter(db, at);
  await db.deleteFrom('rollup').where('from_at', '>', at).execute();
  await db.deleteFrom('gap').where('from_at', '>=', at).execute();
  await db.deleteFrom('own_trouble').where('since', '>', at).execute();
  for (const [table, columns] of Object.entries(INSTANTS))
    for (const column of columns)
      await db
        .updateTable(table as 'transition')
        .set({ [column]: at })
        .where(column as 'since', '>', at)
        .execute();
}
