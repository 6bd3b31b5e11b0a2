import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  DatabaseDamaged,
  DatabaseDeleted,
  DatabaseReplaced,
  isDatabaseRefusal,
} from '../../store/errors.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { watchDatabase } from '../../store/watching.ts';
import { editFile, temporaryPath } from './temporary.ts';

const BESIDE = ['-wal', '-shm'] as const;
const CHANGE = { kind: 'state' as const, ref: 'a.query', at: 1 };

describe('D6: a database that is open', () => {
  test('is not lost by being written, checkpointed and read', async () => {
    const { path, store, reader } = await open();
    for (const heartbeat_at of [1, 2, 3]) {
      await store.record({ changes: [CHANGE], heartbeat_at });
      expect([store.lost(), reader.lost()]).toEqual([null, null]);
      editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
      await reader.changeSeq();
      expect([store.lost(), reader.lost()]).toEqual([null, null]);
    }
  });

  test('is whole in its file alone once it was closed, whatever was read', async () => {
    const { path, store, reader } = await open();
    await store.record({ changes: [CHANGE] });
    await reader.close();
    expect(await store.changeSeq()).toBe(1);
    await store.close();
    expect(BESIDE.map((suffix) => existsSync(`${path}${suffix}`))).toEqual([false, false]);
  });

  test('is lost once its file is deleted, for good', async () => {
    const { path, store, reader } = await open();
    rmSync(path);
    for (const { lost } of [store, reader]) {
      expect(lost()).toBeInstanceOf(DatabaseDeleted);
      expect(isDatabaseRefusal(lost())).toBe(true);
    }
  });

  test.each([
    ['a backup of itself', async (path: string) => copyOf(path)],
    ['an empty database', async (path: string) => emptyBeside(path)],
  ])('is lost once %s takes its place, until the next start', async (_, another) => {
    const { path, store, reader } = await open();
    await store.record({ changes: [CHANGE] });
    renameSync(await another(path), path);
    for (const { lost } of [store, reader]) {
      expect(lost()).toBeInstanceOf(DatabaseReplaced);
      expect(isDatabaseRefusal(lost())).toBe(false);
    }
  });

  test.each([
    ['another installation', async (path: string) => anotherBeside(path)],
    ['an empty database', async (path: string) => emptyBeside(path)],
    ['nothing', () => '/dev/null'],
  ])('is lost at the second look once %s is copied into its file', async (_, another) => {
    const { path, store, reader } = await open();
    expect([store.lost(), reader.lost()]).toEqual([null, null]);
    await store.record({ changes: [CHANGE], heartbeat_at: 1 });
    const other = await another(path);
    execFileSync('cp', [other, path]);
    expect([store.lost(), reader.lost()]).toEqual([null, null]);
    for (const { lost } of [store, reader]) {
      expect(lost()).toBeInstanceOf(DatabaseReplaced);
      expect(isDatabaseRefusal(lost())).toBe(false);
    }
    expect(existsSync(`${path}-wal`)).toBe(false);
    await store.close();
    await reader.close();
    expect(readFileSync(path)).toEqual(readFileSync(other));
  });

  test('keeps the lock of its file when another one of this process is closed', async () => {
    const { path, reader } = await open();
    expect(locksOn(path)).toBe(1);
    await reader.close();
    expect(locksOn(path)).toBe(1);
  });

  test('leaves neither its log nor its closing to what takes its place', async () => {
    const { path, store, reader } = await open();
    const backup = await copyOf(path);
    await store.record({ changes: [CHANGE] });
    renameSync(backup, path);
    expect(reader.lost()).toBeInstanceOf(DatabaseReplaced);
    expect(existsSync(`${path}-wal`)).toBe(false);
    const next = await openStore({ path });
    expect(await next.changeSeq()).toBe(0);
    await next.record({ changes: [CHANGE, CHANGE] });
    await store.close();
    await reader.close();
    expect(existsSync(`${path}-wal`)).toBe(true);
    const another = await openStoreReader({ path });
    expect(await another.changeSeq()).toBe(2);
    expect(await another.integrityProblems()).toEqual([]);
    await another.close();
    await next.close();
  });

  test('leaves no log to a backup that is put where it was deleted', async () => {
    const { path, store, reader } = await open();
    const backup = await copyOf(path);
    await store.record({ changes: [CHANGE] });
    rmSync(path);
    expect(reader.lost()).toBeInstanceOf(DatabaseDeleted);
    expect(BESIDE.map((suffix) => existsSync(`${path}${suffix}`))).toEqual([false, false]);
    expect(existsSync(`${path}-wal-of-deleted`)).toBe(true);
    renameSync(backup, path);
    const next = await openStore({ path });
    expect(await next.changeSeq()).toBe(0);
    expect(await next.integrityProblems()).toEqual([]);
    await next.close();
  });

  test('leaves no log to an empty one that is made where it was deleted', async () => {
    const { path, store } = await open();
    await store.record({ changes: [CHANGE] });
    rmSync(path);
    const next = await openStore({ path });
    expect(await next.changeSeq()).toBe(0);
    expect(existsSync(`${path}-wal-of-deleted`)).toBe(true);
    await next.close();
  });

  test('is lost once an operation has met damage, for good', async () => {
    const { path, store, reader } = await open();
    const changes = Array.from({ length: 20_000 }, () => CHANGE);
    await store.record({ changes });
    editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
    writeFileSync(path, readFileSync(path).fill(0xa5, 4096));
    const another = await openStoreReader({ path }).catch((error: unknown) => error);
    expect(another).toBeInstanceOf(DatabaseDamaged);
    await expect(reader.alerts({ limit: 10 })).rejects.toBeInstanceOf(DatabaseDamaged);
    expect(reader.lost()).toBeInstanceOf(DatabaseDamaged);
  });

  test('is watched every second while it is open', async () => {
    const { path, store } = await open();
    const { lost, stop } = watchDatabase(store);
    onTestFinished(stop);
    rmSync(path);
    expect(await lost).toBeInstanceOf(DatabaseDeleted);
  });
});

async function open() {
  const path = temporaryPath();
  const store = await openStore({ path });
  await store.installation();
  return { path, store, reader: await openStoreReader({ path }) };
}

/** As Linux lists them. */
function locksOn(path: string): number {
  const file = new RegExp(`:${statSync(path).ino} `, 'g');
  return readFileSync('/proc/locks', 'utf8').match(file)?.length ?? 0;
}

async function copyOf(path: string): Promise<string> {
  editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
  const copy = join(dirname(path), 'backup.db');
  copyFileSync(path, copy);
  return copy;
}

async function anotherBeside(path: string): Promise<string> {
  const another = join(dirname(path), 'another.db');
  const store = await openStore({ path: another });
  await store.installation();
  await store.close();
  editFile(another, (handle) => handle.pragma('wal_checkpoint(truncate)'));
  return another;
}

async function emptyBeside(path: string): Promise<string> {
  const empty = join(dirname(path), 'empty.db');
  await (await openStore({ path: empty })).close();
  return empty;
}
