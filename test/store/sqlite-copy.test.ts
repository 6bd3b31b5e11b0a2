import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { DatabaseDamaged, DatabaseNewer } from '../../store/errors.ts';
import { copyDatabase } from '../../store/sqlite/copy.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { databaseProblems } from '../../store/sqlite/soundness.ts';
import { editFile, temporaryPath } from './temporary.ts';

const GAP = (n: number) => ({ from: n, to: n + 1, cause: 'disk' }) as const;
/** More than fits into several slices. */
const MANY = 200_000;

test('a copy has all that was committed, though the database is written all the time', async () => {
  const path = temporaryPath();
  const store = await openStore({ path });
  const installation = await store.installation();
  await store.record({ gaps: Array.from({ length: MANY }, (_, n) => GAP(2 * n)) });
  let written = 0;
  let is_copying = true;
  const writing = (async () => {
    for (; is_copying; written++) {
      await store.record({ gaps: [GAP(10 * MANY + 2 * written)] });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  const copy = `${path}-copy`;
  const found = await copyDatabase(path, copy);
  is_copying = false;
  await writing;
  // It was copied in slices, and began anew for none of what was written between them.
  expect(written).toBeGreaterThan(2);
  expect(found).toEqual({ installation, schema: expect.stringMatching(/^\d{4}_/) });
  const files = readdirSync(dirname(copy)).filter((it) => it.startsWith(basename(copy)));
  expect(files).toEqual([basename(copy)]);
  const handle = new Database(copy, { readonly: true });
  expect(handle.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(
    handle
      .prepare('select count(*) from gap where to_at <= ?')
      .pluck()
      .get(2 * MANY),
  ).toBe(MANY);
  const later = handle
    .prepare('select count(*) from gap where to_at > ?')
    .pluck()
    .get(2 * MANY);
  expect(later).toBeLessThanOrEqual(1);
  handle.close();
  await store.close();
});

test('what cannot be copied is refused, and leaves no copy', async () => {
  const path = temporaryPath();
  await (await openStore({ path })).close();
  editFile(path, (handle) => handle.exec("insert into migration values ('9999_later', 'x')"));
  await expect(copyDatabase(path, `${path}-copy`)).rejects.toThrow(DatabaseNewer);
  editFile(path, (handle) => handle.exec("delete from migration where name = '9999_later'"));
  editFile(path, (handle) => handle.exec('drop table migration'));
  await expect(copyDatabase(path, `${path}-copy`)).rejects.toThrow(DatabaseDamaged);
  expect(readdirSync(dirname(path)).filter((it) => it.endsWith('-copy'))).toEqual([]);
});

test('what is wrong with a database is said: pages, references, contradictions', async () => {
  const path = temporaryPath();
  await (await openStore({ path })).close();
  expect(await databaseProblems(path)).toEqual([]);
  editFile(path, (handle) => {
    handle.pragma('foreign_keys = off');
    handle.exec(`
      insert into delivery (id, notice, recipient, channel, status, attempts, due_at, is_next)
        values ('d', 'nothing', 'wang', 'email', 'pending', 0, 0, 1);
      insert into transition (component, from_state, to_state, since, recorded_at, cause, notes,
          simulated)
        values ('a.query', 'unknown', 'operational', 1, 1, 'result', '[]', 0),
          ('a.query', 'degraded_performance', 'operational', 2, 2, 'result', '[]', 0);
    `);
  });
  expect(await databaseProblems(path)).toEqual([
    'row 1 of delivery refers to no row of notice',
    expect.stringContaining('starts from degraded_performance'),
  ]);
  editFile(path, (handle) => {
    handle.unsafeMode();
    handle.pragma('writable_schema = on');
    handle.exec("update sqlite_schema set rootpage = 2 where name = 'delivery_matter'");
  });
  const [damage] = await databaseProblems(path).catch((error) => [String(error)]);
  expect(damage).toMatch(/delivery_matter|damaged/);
});

test('a missing database is not copied as an empty one', async () => {
  const path = temporaryPath();
  await expect(copyDatabase(path, `${path}-copy`)).rejects.toThrow(/cannot/);
  expect(readdirSync(dirname(path))).toEqual([]);
});
