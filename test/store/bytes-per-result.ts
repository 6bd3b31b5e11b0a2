import Database from 'better-sqlite3';
import { endedAt } from '../../model/result.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { sampleChecks, sampleResults } from './bulk.ts';

/**
 * Writes `count` results as a collector does (one transaction each, in the order in which they
 * end), checkpoints, and returns the bytes that one row of `result` takes on disk, all pages of the
 * table and its index included.
 */
export async function bytesPerResult(path: string, count: number, checks: number): Promise<number> {
  const registered = sampleChecks(checks);
  const results = sampleResults({
    checks: registered,
    count,
    first_slot_at: 1_780_000_000_000,
    interval_ms: 30_000,
    seed: 1,
  }).sort((a, b) => endedAt(a) - endedAt(b));
  const store = await openStore({ path });
  await store.register(registered);
  for (const result of results) await store.record({ results: [result] });
  await store.close();
  return measure(path);
}

function measure(path: string): number {
  const handle = new Database(path);
  handle.pragma('wal_checkpoint(truncate)');
  const bytes = handle
    .prepare<[], number>("select sum(pgsize) from dbstat where name = 'result'")
    .pluck()
    .get();
  const rows = handle.prepare<[], number>('select count(*) from result').pluck().get();
  handle.close();
  if (!bytes || !rows) throw new Error('nothing was written');
  return bytes / rows;
}
