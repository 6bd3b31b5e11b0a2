import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import {
  DatabaseDamaged,
  DatabaseNewer,
  DatabaseNotReady,
  DatabaseUnwritable,
  isDatabaseRefusal,
  MigrationEdited,
  StoreFull,
} from '../../store/errors.ts';
import { migrate, readMigrations } from '../../store/sqlite/migrations.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { refusalFrom } from '../../store/sqlite/refusals.ts';
import { sampleChecks, sampleResults } from './bulk.ts';
import { editFile, temporaryPath } from './temporary.ts';

test('opening creates the folder and the file, and opening again keeps what is in it', async () => {
  const path = join(dirname(temporaryPath()), 'new', 'folder', 'test.db');
  const first = await openStore({ path });
  const installation = await first.installation();
  await first.close();
  const second = await openStore({ path });
  expect(await second.installation()).toBe(installation);
  await second.close();
});

test('two may open a new file at the same time', async () => {
  const path = temporaryPath();
  const stores = await Promise.all([openStore({ path }), openStore({ path })]);
  expect(await stores[0].installation()).toBe(await stores[1].installation());
  for (const store of stores) await store.close();
});

test('a file that is no database is refused by writer and reader, and left as it is', async () => {
  const path = temporaryPath();
  writeFileSync(path, '发票'.repeat(5_000));
  await expectRefusal(path, DatabaseDamaged, 'it is not an SQLite file');
});

test('a file shorter than a header is refused and left as it is', async () => {
  const path = temporaryPath();
  writeFileSync(path, 'SQLite');
  await expectRefusal(path, DatabaseDamaged, 'it is not an SQLite file');
});

test('a database of something else is refused and left as it is', async () => {
  const path = temporaryPath();
  editFile(path, (handle) => handle.exec('create table shopping (item text)'));
  await expectRefusal(path, DatabaseDamaged, 'it has foreign tables');
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['with a page overwritten', (bytes: Buffer) => bytes.fill(0xa5, 5 * 4096, 6 * 4096)],
  ['with its schema overwritten', (bytes: Buffer) => bytes.fill(0xa5, 100, 4096)],
])('a database %s is refused and left as it is', async (_, damage) => {
  const path = temporaryPath();
  await fill(path);
  writeFileSync(path, damage(readFileSync(path)));
  await expectRefusal(path, DatabaseDamaged, `The database ${path} is damaged (`);
});

test('damage that a query meets later is named as such', async () => {
  const path = temporaryPath();
  await fill(path);
  const reader = await openStoreReader({ path });
  onTestFinished(() => reader.close());
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xa5, 4096));
  await expect(
    reader.results({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 10_000 }),
  ).rejects.toBeInstanceOf(DatabaseDamaged);
});

test('a database of a newer version is refused and left as it is', async () => {
  const path = temporaryPath();
  await fill(path);
  editFile(path, (handle) =>
    handle.prepare('insert into migration values (?, ?)').run('9999_future', 'x'),
  );
  await expectRefusal(path, DatabaseNewer, 'has the migration 9999_future');
});

test('a database made with another text of a migration is refused and left as it is', async () => {
  const path = temporaryPath();
  await fill(path);
  editFile(path, (handle) =>
    handle.exec("update migration set checksum = 'x' where name like '0002%'"),
  );
  await expectRefusal(path, MigrationEdited, 'another text of the migration 0002_states');
});

test('a database with a log that was never checkpointed is refused, both untouched', async () => {
  const path = temporaryPath();
  await fill(path);
  const crashed = join(dirname(path), 'crashed.db');
  const handle = new Database(path);
  handle.prepare('insert into migration values (?, ?)').run('9999_future', 'x');
  writeFileSync(crashed, readFileSync(path));
  writeFileSync(`${crashed}-wal`, readFileSync(`${path}-wal`));
  handle.close();
  const log = digest(`${crashed}-wal`);
  await expectRefusal(crashed, DatabaseNewer, 'has the migration 9999_future');
  expect(digest(`${crashed}-wal`)).toBe(log);
});

test('no space for the folder of a database is a full disk, which passes', () => {
  let refusal: unknown;
  try {
    writeFileSync('/dev/full', 'x');
  } catch (error) {
    refusal = refusalFrom(error, '/data/new.db');
  }
  expect(refusal).toBeInstanceOf(StoreFull);
});

test('a path that cannot be written is refused', async () => {
  const path = temporaryPath();
  writeFileSync(path, '');
  await expectUnwritable(join(path, 'below-a-file.db'));
  mkdirSync(`${path}-folder`);
  await expectUnwritable(`${path}-folder`);
});

test('a reader waits for the file and for its migrations', async () => {
  const path = temporaryPath();
  await expect(openStoreReader({ path })).rejects.toThrow(DatabaseNotReady);
  editFile(path, (handle) => migrate(handle, readMigrations().slice(0, 1)));
  const refusal = openStoreReader({ path });
  await expect(refusal).rejects.toThrow('is waiting for its migration (0002_states is pending)');
  expect(isDatabaseRefusal(await refusal.catch((error: unknown) => error))).toBe(false);
  await (await openStore({ path })).close();
  const reader = await openStoreReader({ path });
  expect(await reader.components()).toEqual([]);
  await reader.close();
});

test('a check lost behind our back is named by the integrity check', async () => {
  const path = temporaryPath();
  await fill(path);
  editFile(path, (handle) => {
    handle.pragma('foreign_keys = off');
    handle.exec('delete from registered_check where id = 2');
  });
  const store = await openStore({ path });
  expect(await store.integrityProblems()).toEqual([
    'results refer to check 2, which is not registered',
  ]);
  await store.close();
});

type Refusal = new (...parts: never[]) => Error;

async function expectRefusal(path: string, type: Refusal, words: string): Promise<void> {
  const before = digest(path);
  for (const open of [openStore, openStoreReader]) {
    const error: unknown = await open({ path }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect(String(error)).toContain(words);
    expect(String(error)).toContain(path);
    expect(isDatabaseRefusal(error)).toBe(true);
  }
  expect(digest(path)).toBe(before);
}

async function expectUnwritable(path: string): Promise<void> {
  const error: unknown = await openStore({ path }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseUnwritable);
  expect(String(error)).toContain(path);
}

/** A closed database with a few thousand rows. */
async function fill(path: string): Promise<void> {
  const checks = sampleChecks(10);
  const store = await openStore({ path });
  await store.register(checks);
  const results = sampleResults({
    checks,
    count: 3_000,
    first_slot_at: 1_780_000_000_000,
    interval_ms: 30_000,
    seed: 1,
  });
  await store.record({ results });
  await store.close();
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
