import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { temporaryPath } from '../store/temporary.ts';
import { START } from './configuration.ts';
import {
  HTTP_503,
  resultsOf,
  startWorld,
  statusOf,
  stopTime,
  stopWorld,
  type World,
} from './world.ts';

/** A collector that starts while nothing can be recorded. */

/** Another program holds the lock of the database, until the returned function is called. */
function holdLock(path: string): () => void {
  const other = new Database(path);
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  return () => void other.exec('rollback');
}

async function installedAt(path: string): Promise<void> {
  const store = await openStore({ path });
  await store.installation();
  await store.close();
}

const gapsOf = async ({ store }: World) => await store.gaps(0, START * 2);
const LOCKED_BY_TEST = { patience_ms: 0 };

test('the first start under a lock measures, keeps, and records once it can', async () => {
  stopTime();
  const path = temporaryPath();
  await installedAt(path);
  const unlock = holdLock(path);
  const world = await startWorld({ path, ...LOCKED_BY_TEST });
  await world.pass(40 * SECOND);
  expect(world.collector.notReady()).toMatchObject({ cause: 'lock', since: START });
  expect(world.line.runs.length).toBeGreaterThan(3);
  expect(await world.store.components()).toEqual([]);
  unlock();
  await world.pass(2 * SECOND);
  expect(world.collector.notReady()).toBeNull();
  const [gap, ...others] = await gapsOf(world);
  expect(gap).toMatchObject({ from: START, cause: 'lock' });
  expect(others).toEqual([]);
  const slots = (await resultsOf(world, 'bureau-query')).map(({ slot_at }) => slot_at);
  expect(slots.filter((it) => it < START + 40 * SECOND).length).toBeGreaterThan(1);
  expect((await statusOf(world, 'bureau.query')).state).toBe('operational');
  expect(await world.store.integrityProblems()).toEqual([]);
  world.complaints.length = 0;
  await stopWorld(world);
});

test('a later start under a lock tells our downtime and the lock apart', async () => {
  stopTime();
  const path = temporaryPath();
  const before = await startWorld({ path });
  await before.pass(30 * SECOND);
  const stopped_at = START + 39 * SECOND;
  await stopWorld(before);
  vi.setSystemTime(stopped_at + 5 * MINUTE);
  const unlock = holdLock(path);
  const script = { ...before.script, runs: { 'bureau-query': HTTP_503 } };
  const world = await startWorld({ path, script, ...LOCKED_BY_TEST });
  await world.pass(MINUTE);
  unlock();
  await world.pass(2 * SECOND);
  const started_at = stopped_at + 5 * MINUTE;
  const [downtime, lock, ...others] = await gapsOf(world);
  expect(downtime).toMatchObject({ to: started_at, cause: 'restart' });
  expect(lock).toMatchObject({ from: started_at, cause: 'lock' });
  expect(others).toEqual([]);
  // The outage began while nothing could be recorded, and is told from its first slot.
  const { state, since } = await statusOf(world, 'bureau.query');
  expect(state).toBe('major_outage');
  expect(since).toBeLessThan(started_at + 20 * SECOND);
  expect(await world.store.ownTroubles(0, START * 2)).toMatchObject([{ since: started_at }]);
  world.complaints.length = 0;
  await stopWorld(world);
});
