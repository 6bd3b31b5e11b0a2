import { type Selectable, sql } from 'kysely';
import type { Phases, Result } from '../../model/result.ts';
import {
  type ComponentId,
  type EpochMs,
  type FileReason,
  isFileReason,
  type Reason,
} from '../../model/vocabulary.ts';
import { outcomes, reasons } from '../rows/codes.ts';
import { packFlags, unpackFlags, VOID } from '../rows/result-flags.ts';
import { packNotes, unpackNotes } from '../rows/result-notes.ts';
import { packRun } from '../rows/result-run.ts';
import type { Db, EvidenceTable, Json, ResultTable, WideResultTable } from '../rows/schema.ts';
import { inChunks, jsonOrNull, parseJsonOrNull } from '../rows/values.ts';
import { type CheckIds, checkIdsOfComponent } from './checks.ts';
import {
  readEvidence,
  readLastGood,
  readResultRows,
  readRowsWithEvidence,
  rowKey,
} from './result-rows.ts';

export interface ResultReads {
  /**
   * Raw results of a component (or of one check) with slot in [from, to), oldest first, at most
   * `limit`. Times are in whole ms and the expiry of a certificate in whole seconds; the accepted
   * invoice is not stored. With `bad` they are read from the evidence, which is small and has a
   * longer retention. Void ones are left out.
   */
  results(query: ResultQuery): Promise<Result[]>;
  /** All checks' results with slot in [from, to) in short, oldest first. Void ones are left out. */
  shortResults(from: EpochMs, to: EpochMs): Promise<ShortResult[]>;
  /** End of the last good run of a component, or of one check; null: there is none. */
  lastGoodRun(query: Omit<ResultQuery, 'limit' | 'bad'>): Promise<EpochMs | null>;
}

/** What it takes to judge results again, in little memory. */
export type ShortResult = Pick<
  Result,
  | 'check'
  | 'slot_at'
  | 'started_at'
  | 'duration_ms'
  | 'outcome'
  | 'reason'
  | 'notes'
  | 'confirming'
  | 'proof'
>;

export interface ResultQuery {
  component?: ComponentId;
  check?: string;
  from: EpochMs;
  to: EpochMs;
  limit: number;
  /** Only results that were not ok. */
  bad?: boolean;
}

export function resultReads(db: Db, checkIds: CheckIds): ResultReads {
  return {
    async results(query) {
      const ids = await selectedCheckIds(db, query);
      const rows = query.bad
        ? await readEvidence(db, ids, query)
        : await readRowsWithEvidence(db, ids, query);
      const nameOf = await checkIds.namesOf(
        db,
        rows.map((row) => row.check_id),
      );
      return rows.map((row) => toResult(row, nameOf(row.check_id)));
    },
    async shortResults(from, to) {
      const rows = await readResultRows(db, null, { from, to, limit: Number.MAX_SAFE_INTEGER });
      const ids = [...new Set(rows.map((row) => row.check_id))];
      const nameOf = await checkIds.namesOf(db, ids);
      const proofs = await readProofs(db, from, to);
      return rows.map((row) => ({
        check: nameOf(row.check_id),
        slot_at: row.slot_at,
        proof: parseJsonOrNull(proofs.get(rowKey(row)) ?? null),
        started_at: row.slot_at + row.start_lag_ms,
        duration_ms: row.duration_ms,
        outcome: outcomes.word(row.outcome),
        reason: row.reason === null ? null : reasons.word(row.reason),
        notes: unpackNotes(row.notes),
        confirming: unpackFlags(row.flags).confirming,
      }));
    },
    async lastGoodRun(query) {
      const row = await readLastGood(db, await selectedCheckIds(db, query), query);
      return row && row.slot_at + row.start_lag_ms + row.duration_ms;
    },
  };
}

/**
 * Appends results, with evidence for those that were not ok. Ignores existing ones, but replaces
 * void ones.
 */
export async function insertResults(db: Db, checkIds: CheckIds, results: Result[]): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    results.map((result) => result.check),
  );
  await insertRows(
    db,
    'result',
    results.map((result) => shortRow(wideRow(result, idOf(result.check)))),
  );
  const bad = results.filter((result) => result.outcome !== 'ok');
  await insertRows(
    db,
    'evidence',
    bad.map((result) => evidenceRow(result, idOf(result.check))),
  );
}

/** Marks the results of slots after the instant as void. Requires a transaction. */
export async function voidResultsAfter(db: Db, at: EpochMs): Promise<void> {
  for (const table of ['result', 'result_before_0020', 'evidence'] as const) {
    await db
      .updateTable(table)
      .set((row) => ({ flags: row('flags', '+', VOID) }))
      .where('slot_at', '>', at)
      .where('flags', '<', VOID)
      .execute();
  }
}

