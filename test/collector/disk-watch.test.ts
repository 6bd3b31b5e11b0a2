import { expect, onTestFinished, test, vi } from 'vitest';
import { createDiskWatch } from '../../collector/disk-watch.ts';
import { MINUTE } from '../../model/time.ts';
import { StoreFull } from '../../store/errors.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from './recording.ts';
import { fakeClock, stopTime } from './world.ts';

async function startWatch() {
  stopTime();
  const { store } = await openSiteStore();
  onTestFinished(() => store.close());
  const disk = { free_bytes: 500, total_bytes: 1_000 };
  let is_full = false;
  const fullable = {
    ...store,
    record: async (recording: Parameters<typeof store.record>[0]) => {
      if (is_full) throw new StoreFull('test.db', 'SQLITE_FULL');
      await store.record(recording);
    },
  };
  const { recorder } = await resumeRecorder(fullable, configuration());
  const watch = createDiskWatch({
    recorder,
    diskSpace: async () => disk,
    clock: fakeClock,
    log: quiet,
  });
  function setFull(full: boolean): void {
    is_full = full;
  }
  return { store, recorder, disk, watch, setFull };
}

test('D4: a disk below a tenth is a trouble of ours until 12 % are free again', async () => {
  const { store, disk, watch } = await startWatch();
  await watch();
  expect(await store.openOwnTroubles()).toEqual([]);
  disk.free_bytes = 99;
  await watch();
  const low = {
    kind: 'disk',
    line: null,
    since: START,
    until: null,
    detail: 'space_left percent=9',
  };
  expect(await store.openOwnTroubles()).toEqual([low]);
  vi.setSystemTime(START + MINUTE);
  for (const free_bytes of [100, 99, 119]) {
    disk.free_bytes = free_bytes;
    await watch();
  }
  expect(await store.openOwnTroubles()).toEqual([low]);
  disk.free_bytes = 120;
  await watch();
  expect(await store.ownTroubles(0, START * 2)).toEqual([{ ...low, until: START + MINUTE }]);
  disk.free_bytes = 100;
  await watch();
  expect(await store.openOwnTroubles()).toEqual([]);
});

test('D4: what could not be recorded on a low disk is a gap in the same trouble', async () => {
  const { store, recorder, disk, watch, setFull } = await startWatch();
  disk.free_bytes = 10;
  await watch();
  setFull(true);
  await recorder.time().catch(() => undefined);
  const recorded = recorder.batch(aBatch({ results: [dated(query(START))] }));
  expect(recorder.outage()).toMatchObject({ cause: 'disk' });
  disk.free_bytes = 0;
  await watch();
  vi.setSystemTime(START + MINUTE);
  setFull(false);
  await recorder.time();
  await recorded;
  expect(recorder.outage()).toBeNull();
  expect(await store.gaps(0, START * 2)).toMatchObject([{ to: START + MINUTE, cause: 'disk' }]);
  expect(await store.ownTroubles(0, START * 2)).toHaveLength(1);
  disk.free_bytes = 500;
  await watch();
  expect(await store.openOwnTroubles()).toEqual([]);
});
