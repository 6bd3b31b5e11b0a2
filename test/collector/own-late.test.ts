import { expect, test, vi } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { START } from './configuration.ts';
import { differencesSince, ownSettings, startOwnSite } from './own-site.ts';
import { event } from './posting.ts';
import { openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

const CHECK = 'shop-own-issue';

/** In minutes: one event every 10 s, all alike. */
const events = (from: number, to: number, code: string | null = null) =>
  Array.from({ length: (to - from) * 6 }, (_, i) => {
    const at = new Date(START + from * MINUTE + i * 10 * SECOND).toISOString();
    const plain = { number: undefined, issued: undefined, at };
    return code === null
      ? event({ ...plain, type: 'issued', duration_ms: 900 })
      : event({ ...plain, type: 'failed', function: 'issue', code });
  });

const told = async (store: Store) =>
  (await store.transitions(0, START * 2)).filter(({ component }) => component === 'shop.issue');

/** Looked at only now and then: days would take long. */
async function pass(site: Awaited<ReturnType<typeof startOwnSite>>, to: number) {
  for (let at = Date.now(); at < to; at += 30 * MINUTE) {
    vi.setSystemTime(Math.min(to, at + 30 * MINUTE));
    await site.recorder.time();
  }
}

test('what comes more than a day late is in figures, and in no state', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  let site = await startOwnSite(store);
  await site.recorder.start();
  await site.until(START + 30 * MINUTE);
  await site.post(events(0, 10));
  await site.post(events(20, 30));
  await pass(site, START + 31 * HOUR);
  const before = await told(store);
  expect(await site.post(events(10, 20, 'LATE'))).toMatchObject({ body: { accepted: 60 } });
  await site.recorder.time();
  expect(await told(store)).toEqual(before);
  expect(await differencesSince(store, START - MINUTE)).toEqual([]);
  site = await startOwnSite(store);
  await site.recorder.start();
  await site.recorder.time();
  expect(await told(store)).toEqual(before);
  const all = { check: CHECK, from: 0, to: START * 2 };
  expect(await store.ownResults({ ...all, limit: 999 })).toHaveLength(180);
  const counts = await store.trafficCounts(all);
  expect(counts.reduce((sum, { good, bad }) => sum + good + bad, 0)).toBe(120);
  const until_20 = { check: CHECK, from: 0, to: START + 20 * MINUTE };
  expect(await store.lastTrafficAt(until_20)).toBe(START + 10 * MINUTE - 10 * SECOND);
  await store.close();
});

test('each outage keeps the code of its own, over a restart too', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  let site = await startOwnSite(store);
  await site.recorder.start();
  await site.until(START + 60 * MINUTE);
  await site.post([...events(0, 10), ...events(10, 20, 'FIRST'), ...events(20, 60)]);
  await site.until(START + 80 * MINUTE);
  await site.post(events(60, 80, 'SECOND'));
  site = await startOwnSite(store);
  await site.recorder.start();
  await site.until(START + 85 * MINUTE);
  // What is judged of the past once more says the same.
  await site.post([...events(5, 8, 'LATE'), ...events(80, 85, 'SECOND')]);
  const outages = (await told(store)).filter(({ to }) => to === 'major_outage');
  const codes = outages.map(({ since, notes: [note] }) => [
    (since - START) / MINUTE,
    note && 'detail' in note ? note.detail : null,
  ]);
  const by_since = new Map(codes.map(([since, code]) => [since, code]));
  expect([by_since.get(10), by_since.get(60)]).toEqual(['FIRST', 'SECOND']);
  await store.close();
});
