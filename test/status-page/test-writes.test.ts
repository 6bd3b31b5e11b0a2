import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { startTestWrites } from '../../status-page/serve/test-writes.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { quiet } from '../platform/quiet.ts';
import { temporaryPath } from '../store/temporary.ts';

async function started() {
  vi.useFakeTimers();
  const path = temporaryPath();
  const store = await openStore({ path, patience_ms: 0 });
  const lock = new Database(path);
  const clock = { now: () => Date.now(), monotonic: () => Date.now() };
  const writes = startTestWrites({ store, clock, log: quiet });
  onTestFinished(async () => {
    writes.stop();
    lock.close();
    await store.close();
    vi.useRealTimers();
  });
  return { lock, writes, pass: (seconds: number) => vi.advanceTimersByTimeAsync(seconds * SECOND) };
}

test('D3: within 10 s a page that cannot write is not ready and says why', async () => {
  const { lock, writes, pass } = await started();
  await pass(1);
  expect(writes.notReady()).toBeNull();
  lock.exec('begin immediate');
  await pass(10);
  expect(writes.notReady()).toMatchObject({
    cause: 'lock',
    detail: expect.stringContaining('is locked by another process'),
  });
  lock.exec('rollback');
  await pass(1);
  expect(writes.notReady()).toBeNull();
});
