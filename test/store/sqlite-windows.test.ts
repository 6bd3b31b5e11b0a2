import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { temporaryPath } from './temporary.ts';

const HOUR = 3_600_000;
const SCOPE = ['beijing.download'];
let store: Store;
let handle: Database.Database;

beforeEach(async () => {
  const path = temporaryPath();
  store = await openStore({ path });
  handle = new Database(path);
});
afterEach(async () => {
  handle.close();
  await store.close();
});

test('there are none until one is announced', async () => {
  expect(await store.windows(0, Number.MAX_SAFE_INTEGER)).toEqual([]);
});

test.each([
  ['draft', 0],
  ['scheduled', 1],
  ['in_progress', 1],
  ['verifying', 1],
  ['completed', 1],
  ['cancelled', 0],
])('one that is %s gives %i', async (status, count) => {
  announce({ id: 'a', status, from: 48, until: 50 });
  expect(await store.windows(0, 100 * HOUR)).toHaveLength(count);
});

test('they are whole, oldest first, and only those that overlap', async () => {
  announce({ id: 'later', from: 60, until: 62 });
  announce({ id: 'sooner', from: 48, until: 50 });
  const sooner = { maintenance: 'sooner', components: SCOPE, from: 48 * HOUR, to: 50 * HOUR };
  const later = { maintenance: 'later', components: SCOPE, from: 60 * HOUR, to: 62 * HOUR };
  expect(await store.windows(0, 100 * HOUR)).toEqual([sooner, later]);
  expect(await store.windows(49 * HOUR, 60 * HOUR)).toEqual([sooner]);
  expect(await store.windows(50 * HOUR, 60 * HOUR)).toEqual([]);
});

test('a revision that does not count takes nothing from the one that does', async () => {
  announce({ id: 'a', from: 48, until: 50 });
  revise({ id: 'a', revision: 2, published: 47, from: 90, until: 91 });
  revise({ id: 'a', revision: 3, published: 48, from: 48, until: 58 });
  const moved = { maintenance: 'a', components: SCOPE, from: 90 * HOUR, to: 91 * HOUR };
  expect(await store.windows(0, 60 * HOUR)).toEqual([]);
  expect(await store.windows(60 * HOUR, 100 * HOUR)).toEqual([moved]);
});

/** Hours; the notice is one day. */
function announce({
  id,
  status = 'scheduled',
  from,
  until,
}: {
  id: string;
  status?: string;
  from: number;
  until: number;
}): void {
  handle
    .prepare('insert into maintenance values (?, ?, ?, null, null, 0, 0)')
    .run(id, status, 24 * HOUR);
  revise({ id, revision: 1, published: 0, from, until });
}

function revise({
  id,
  revision,
  published,
  from,
  until,
}: {
  id: string;
  revision: number;
  published: number;
  from: number;
  until: number;
}): void {
  handle
    .prepare('insert into maintenance_revision values (?, ?, ?, ?, ?, ?, ?)')
    .run(id, revision, published * HOUR, from * HOUR, until * HOUR, JSON.stringify(SCOPE), '{}');
}
