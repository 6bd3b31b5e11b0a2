import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
    await store.record({ changes: [CHANGE] });
    editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
    await reader.changeSeq();
    expect([store.lost(), reader.lost()]).toEqual([null, null]);
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

async function copyOf(path: string): Promise<string> {
  editFile(path, (handle) => handle.pragma('wal_checkpoint(truncate)'));
  const copy = join(dirname(path), 'backup.db');
  copyFileSync(path, copy);
  return copy;
}

async function emptyBeside(path: string): Promise<string> {
  const empty = join(dirname(path), 'empty.db');
  await (await openStore({ path: empty })).close();
  return empty;
}
