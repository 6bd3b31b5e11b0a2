import type { ComponentId, InvoiceFunction } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface CheckWrites {
  /**
   * Inserts or updates the configured components, checks and lines, to which other rows refer.
   * Those removed from the configuration are not deleted, but what is known of their files is.
   */
  register(checks: RegisteredCheck[]): Promise<void>;
}

export interface RegisteredCheck {
  check: string;
  component: ComponentId;
  system: string;
  function: InvoiceFunction;
  line: string;
}

export function checkWrites(db: Db): CheckWrites {
  return {
    register: (checks) => db.transaction().execute((trx) => registerChecks(trx, checks)),
  };
}

/** As `register`. Requires a transaction. */
export async function registerChecks(db: Db, checks: RegisteredCheck[]): Promise<void> {
  const rows = checks.map(({ check, ...rest }) => ({ name: check, ...rest }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('registered_check')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((row) => ({
          component: row.ref('excluded.component'),
          system: row.ref('excluded.system'),
          function: row.ref('excluded.function'),
          line: row.ref('excluded.line'),
        })),
      )
      .execute();
  }
  await forgetFiles(db, new Set(checks.map(({ check }) => check)));
}

/** Deletes what is known of the files of checks other than these. */
async function forgetFiles(db: Db, configured: ReadonlySet<string>): Promise<void> {
  for (const table of ['specimen', 'specimen_change'] as const) {
    const rows = await db
      .selectFrom('registered_check')
      .select(['id', 'name'])
      .where('id', 'in', db.selectFrom(table).select('check_id'))
      .execute();
    const gone = rows.filter(({ name }) => !configured.has(name)).map(({ id }) => id);
    if (gone.length > 0) await db.deleteFrom(table).where('check_id', 'in', gone).execute();
  }
}

export async function checkIdsOfComponent(db: Db, component: ComponentId): Promise<number[]> {
  const rows = await db
    .selectFrom('registered_check')
    .select('id')
    .where('component', '=', component)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Numeric ids of checks in rows. Ids never change, so they are cached and reread only for unknown
 * ones.
 */
export interface CheckIds {
  /** Throws when a check is not registered. */
  idsOf(db: Db, checks: readonly string[]): Promise<(check: string) => number>;
  /** Throws when a row refers to an unknown check. */
  namesOf(db: Db, ids: readonly number[]): Promise<(id: number) => string>;
}

export function createCheckIds(): CheckIds {
  const idByName = new Map<string, number>();
  const nameById = new Map<number, string>();

  async function readAll(db: Db): Promise<void> {
    for (const row of await db.selectFrom('registered_check').select(['id', 'name']).execute()) {
      idByName.set(row.name, row.id);
      nameById.set(row.id, row.name);
    }
  }

  return {
    async idsOf(db, checks) {
      if (!checks.every((check) => idByName.has(check))) await readAll(db);
      return (check) => known(idByName, check, 'is not registered');
    },
    async namesOf(db, ids) {
      if (!ids.every((id) => nameById.has(id))) await readAll(db);
      return (id) => known(nameById, id, 'is in a row, but not in registered_check');
    },
  };
}

function known<Key, Value>(map: Map<Key, Value>, key: Key, problem: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`check ${key} ${problem}`);
  return value;
}
