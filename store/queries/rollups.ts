import type { Kysely, Selectable } from 'kysely';
import type { Rollup } from '../../model/rollup.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { RollupTable, Schema } from '../schema.ts';
import type { Grain, RollupCount } from '../store.ts';
import type { CheckIds } from './checks.ts';
import { bit, inChunks, parseJson } from './rows.ts';

interface RollupRange {
  grain: Grain;
  from: EpochMs;
  to: EpochMs;
}

/** Replaces the roll-ups of the same grain, start and check. */
export async function upsertRollups(
  db: Kysely<Schema>,
  checkIds: CheckIds,
  grain: Grain,
  rollups: Rollup[],
): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    rollups.map((rollup) => rollup.check),
  );
  const rows = rollups.map((rollup) => rollupRow(grain, rollup, idOf(rollup.check)));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('rollup')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['grain', 'from_at', 'check_id']).doUpdateSet((row) => ({
          n: row.ref('excluded.n'),
          ok: row.ref('excluded.ok'),
          not_ok: row.ref('excluded.not_ok'),
          slow: row.ref('excluded.slow'),
          delays: row.ref('excluded.delays'),
          simulated: row.ref('excluded.simulated'),
        })),
      )
      .execute();
  }
}

/** Those that start in [from, to), oldest first. */
export async function readRollups(
  db: Kysely<Schema>,
  checkIds: CheckIds,
  range: RollupRange,
): Promise<Rollup[]> {
  const rows = await selectRange(db, range)
    .select(['from_at', 'check_id', 'n', 'ok', 'not_ok', 'slow', 'delays', 'simulated'])
    .execute();
  const nameOf = await checkIds.namesOf(
    db,
    rows.map((row) => row.check_id),
  );
  return rows.map((row) => toRollup(row, nameOf(row.check_id)));
}

/** The same without what takes long to read. */
export async function readRollupCounts(
  db: Kysely<Schema>,
  checkIds: CheckIds,
  range: RollupRange,
): Promise<RollupCount[]> {
  const rows = await selectRange(db, range).select(['from_at', 'check_id', 'n', 'ok']).execute();
  const nameOf = await checkIds.namesOf(
    db,
    rows.map((row) => row.check_id),
  );
  return rows.map(({ from_at, check_id, n, ok }) => ({
    check: nameOf(check_id),
    from: from_at,
    n,
    ok,
  }));
}

function selectRange(db: Kysely<Schema>, { grain, from, to }: RollupRange) {
  return db
    .selectFrom('rollup')
    .where('grain', '=', grain)
    .where('from_at', '>=', from)
    .where('from_at', '<', to)
    .orderBy('from_at')
    .orderBy('check_id');
}

function rollupRow(grain: Grain, rollup: Rollup, check_id: number): Selectable<RollupTable> {
  const { ok = 0, ...others } = rollup.outcomes;
  return {
    grain,
    from_at: rollup.from,
    check_id,
    n: rollup.n,
    ok,
    not_ok: Object.keys(others).length === 0 ? null : JSON.stringify(others),
    slow: rollup.slow,
    delays: rollup.delays,
    simulated: bit(rollup.simulated),
  };
}

function toRollup(row: Omit<Selectable<RollupTable>, 'grain'>, check: string): Rollup {
  return {
    check,
    from: row.from_at,
    n: row.n,
    outcomes: {
      ...(row.ok === 0 ? {} : { ok: row.ok }),
      ...(row.not_ok === null ? {} : parseJson<Rollup['outcomes']>(row.not_ok)),
    },
    slow: row.slow,
    delays: row.delays,
    simulated: row.simulated === 1,
  };
}
