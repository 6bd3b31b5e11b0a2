import type { Kysely, Selectable } from 'kysely';
import type { ComponentStatus } from '../../model/component.ts';
import type { ComponentTable, Schema } from '../schema.ts';
import { inChunks, jsonOrNull, parseJson, parseJsonOrNull } from './rows.ts';

/** Replaces the row of each component. */
export async function saveComponents(
  db: Kysely<Schema>,
  components: ComponentStatus[],
): Promise<void> {
  for (const values of inChunks(components.map(componentRow))) {
    await db
      .insertInto('component_status')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('component').doUpdateSet((row) => ({
          state: row.ref('excluded.state'),
          since: row.ref('excluded.since'),
          notes: row.ref('excluded.notes'),
          measured_at: row.ref('excluded.measured_at'),
          valid_until: row.ref('excluded.valid_until'),
          recent: row.ref('excluded.recent'),
          sync: row.ref('excluded.sync'),
        })),
      )
      .execute();
  }
}

export async function readComponents(db: Kysely<Schema>): Promise<ComponentStatus[]> {
  const rows = await db.selectFrom('component_status').selectAll().orderBy('component').execute();
  return rows.map(toComponent);
}

function componentRow(status: ComponentStatus): Selectable<ComponentTable> {
  return {
    component: status.component,
    state: status.state,
    since: status.since,
    notes: JSON.stringify(status.notes),
    measured_at: status.measured_at,
    valid_until: status.valid_until,
    recent: jsonOrNull(status.recent),
    sync: jsonOrNull(status.sync),
  };
}

function toComponent(row: Selectable<ComponentTable>): ComponentStatus {
  return {
    component: row.component,
    state: row.state,
    since: row.since,
    notes: parseJson(row.notes),
    measured_at: row.measured_at,
    valid_until: row.valid_until,
    recent: parseJsonOrNull(row.recent),
    sync: parseJsonOrNull(row.sync),
  };
}
