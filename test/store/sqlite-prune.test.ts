import { expect, onTestFinished, test } from 'vitest';
import { PRUNABLES, pruneWrites } from '../../store/prune.ts';
import { createKysely, openWritable } from '../../store/sqlite/connection.ts';
import { createGuard } from '../../store/sqlite/guard.ts';
import { migrate, readMigrations } from '../../store/sqlite/migrations.ts';
import { temporaryPath } from './temporary.ts';

test.each(PRUNABLES)('a slice of %s costs the same however many rows there are', async (what) => {
  const handle = openWritable(temporaryPath());
  onTestFinished(() => void handle.close());
  migrate(handle, readMigrations());
  const statements: string[] = [];
  const prepare = handle.prepare.bind(handle);
  handle.prepare = (sql: string) => {
    statements.push(sql);
    return prepare(sql) as never;
  };
  const db = createKysely(handle, createGuard(handle.name).guarded);
  await pruneWrites(db).prune(what, 1_000, 200);
  // Results lie in three tables, stages beside them.
  expect(statements).toHaveLength(what === 'results' ? 4 : 1);
  for (const sql of statements) {
    const bound = Array.from(sql.matchAll(/\?/g), () => 1);
    const plan = prepare<unknown[], { detail: string }>(`explain query plan ${sql}`);
    const steps = plan.all(...bound).map(({ detail }) => detail);
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([]);
  }
});
