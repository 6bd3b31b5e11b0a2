import { expect, test } from 'vitest';
import type { Journey } from '../../model/journey.ts';
import { SECOND } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import { configuration, START } from './configuration.ts';
import { startOwnSite } from './own-site.ts';
import { event, SENDERS } from './posting.ts';
import { openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

/** Eight followed invoices over a store, and the recordings with looks. */
async function startFollowing(storeOf: (store: Store) => Store = (it) => it) {
  stopTime();
  const settings = configuration({}, SENDERS);
  const { store } = await openSiteStore(settings);
  const recorded: Recording[] = [];
  const site = await startOwnSite(storeOf(store), settings, {
    committed: (recording) => void (recording.looks?.length && recorded.push(recording)),
    judged() {},
    dropped() {},
  });
  await site.recorder.start();
  const at = new Date(START - 20 * SECOND).toISOString();
  await site.post(Array.from({ length: 8 }, () => event({ at })));
  const journeys = await store.journeys({ limit: 9 });
  expect(journeys).toHaveLength(8);
  return { store, recorder: site.recorder, journeys, recorded };
}

const report = (finding: 'found' | 'absent') => ({
  ...{ started_at: START - SECOND, duration_ms: 100 },
  ...{ finding, outcome: 'ok' as const, reason: null },
});
const idsOf = (journeys: readonly Journey[]) => journeys.map(({ id }) => id).toSorted();

test('looks that end together are judged and recorded at once', async () => {
  const { store, recorder, journeys, recorded } = await startFollowing();
  const found = journeys.slice(0, 3);
  await Promise.all(
    journeys.map((it) => recorder.look(it, report(found.includes(it) ? 'found' : 'absent'))),
  );
  expect(recorded.map(({ looks }) => looks?.length)).toEqual([8]);
  const after = await store.journeys({ limit: 9 });
  expect(idsOf(after.filter(({ state }) => state === 'arrived'))).toEqual(idsOf(found));
  expect(after.map(({ looks }) => looks)).toEqual(Array(8).fill(1));
  await store.close();
});

test('one that cannot be written takes no others with it', async () => {
  const odd: { id?: string } = {};
  const { store, recorder, journeys } = await startFollowing((real) => ({
    ...real,
    record: (it) =>
      it.looks?.some(({ journey }) => journey === odd.id)
        ? Promise.reject(new Error('odd'))
        : real.record(it),
  }));
  odd.id = journeys[4]?.id ?? '';
  const looked = await Promise.allSettled(journeys.map((it) => recorder.look(it, report('found'))));
  expect(looked.map(({ status }) => status === 'rejected')).toEqual(
    journeys.map(({ id }) => id === odd.id),
  );
  const after = await store.journeys({ limit: 9 });
  expect(idsOf(after.filter(({ state }) => state === 'waiting'))).toEqual([odd.id]);
  await store.close();
});
