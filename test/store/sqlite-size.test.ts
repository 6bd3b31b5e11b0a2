import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { bytesPerResult } from './bytes-per-result.ts';
import { readForOverview, writeHistory } from './history.ts';
import { temporaryPath } from './temporary.ts';

test('a raw result takes at most 45 bytes on disk', async () => {
  const bytes = await bytesPerResult(temporaryPath(), 5_000, 500);
  expect(bytes).toBeLessThanOrEqual(45);
});

test('an overview of 100 components and 90 days needs no raw results', async () => {
  const path = temporaryPath();
  const store = await openStore({ path });
  await writeHistory(store, 100);
  await store.close();
  const handle = new Database(path);
  handle.exec('drop table result; drop table evidence');
  handle.close();
  const reader = await openStoreReader({ path });
  expect(await readForOverview(reader)).toBe(100 * (1 + 18 + 90));
  await reader.close();
});
