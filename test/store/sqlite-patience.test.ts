import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { StoreBusy, StoreFull } from '../../store/errors.ts';
import { PATIENCE_MS } from '../../store/patience.ts';
import { createKysely, openWritable } from '../../store/sqlite/connection.ts';
import { createGuard } from '../../store/sqlite/guard.ts';
import { migrate, readMigrations } from '../../store/sqlite/migrations.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { createWriter, type Store } from '../../store/store.ts';
import { temporaryPath } from './temporary.ts';

const CHANGE = { kind: 'state' as const, ref: 'a.query', at: 1 };

test('operations are repeated for ten seconds', () => {
  expect(PATIENCE_MS).toBe(10_000);
});

describe('D3: while another process holds the write lock', () => {
  test('a write waits without blocking its thread, and is written once', async () => {
    const { store, lock } = await openLocked();
    const stalls = watchStalls();
    const written = store.record({ changes: [CHANGE] });
    const others = Array.from({ length: 20 }, () => store.installation());
    await pause(2_000);
    lock.exec('rollback');
    await written;
    expect(new Set(await Promise.all(others)).size).toBe(1);
    // Had it waited in SQLite, the thread would have stood still for 2 s.
    expect(stalls.longest_ms()).toBeLessThan(1_000);
    expect(await store.changeSeq()).toBe(1);
  });

  test('reads do not wait at all', async () => {
    const { store, reader } = await openLocked();
    const started = performance.now();
    expect(await reader.changeSeq()).toBe(0);
    expect(await store.components()).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('a write that outlasts the patience says so, and writes nothing', async () => {
    const { store, lock } = await openLocked(200);
    const started = performance.now();
    const error: unknown = await store.record({ changes: [CHANGE] }).catch((reason) => reason);
    const waited_ms = performance.now() - started;
    expect(error).toBeInstanceOf(StoreBusy);
    expect(error).toMatchObject({ gap_cause: 'lock', message: expect.stringContaining('locked') });
    expect(waited_ms).toBeGreaterThanOrEqual(200);
    expect(waited_ms).toBeLessThan(5_000);
    lock.exec('rollback');
    expect(await store.changeSeq()).toBe(0);
    await store.record({ changes: [CHANGE] });
    expect(await store.changeSeq()).toBe(1);
  });

  test.each<[string, (store: Store) => Promise<unknown>]>([
    ['a single statement', (store) => store.settleDelivery('none', { status: 'sent', at: 1 })],
    ['the first read of the installation', (store) => store.installation()],
    ['a claim', (store) => store.claimDeliveries({ owner: 'test', now: 1, limit: 1 })],
    ['pruning', (store) => store.prune('looks', 1, 1)],
    ['resuming', (store) => store.resume()],
    ['a test write', (store) => store.testWrite()],
  ])('%s waits as well', async (_, operation) => {
    const { store, lock } = await openLocked();
    const done = operation(store);
    await pause(100);
    lock.exec('rollback');
    await done;
  });

  test('a database that needs no migration is opened', async () => {
    const { path } = await openLocked();
    await (await openStore({ path, patience_ms: 0 })).close();
  });
});

test('a new database is opened once its lock is free', async () => {
  const path = temporaryPath();
  const lock = new Database(path);
  lock.exec('begin exclusive');
  await expect(openStore({ path, patience_ms: 50 })).rejects.toBeInstanceOf(StoreBusy);
  const opening = openStore({ path });
  await pause(100);
  lock.exec('rollback');
  lock.close();
  await (await opening).close();
});

test('D4: a full database is named, although it has rolled back by itself', async () => {
  const handle = openWritable(temporaryPath());
  onTestFinished(() => void handle.close());
  migrate(handle, readMigrations());
  const writer = createWriter(createKysely(handle, createGuard(handle.name).guarded));
  const pages = handle.pragma('page_count', { simple: true }) as number;
  handle.pragma(`max_page_count = ${pages + 2}`);
  const changes = Array.from({ length: 10_000 }, () => CHANGE);
  const error: unknown = await writer.record({ changes }).catch((reason) => reason);
  expect(error).toBeInstanceOf(StoreFull);
  expect(error).toMatchObject({ gap_cause: 'disk', message: expect.stringContaining('No space') });
  expect(handle.prepare('select count(*) from change').pluck().get()).toBe(0);
  handle.pragma(`max_page_count = ${pages + 10_000}`);
  await writer.record({ changes });
  expect(handle.prepare('select count(*) from change').pluck().get()).toBe(10_000);
});

/** A store and a reader of a database whose write lock another handle holds. */
async function openLocked(patience_ms?: number) {
  const path = temporaryPath();
  const store = await openStore({ path, ...(patience_ms !== undefined && { patience_ms }) });
  const reader = await openStoreReader({ path });
  const lock = new Database(path);
  onTestFinished(async () => {
    lock.close();
    await reader.close();
    await store.close();
  });
  lock.exec('begin immediate');
  return { path, store, reader, lock };
}

/** Watches how long this thread is kept from running timers. */
function watchStalls(): { longest_ms: () => number } {
  let last = performance.now();
  let longest_ms = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest_ms = Math.max(longest_ms, now - last);
    last = now;
  }, 5);
  onTestFinished(() => clearInterval(timer));
  return { longest_ms: () => longest_ms };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
