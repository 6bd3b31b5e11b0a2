import type { Selectable } from 'kysely';
import type { EpochMs } from '../../model/vocabulary.ts';
import { outcomes } from '../rows/codes.ts';
import { VOID } from '../rows/result-flags.ts';
import { unpackRun } from '../rows/result-run.ts';
import type { Db, EvidenceTable, Schema, WideResultTable } from '../rows/schema.ts';

export interface ResultRange {
  from: EpochMs;
  to: EpochMs;
  limit: number;
}

type WideRow = Selectable<WideResultTable>;

const OK = outcomes.code('ok');
type EvidenceRow = Selectable<EvidenceTable>;

/**
 * Rows that are not void of these checks (null: of all), oldest first, of both tables that have
 * some.
 */
export async function readResultRows(
  db: Db,
  ids: number[] | null,
  range: ResultRange,
): Promise<WideRow[]> {
  const rows = await readRows(db, 'result', ids, range);
  const before = await readRows(db, 'result_before_0020', ids, range);
  return inOrder(before, rows.map(unpackRun)).slice(0, range.limit);
}

/** The last good one of these checks (null: of all) with slot in [from, to); null: none. */
export async function readLastGood(
  db: Db,
  ids: number[] | null,
  { from, to }: Omit<ResultRange, 'limit'>,
): Promise<WideRow | null> {
  const row = await db
    .selectFrom('result')
    .selectAll()
    .where('slot_at', '>=', from)
    .where('slot_at', '<', to)
    .where('flags', '<', VOID)
    .where('outcome', '=', OK)
    .$if(ids !== null, (select) => select.where('check_id', 'in', ids ?? []))
    .orderBy('slot_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : unpackRun(row);
}

/** The evidence of bad ones that is not void, of these checks (null: of all), oldest first. */
export function readEvidence(
  db: Db,
  ids: number[] | null,
  range: ResultRange,
): Promise<EvidenceRow[]> {
  return readRows(db, 'evidence', ids, range);
}

/** The rows with what evidence adds to those that were bad. */
export async function readRowsWithEvidence(
  db: Db,
  ids: number[] | null,
  range: ResultRange,
): Promise<EvidenceRow[]> {
  const rows = await readResultRows(db, ids, range);
  const bad = rows.filter((row) => row.outcome !== OK);
  const evidence = await evidenceOf(db, ids, bad);
  return rows.map((row) => {
    const known = row.outcome === OK ? undefined : evidence.get(rowKey(row));
    const { detail = null, integrity_where = null, proof = null } = known ?? {};
    return { ...row, detail, integrity_where, proof };
  });
}

async function evidenceOf(
  db: Db,
  ids: number[] | null,
  bad: readonly WideRow[],
): Promise<Map<string, EvidenceRow>> {
  const [first] = bad;
  const last = bad.at(-1);
  if (!first || !last) return new Map();
  const range = { from: first.slot_at, to: last.slot_at + 1, limit: Number.MAX_SAFE_INTEGER };
  return new Map((await readEvidence(db, ids, range)).map((it) => [rowKey(it), it]));
}

export function rowKey({ check_id, slot_at }: Pick<WideRow, 'check_id' | 'slot_at'>): string {
  return `${check_id} ${slot_at}`;
}

type Table = 'result' | 'result_before_0020' | 'evidence';

async function readRows<T extends Table>(
  db: Db,
  table: T,
  ids: number[] | null,
  { from, to, limit }: ResultRange,
): Promise<Selectable<Schema[T]>[]> {
  const rows = await db
    .selectFrom(db.dynamic.table<Table>(table).as('row'))
    .selectAll()
    .where('slot_at', '>=', from)
    .where('slot_at', '<', to)
    .where('flags', '<', VOID)
    .$if(ids !== null, (select) => select.where('check_id', 'in', ids ?? []))
    .orderBy('slot_at')
    .orderBy('check_id')
    .limit(limit)
    .execute();
  return rows as Selectable<Schema[T]>[];
}

/** A row of a slot that was recorded again by a later version is ignored, as one table would. */
function inOrder(before: WideRow[], rows: WideRow[]): WideRow[] {
  if (before.length === 0) return rows;
  const known = new Set(before.map(rowKey));
  return [...before, ...rows.filter((row) => !known.has(rowKey(row)))].sort(
    (a, b) => a.slot_at - b.slot_at || a.check_id - b.check_id,
  );
}
