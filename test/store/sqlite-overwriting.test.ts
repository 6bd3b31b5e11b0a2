import { copyFileSync, existsSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { DatabaseReplaced, isDatabaseRefusal } from '../../store/errors.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { editFile, temporaryPath } from './temporary.ts';

const CHANGE = { kind: 'state' as const, ref: 'a.query', at: 1 };

test.each([
  ['a copy of itself when it was smaller', copied],
  ['a backup of the engine', backedUp],
  ['an empty one', emptyBeside],
])('a database over which %s is copied is lost, and its log with it', async (_, make) => {
  const { path, store, reader } = await open();
  const backup = await make(path);
  await fill(store);
  editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
  await store.record({ changes: [CHANGE] });
  for (const { lost } of [store, reader]) expect([lost(), lost()]).toEqual([null, null]);
  copyFileSync(backup, path);
  for (const { lost } of [store, reader]) {
    expect([lost(), lost()].at(-1)).toBeInstanceOf(DatabaseReplaced);
    expect(isDatabaseRefusal(lost())).toBe(false);
  }
  expect(existsSync(`${path}-wal`)).toBe(false);
  // This process has the engine's state of the old one, which a started one has not.
  const next = await openStore({ path: moved(path) });
  expect(await next.changeSeq()).toBe(0);
  expect(await next.integrityProblems()).toEqual([]);
  await next.close();
});

test('is not lost before the copy is complete', async () => {
  const { path, store } = await open();
  const backup = await copied(path);
  await fill(store);
  editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
  expect(store.lost()).toBeNull();
  copyFileSync(backup, path);
  expect(store.lost()).toBeNull();
  utimesSync(path, 1, 1);
  expect(store.lost()).toBeNull();
  expect(store.lost()).toBeInstanceOf(DatabaseReplaced);
});

test('a database is lost when its log is taken away or replaced', async () => {
  for (const take of [rmSync, (log: string) => copyAndRename(log)]) {
    const { path, store } = await open();
    await store.record({ changes: [CHANGE] });
    expect(store.lost()).toBeNull();
    take(`${path}-wal`);
    expect(store.lost()).toBeInstanceOf(DatabaseReplaced);
  }
});

test('is not lost by growing, by the engine bringing its log in, by a touch', async () => {
  const { path, store, reader } = await open();
  const other = new Database(path);
  for (let round = 0; round < 30; round++) {
    await store.record({ changes: Array.from({ length: 300 }, () => CHANGE) });
    expect([store.lost(), reader.lost()]).toEqual([null, null]);
    if (round % 3 === 0) other.pragma(`wal_checkpoint(${round % 2 ? 'restart' : 'truncate'})`);
    if (round % 5 === 0) other.exec('delete from change where seq % 3 = 0');
    if (round % 7 === 0) utimesSync(path, round, round);
    expect([store.lost(), reader.lost()]).toEqual([null, null]);
    await (await openStoreReader({ path })).close();
  }
  other.close();
  expect([store.lost(), reader.lost()]).toEqual([null, null]);
  await store.close();
  await reader.close();
});

function moved(path: string): string {
  const to = join(dirname(path), 'moved.db');
  copyFileSync(path, to);
  return to;
}

async function open() {
  const path = temporaryPath();
  const store = await openStore({ path });
  await store.installation();
  return { path, store, reader: await openStoreReader({ path }) };
}

async function fill({ record }: Pick<Awaited<ReturnType<typeof openStore>>, 'record'>) {
  await record({ changes: Array.from({ length: 2_000 }, () => CHANGE) });
}

async function copied(path: string): Promise<string> {
  editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
  const copy = join(dirname(path), 'copy.db');
  copyFileSync(path, copy);
  return copy;
}

async function backedUp(path: string): Promise<string> {
  const copy = join(dirname(path), 'backup.db');
  const handle = new Database(path);
  await handle.backup(copy);
  handle.close();
  return copy;
}

async function emptyBeside(path: string): Promise<string> {
  const empty = join(dirname(path), 'empty.db');
  await (await openStore({ path: empty })).close();
  return empty;
}

function copyAndRename(log: string): void {
  copyFileSync(log, `${log}.new`);
  renameSync(`${log}.new`, log);
}
