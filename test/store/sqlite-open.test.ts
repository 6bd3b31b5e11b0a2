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
} from '../../store/errors.ts';
import { migrate, readMigrations } from '../../store/sqlite/migrations.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { sampleChecks, sampleResults } from './bulk.ts';
import { temporaryPath } from './temporary.ts';

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
  edit(path, (handle) => handle.exec('create table shopping (item text)'));
  await expectRefusal(path, DatabaseDamaged, 'it holds tables, but not ours');
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
  edit(path, (handle) =>
    handle.prepare('insert into migration values (?, ?)').run('9999_future', 'x'),
  );
  await expectRefusal(path, DatabaseNewer, 'has the migration 9999_future');
});

test('a database made with another text of a migration is refused and left as it is', async () => {
  const path = temporaryPath();
  await fill(path);
  edit(path, (handle) =>
    handle.exec("update migration set checksum = 'x' where name like '0002%'"),
  );
  await expectRefusal(path, MigrationEdited, 'another text of the migration 0002_states');
});

test('a database with a write-ahead log that was never checkpointed is refused without touching either', async () => {
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
  edit(path, (handle) => migrate(handle, readMigrations().slice(0, 1)));
  const refusal = openStoreReader({ path });
  await expect(refusal).rejects.toThrow('is waiting for its migration (it has no 0002_states yet)');
  expect(isDatabaseRefusal(await refusal.catch((error: unknown) => error))).toBe(false);
  await (await openStore({ path })).close();
  const reader = await openStoreReader({ path });
  expect(await reader.components()).toEqual([]);
  await reader.close();
});

test('notices and deliveries from before there were subscribers are still there', async () => {
  const path = temporaryPath();
  const before = readMigrations().filter(({ name }) => name < '0007');
  edit(path, (handle) => {
    migrate(handle, before);
    handle.exec(`
      insert into incident values ('inc', 'beijing', 'resolved', 'major', 'outage', '[]', '[]', 1, 1, 1, 1, 1, 0, 0);
      insert into incident_update (id, incident, status, code, affected, created_at)
        values ('upd', 'inc', 'investigating', 'opened', '[]', 1);
      insert into notice values ('told', 'incident_opened', 'inc', 'upd', 1, 2), ('next', 'incident_updated', 'inc', 'upd', 3, null);
      insert into delivery values ('del', 'told', 'operators', 'log', 'pending', 1, 5, null, 'HTTP 502');`);
  });
  const store = await openStore({ path });
  const [claimed] = await store.claimDeliveries(5, 1, 10);
  expect(claimed).toEqual({
    id: 'del',
    notice: { id: 'told', kind: 'incident_opened', ref: 'inc', update: 'upd', created_at: 1 },
    recipient: { id: 'operators', channel: 'log' },
    attempts: 2,
  });
  const operators = [{ id: 'operators', channel: 'log' }];
  expect(await store.fanOut({ now: 6, limit: 10, operators })).toBe(true);
  expect(await store.fanOut({ now: 6, limit: 10, operators })).toBe(false);
  expect((await store.claimDeliveries(6, 1, 10)).map(({ notice }) => notice.id).sort()).toEqual([
    'next',
    'told',
  ]);
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('alerts from before they knew their incident are given the newest of the same time', async () => {
  const path = temporaryPath();
  const before = readMigrations().filter(({ name }) => name < '0012');
  const incident = (id: string, component: string, from: number, to: number | null) =>
    `('${id}', 'b', 'investigating', 'major', 'outage', '[]', '["${component}"]', ${from}, ${from}, 1, 1, ${to}, 0, 0)`;
  const alert = (id: string, kind: string, subject: string, since: number, to: number | null) =>
    `('${id}', '${kind}', '${subject}', null, '[]', null, ${since}, ${since}, null, ${to}, ${to})`;
  edit(path, (handle) => {
    migrate(handle, before);
    handle.exec(`insert into incident values
      ${incident('past', 'b.query', 10, 20)},
      ${incident('reopened', 'b.query', 30, 50)},
      ${incident('open', 'b.query', 100, null)},
      ${incident('other', 'b.download', 100, null)};
    insert into alert values
      ${alert('in-the-past', 'state', 'b.query', 12, 18)},
      ${alert('between', 'state', 'b.query', 22, 28)},
      ${alert('in-two', 'stale', 'b.query', 15, 40)},
      ${alert('still-open', 'state', 'b.query', 95, null)},
      ${alert('of-a-channel', 'channel', 'email', 95, null)},
      ${alert('of-nothing', 'state', 'b.upload', 95, null)};`);
  });
  const store = await openStore({ path });
  const alerts = await store.alerts({ limit: 10 });
  expect(Object.fromEntries(alerts.map((it) => [it.id, it.incident]))).toEqual({
    'in-the-past': 'past',
    between: null,
    'in-two': 'reopened',
    'still-open': 'open',
    'of-a-channel': null,
    'of-nothing': null,
  });
  await store.close();
});

test('a migration that fails leaves the schema as it was', () => {
  const path = temporaryPath();
  const [first, ...rest] = readMigrations();
  if (first === undefined) throw new Error('no migrations');
  edit(path, (handle) => {
    migrate(handle, [first]);
    const broken = { name: '0002_broken', sql: 'create table a (b); nonsense', checksum: 'x' };
    expect(() => migrate(handle, [first, broken])).toThrow('syntax error');
    migrate(handle, [first, ...rest]);
    const tables = handle.prepare("select name from sqlite_schema where name = 'a'").all();
    expect(tables).toEqual([]);
  });
});

test('a check lost behind our back is named by the integrity check', async () => {
  const path = temporaryPath();
  await fill(path);
  edit(path, (handle) => {
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

function edit(path: string, change: (handle: Database.Database) => void): void {
  const handle = new Database(path);
  try {
    change(handle);
  } finally {
    handle.close();
  }
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