async function insertRows(
  db: Db,
  table: 'result' | 'evidence',
  rows: (Selectable<ResultTable> | Selectable<EvidenceTable>)[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const replaced = Object.keys(first).map((column) => [column, sql`excluded.${sql.ref(column)}`]);
  for (const values of inChunks(rows)) {
    await db
      .insertInto(table)
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['slot_at', 'check_id'])
          .doUpdateSet(Object.fromEntries(replaced))
          .where(sql<boolean>`${sql.ref(table)}.flags >= ${VOID}`),
      )
      .execute();
  }
}

/** Null: all checks. */
async function selectedCheckIds(
  db: Db,
  { component, check }: Pick<ResultQuery, 'component' | 'check'>,
): Promise<number[] | null> {
  if (check !== undefined) {
    const row = await db
      .selectFrom('registered_check')
      .select('id')
      .where('name', '=', check)
      .executeTakeFirst();
    return row === undefined ? [] : [row.id];
  }
  return component === undefined ? null : checkIdsOfComponent(db, component);
}

async function readProofs(db: Db, from: EpochMs, to: EpochMs): Promise<Map<string, Json>> {
  const rows = await db
    .selectFrom('evidence')
    .select(['check_id', 'slot_at', 'proof'])
    .where('slot_at', '>=', from)
    .where('slot_at', '<', to)
    .where('flags', '<', VOID)
    .where('proof', 'is not', null)
    .execute();
  return new Map(rows.flatMap((row) => (row.proof === null ? [] : [[rowKey(row), row.proof]])));
}

function wideRow(result: Result, check_id: number): Selectable<WideResultTable> {
  const started_at = Math.round(result.started_at);
  return {
    slot_at: result.slot_at,
    check_id,
    outcome: outcomes.code(result.outcome),
    reason: result.reason === null ? null : reasons.code(result.reason),
    start_lag_ms: started_at - result.slot_at,
    duration_ms: Math.round(result.duration_ms),
    resolve_ms: wholeMs(result.phases.resolve),
    connect_ms: wholeMs(result.phases.connect),
    tls_ms: wholeMs(result.phases.tls),
    processing_ms: wholeMs(result.phases.processing),
    transfer_ms: wholeMs(result.phases.transfer),
    bytes: result.bytes,
    http_status: result.http_status,
    certificate_expires_s:
      result.certificate_expires_at === null
        ? null
        : Math.floor(result.certificate_expires_at / 1_000),
    flags: packFlags(result),
    notes: packNotes(result.notes),
  };
}

function shortRow(row: Selectable<WideResultTable>): Selectable<ResultTable> {
  const { slot_at, check_id, outcome, flags } = row;
  return { slot_at, check_id, outcome, flags, run: packRun(row) };
}

function evidenceRow(result: Result, check_id: number): Selectable<EvidenceTable> {
  return {
    ...wideRow(result, check_id),
    detail: result.detail,
    integrity_where: result.integrity?.where ?? null,
    proof: jsonOrNull(result.proof),
  };
}

function toResult(row: Selectable<EvidenceTable>, check: string): Result {
  const { confirming, simulated, integrity } = unpackFlags(row.flags);
  const reason = row.reason === null ? null : reasons.word(row.reason);
  return {
    check,
    slot_at: row.slot_at,
    started_at: row.slot_at + row.start_lag_ms,
    duration_ms: row.duration_ms,
    confirming,
    simulated,
    outcome: outcomes.word(row.outcome),
    reason,
    notes: unpackNotes(row.notes),
    detail: row.detail,
    phases: toPhases(row),
    bytes: row.bytes,
    http_status: row.http_status,
    certificate_expires_at:
      row.certificate_expires_s === null ? null : row.certificate_expires_s * 1_000,
    integrity:
      integrity === null
        ? null
        : { ...integrity, reason: fileReason(reason), where: row.integrity_where },
    certificates: [],
    tls_version: null,
    file: null,
    asked: null,
    accepted: null,
    contact: null,
    proof: parseJsonOrNull(row.proof),
  };
}

/** The reason of a run that received a file is that of the file, unless it failed otherwise. */
function fileReason(reason: Reason | null): FileReason | null {
  return reason !== null && isFileReason(reason) ? reason : null;
}

function toPhases(row: Selectable<WideResultTable>): Phases {
  const phases: Phases = {};
  if (row.resolve_ms !== null) phases.resolve = row.resolve_ms;
  if (row.connect_ms !== null) phases.connect = row.connect_ms;
  if (row.tls_ms !== null) phases.tls = row.tls_ms;
  if (row.processing_ms !== null) phases.processing = row.processing_ms;
  if (row.transfer_ms !== null) phases.transfer = row.transfer_ms;
  return phases;
}

function wholeMs(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}
