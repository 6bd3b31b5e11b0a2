import { expect, test } from 'vitest';
import { migrate, readMigrations } from '../../store/sqlite/migrations.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { journey, result } from '../model/builders.ts';
import { editFile, temporaryPath } from './temporary.ts';

test('notices and deliveries from before there were subscribers are still there', async () => {
  const path = temporaryPath();
  const before = readMigrations().filter(({ name }) => name < '0007');
  editFile(path, (handle) => {
    migrate(handle, before);
    handle.exec(`
      insert into incident values
        ('inc', 'beijing', 'resolved', 'major', 'outage', '[]', '[]', 1, 1, 1, 1, 1, 0, 0);
      insert into incident_update (id, incident, status, code, affected, created_at)
        values ('upd', 'inc', 'investigating', 'opened', '[]', 1);
      insert into notice values
        ('told', 'incident_opened', 'inc', 'upd', 1, 2),
        ('next', 'incident_updated', 'inc', 'upd', 3, null);
      insert into delivery values
        ('del', 'told', 'operators', 'log', 'pending', 1, 5, null, 'HTTP 502');`);
  });
  const store = await openStore({ path });
  const [claimed] = await store.claimDeliveries({ owner: 'test', now: 5, limit: 10 });
  expect(claimed).toMatchObject({
    id: 'del',
    notice: { id: 'told', kind: 'incident_opened', ref: 'inc', update: 'upd', created_at: 1 },
    recipient: { id: 'operators', channel: 'log' },
    attempts: 2,
  });
  const operators = [{ id: 'operators', channel: 'log' }];
  expect(await store.fanOut({ now: 6, limit: 10, operators })).toBe(true);
  expect(await store.fanOut({ now: 6, limit: 10, operators })).toBe(false);
  // Of one matter one comes after the other.
  const claim = () => store.claimDeliveries({ owner: 'test', now: 6, limit: 10 });
  expect(await claim()).toEqual([]);
  await store.settleDelivery('del', { status: 'sent', at: 6 });
  expect(await claim()).toMatchObject([{ notice: { id: 'next' }, attempts: 1 }]);
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('alerts from before 0012 are given the newest incident of the same time', async () => {
  const path = temporaryPath();
  const before = readMigrations().filter(({ name }) => name < '0012');
  const incident = (id: string, component: string, from: number, to: number | null) =>
    `('${id}', 'b', 'investigating', 'major', 'outage', '[]', '["${component}"]', ` +
    `${from}, ${from}, 1, 1, ${to}, 0, 0)`;
  const alert = (id: string, kind: string, subject: string, since: number, to: number | null) =>
    `('${id}', '${kind}', '${subject}', null, '[]', null, ${since}, ${since}, null, ${to}, ${to})`;
  editFile(path, (handle) => {
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

test('verdicts on files from before 0014 say what was checked', async () => {
  const path = temporaryPath();
  const result = (n: number, outcome: number, reason: number | null, flags: number) =>
    `insert into result
      (slot_at, check_id, outcome, reason, start_lag_ms, duration_ms, bytes, flags)
      values (${n}, 1, ${outcome}, ${reason}, 0, 0, 0, ${flags});`;
  editFile(path, (handle) => {
    migrate(
      handle,
      readMigrations().filter(({ name }) => name < '0014'),
    );
    handle.pragma('foreign_keys = off');
    // Of a check without a file; a sound OFD; a PDF with a wrong structure; sums of an XML.
    handle.exec(
      result(1, 0, null, 0b11) +
        result(2, 0, null, 0b000_10_00) +
        result(3, 9, 32, 0b011_01_01) +
        result(4, 9, 35, 0b110_11_10),
    );
  });
  await (await openStore({ path })).close();
  editFile(path, (handle) => {
    const rows = handle
      .prepare('select outcome, flags from result_before_0020 order by slot_at')
      .all();
    expect(rows).toEqual([
      { outcome: 0, flags: 0b11 },
      { outcome: 0, flags: 0b01_00_10_00 },
      { outcome: 9, flags: 0b01_01_01_01 },
      { outcome: 11, flags: 0b01_10_11_10 },
    ]);
  });
});

test('a migration that fails leaves the schema as it was', () => {
  const path = temporaryPath();
  const [first, ...rest] = readMigrations();
  if (first === undefined) throw new Error('no migrations');
  editFile(path, (handle) => {
    migrate(handle, [first]);
    const broken = { name: '0002_broken', sql: 'create table a (b); nonsense', checksum: 'x' };
    expect(() => migrate(handle, [first, broken])).toThrow('syntax error');
    migrate(handle, [first, ...rest]);
    const tables = handle.prepare("select name from sqlite_schema where name = 'a'").all();
    expect(tables).toEqual([]);
  });
});

/** Of the check with number 1: a certificate, a bad one with evidence, a void one. */
const OLD_RESULTS = `
  insert into registered_check values (1, 'old-query', 'old.query', 'old', 'query', 'telecom');
  insert into result (slot_at, check_id, outcome, reason, start_lag_ms, duration_ms, resolve_ms,
      bytes, http_status, certificate_expires_s, flags, notes) values
    (1000, 1, 0, null, 2, 120, 7, 2048, 200, 1790000000, 0, null),
    (2000, 1, 3, 20, 0, 90, 5, 0, 503, null, 0, null),
    (3000, 1, 0, null, 0, 80, null, 0, 200, null, 256, null);
  insert into evidence (slot_at, check_id, outcome, reason, start_lag_ms, duration_ms, resolve_ms,
      bytes, http_status, certificate_expires_s, flags, detail) values
    (2000, 1, 3, 20, 0, 90, 5, 0, 503, null, 0, 'HTTP 503');`;

test('results from before 0020 are read, voided, replaced and deleted as later ones', async () => {
  const path = temporaryPath();
  editFile(path, (handle) => {
    migrate(
      handle,
      readMigrations().filter(({ name }) => name < '0020'),
    );
    handle.exec(OLD_RESULTS);
  });
  const store = await openStore({ path });
  const later = (slot_at: number) => result(slot_at, { check: 'old-query', duration_ms: 55 });
  const slots = async () =>
    (await store.results({ component: 'old.query', from: 0, to: 9_000, limit: 10 })).map((it) => [
      it.slot_at,
      it.duration_ms,
    ]);
  const [first, second] = await store.results({ from: 0, to: 9_000, limit: 10 });
  expect(first).toMatchObject({
    check: 'old-query',
    started_at: 1_002,
    duration_ms: 120,
    phases: { resolve: 7 },
    bytes: 2_048,
    http_status: 200,
    certificate_expires_at: 1_790_000_000_000,
  });
  expect(second).toMatchObject({ outcome: 'system', reason: 'http_status', detail: 'HTTP 503' });
  await store.record({ results: [1_000, 3_000, 4_000].map(later) });
  expect(await slots()).toEqual([
    [1_000, 120],
    [2_000, 90],
    [3_000, 55],
    [4_000, 55],
  ]);
  expect((await store.shortResults(0, 9_000)).map((it) => it.slot_at)).toEqual([
    1_000, 2_000, 3_000, 4_000,
  ]);
  expect(await store.results({ from: 0, to: 9_000, limit: 3 })).toHaveLength(3);
  expect(await store.integrityProblems()).toEqual([]);
  await store.voidAfter(1_500);
  expect(await slots()).toEqual([[1_000, 120]]);
  expect(await store.prune('results', 9_000, 4)).toBe(4);
  expect(await store.prune('results', 9_000, 4)).toBe(2);
  expect(await slots()).toEqual([]);
  await store.close();
});

test('a start does not rewrite the results of the version before', () => {
  const { sql } = readMigrations().find(({ name }) => name.startsWith('0020')) ?? { sql: '' };
  expect(sql).toContain('alter table result rename to');
  expect(sql.replace(/--.*/g, '')).not.toMatch(/\b(insert|update|select|delete)\b/);
});

test('results of own traffic from before 0040 are all there, and when they came', async () => {
  const path = temporaryPath();
  const id = (n: number) => String(n).padStart(32, '0');
  editFile(path, (handle) => {
    migrate(
      handle,
      readMigrations().filter(({ name }) => name < '0040'),
    );
    // The key of the second is not kept any more.
    handle.exec(`
      insert into own_result values
        (20, 1, x'${id(2)}', 0, 900, null),
        (10, 2, x'${id(3)}', 0, 900, null),
        (10, 1, x'${id(1)}', 3, null, 'E-1');
      insert into ingested_event values ('${id(1)}', 15), ('${id(3)}', 16);`);
  });
  const store = await openStore({ path });
  const check = { system: 'shop', line: 'own_traffic' } as const;
  await store.register([
    { ...check, check: 'own', component: 'shop.issue', function: 'issue' },
    { ...check, check: 'other', component: 'shop.upload', function: 'upload' },
  ]);
  const all = { from: 0, to: 99, limit: 9 };
  expect(await store.ownResults({ ...all, check: 'own' })).toEqual([
    {
      ...{ check: 'own', at: 10, event: id(1), outcome: 'system', duration_ms: null },
      ...{ code: 'E-1', received_at: 15 },
    },
    {
      ...{ check: 'own', at: 20, event: id(2), outcome: 'ok', duration_ms: 900 },
      ...{ code: null, received_at: null },
    },
  ]);
  expect(await store.ownResults({ ...all, check: 'other' })).toMatchObject([{ received_at: 16 }]);
  expect(await store.prune('results', 15, 9)).toBe(2);
  expect(await store.ownResults({ ...all, check: 'own' })).toMatchObject([{ at: 20 }]);
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('what comes to an installation that has later migrations makes the same of it', async () => {
  const schemaOf = (path: string) => {
    let rows: unknown[] = [];
    editFile(path, (handle) => {
      rows = handle.prepare('select type, name, sql from sqlite_schema order by name').all();
    });
    return rows;
  };
  const [late, fresh] = [temporaryPath(), temporaryPath()];
  editFile(late, (handle) =>
    migrate(
      handle,
      readMigrations().filter(({ name }) => name < '0037' || name.startsWith('0040')),
    ),
  );
  for (const path of [late, fresh]) {
    const store = await openStore({ path });
    const check = { check: 'beijing-sync', component: 'beijing.sync', line: 'local' };
    await store.record({
      checks: [{ ...check, system: 'beijing', function: 'sync' }],
      journeys: [journey(1, { accepted_at_latest: true })],
    });
    expect(await store.journeys({ limit: 9 })).toMatchObject([{ accepted_at_latest: true }]);
    await store.close();
  }
  expect(schemaOf(late)).toEqual(schemaOf(fresh));
});

test('journeys from before 0037 were accepted when they say', async () => {
  const path = temporaryPath();
  editFile(path, (handle) => {
    migrate(
      handle,
      readMigrations().filter(({ name }) => name < '0037'),
    );
    handle.pragma('foreign_keys = off');
    handle.exec(`insert into journey
      (id, component, check_id, number, issued, accepted_at, state, looks, simulated)
      values ('j', 'b.sync', 1, null, '20260105093000', 7, 'arrived', 1, 0);
      insert into registered_check (id, name, component, system, function, line)
      values (1, 'c', 'b.sync', 'b', 'sync', 'local');`);
  });
  const store = await openStore({ path });
  const [known] = await store.journeys({ limit: 9 });
  expect(known).toMatchObject({ id: 'j', accepted_at: 7 });
  expect(known).not.toHaveProperty('accepted_at_latest');
  await store.close();
});
