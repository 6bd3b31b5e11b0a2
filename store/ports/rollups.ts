import type { Selectable } from 'kysely';
import { judgedCount } from '../../model/judge/bad.ts';
import type { Grain, Rollup, RollupPart } from '../../model/rollup.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db, RollupTable } from '../rows/schema.ts';
import { bit, inChunks, parseJson } from '../rows/values.ts';
import { type Change, insertChanges } from './changes.ts';
import type { CheckIds } from './checks.ts';

export interface RollupReads {
  /** Roll-ups that start in [from, to), oldest first. */
  rollups(grain: Grain, from: EpochMs, to: EpochMs): Promise<Rollup[]>;
  /**
   * Those of these checks that start at these instants, oldest first: the cost does not depend on
   * how many other checks there are.
   */
  rollupsAt(grain: Grain, checks: readonly string[], starts: readonly EpochMs[]): Promise<Rollup[]>;
  /** Only their counts, which is several times cheaper: 9,000 in some 5 ms. */
  rollupCounts(grain: Grain, from: EpochMs, to: EpochMs): Promise<RollupCount[]>;
}

export interface RollupWrites {
  /** Replaces the roll-ups of the same check and start; with the changes that this is. */
  saveRollups(grain: Grain, rollups: Rollup[], changes?: Change[]): Promise<void>;
  /**
   * Merges these parts into the roll-ups of the same check and start. How is given
   * (model/merged-rollup.ts), because only who measures needs the sketches.
   */
  addToRollups(
    grain: Grain,
    parts: RollupPart[],
    merged: MergeRollups,
    changes?: Change[],
  ): Promise<void>;
}

export type MergeRollups = (check: string, from: EpochMs, parts: readonly RollupPart[]) => Rollup;

/** Number of judged results of a roll-up, and of those that were ok. */
export interface RollupCount {
  check: string;
  from: EpochMs;
  n: number;
  ok: number;
}

export function rollupReads(db: Db, checkIds: CheckIds): RollupReads {
  const namesOf = (rows: { check_id: number }[]) =>
    checkIds.namesOf(
      db,
      rows.map((row) => row.check_id),
    );
  return {
    async rollups(grain, from, to) {
      const rows = await selectRange(db, grain, from, to)
        .select(['from_at', 'check_id', 'n', 'ok', 'not_ok', 'slow', 'delays', 'simulated'])
        .execute();
      const nameOf = await namesOf(rows);
      return rows.map((row) => toRollup(row, nameOf(row.check_id)));
    },
    async rollupsAt(grain, checks, starts) {
      if (checks.length === 0 || starts.length === 0) return [];
      const rows = await db
        .selectFrom('rollup')
        .innerJoin('registered_check', 'registered_check.id', 'rollup.check_id')
        .select(['registered_check.name', 'rollup.from_at', 'rollup.check_id', 'n', 'ok'])
        .select(['not_ok', 'slow', 'delays', 'simulated'])
        .where('rollup.grain', '=', grain)
        .where('rollup.from_at', 'in', starts)
        .where('rollup.check_id', 'in', (own) =>
          own.selectFrom('registered_check').select('id').where('name', 'in', checks),
        )
        .orderBy('rollup.from_at')
        .orderBy('rollup.check_id')
        .execute();
      return rows.map((row) => toRollup(row, row.name));
    },
    async rollupCounts(grain, from, to) {
      const rows = await selectRange(db, grain, from, to)
        .select(['from_at', 'check_id', 'n', 'ok', 'not_ok'])
        .execute();
      const nameOf = await namesOf(rows);
      return rows.map(({ check_id, from_at, n, ok, not_ok }) => ({
        check: nameOf(check_id),
        from: from_at,
        n: not_ok === null ? n : judgedCount({ n, outcomes: parseJson(not_ok) }),
        ok,
      }));
    },
  };
}

export function rollupWrites(db: Db, checkIds: CheckIds): RollupWrites {
  return {
    saveRollups: (grain, rollups, changes = []) =>
      db.transaction().execute(async (trx) => {
        await upsertRollups(trx, checkIds, grain, rollups);
        await insertChanges(trx, changes);
      }),
    addToRollups: (grain, parts, merged, changes = []) =>
      db.transaction().execute(async (trx) => {
        await insertChanges(trx, changes);
        for (const part of parts) {
          const stored = await storedRollups(trx, checkIds, grain, part);
          const whole = merged(part.check, part.from, [...stored, part]);
          await upsertRollups(trx, checkIds, grain, [whole]);
        }
      }),
  };
}

/** The stored one, if there is one. */
async function storedRollups(
  db: Db,
  checkIds: CheckIds,
  grain: Grain,
  { check, from }: Pick<Rollup, 'check' | 'from'>,
): Promise<Rollup[]> {
  const idOf = await checkIds.idsOf(db, [check]);
  const rows = await selectRange(db, grain, from, from + 1)
    .selectAll()
    .where('check_id', '=', idOf(check))
    .execute();
  return rows.map((row) => toRollup(row, check));
}

/** Replaces the roll-ups of the same grain, start and check. */
export async function upsertRollups(
  db: Db,
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

function selectRange(db: Db, grain: Grain, from: EpochMs, to: EpochMs) {
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
