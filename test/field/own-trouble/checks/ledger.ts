import Database from 'better-sqlite3';
import { unpackRun } from '../../../../store/rows/result-run.ts';

/** What an installation has written, as a stranger reads it who knows the tables. */
export interface Written {
  transitions: { seq: number; component: string; to_state: string }[];
  incidents: { id: string; system: string; title: string }[];
  gaps: { from_at: number; to_at: number; cause: string }[];
  results: {
    slot_at: number;
    name: string;
    /** Of a slot that confirms, instead of a regular one. */
    confirming: boolean;
    outcome: number;
    reason: number | null;
    http_status: number | null;
  }[];
}

type Row = Parameters<typeof unpackRun>[0] & { name: string };

/** Marks the result of a confirming slot. */
const CONFIRMING = 1;
/** Marks a result that a step of the clock took back. */
const VOID = 256;

export function readWritten(path: string): Written {
  const database = new Database(path, { readonly: true, timeout: 5_000 });
  const all = <T>(sql: string) => database.prepare(sql).all() as T[];
  try {
    return {
      transitions: all('select seq, component, to_state from transition order by seq'),
      incidents: all('select id, system, title from incident'),
      gaps: all('select from_at, to_at, cause from gap order by from_at'),
      results: all<Row>(`
        select name, result.* from result join registered_check on id = check_id
        where flags < ${VOID} order by slot_at`).map(({ name, ...row }) => {
        const { slot_at, outcome, reason, http_status } = unpackRun(row);
        const confirming = (row.flags & CONFIRMING) !== 0;
        return { slot_at, name, confirming, outcome, reason, http_status };
      }),
    };
  } finally {
    database.close();
  }
}

/** What was written since. */
export function writtenSince(before: Written, now: Written): Written {
  const without = <T>(old: readonly T[], rows: readonly T[], key: (row: T) => string) => {
    const known = new Set(old.map(key));
    return rows.filter((row) => !known.has(key(row)));
  };
  return {
    transitions: without(before.transitions, now.transitions, ({ seq }) => String(seq)),
    incidents: without(before.incidents, now.incidents, ({ id }) => id),
    gaps: without(before.gaps, now.gaps, (it) => `${it.from_at} ${it.to_at} ${it.cause}`),
    results: without(before.results, now.results, (it) => `${it.name} ${it.slot_at}`),
  };
}
