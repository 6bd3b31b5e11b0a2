import { expect, test, vi } from 'vitest';
import { alertText } from '../../messages/alerts.ts';
import type { Configuration } from '../../model/configuration.ts';
import { spansOf } from '../../model/ledger.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { zh } from '../messages/words.ts';
import { START } from './configuration.ts';
import { measuredBeside } from './measured-beside.ts';
import { differencesSince, ownCheck, ownSettings, startOwnSite } from './own-site.ts';
import { event } from './posting.ts';
import { aBatch, openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

const UPLOAD = 'shop.upload';

/** Uploads are measured, and told of by own traffic. */
function bothSettings(): Configuration {
  return ownSettings([measuredBeside('upload').check, ownCheck('upload')]);
}

/** In minutes: one event every 10 s, all alike. */
const uploads = (from: number, to: number, is_bad = false) =>
  Array.from({ length: (to - from) * 6 }, (_, i) => {
    const at = new Date(START + from * MINUTE + i * 10 * SECOND).toISOString();
    const plain = { number: undefined, issued: undefined, at };
    return is_bad
      ? event({ ...plain, type: 'failed', function: 'upload', code: 'E-1' })
      : event({ ...plain, type: 'accepted', duration_ms: 900 });
  });

async function startBoth() {
  stopTime();
  const { store } = await openSiteStore(bothSettings());
  let site = await startOwnSite(store, bothSettings());
  await site.recorder.start();
  let measured = measuredBeside('upload');
  return {
    store,
    post: (events: unknown[]) => site.post(events),
    /** Measured well every 5 minutes until then, and looked at every minute. */
    async until(minutes: number) {
      for (let at = Date.now(); at < START + minutes * MINUTE; at += MINUTE) {
        vi.setSystemTime(at + MINUTE);
        const results = measured.resultsUntil(at + MINUTE);
        if (results.length > 0) await site.recorder.batch(aBatch({ results }));
        await site.recorder.time();
      }
    },
    /** Nothing is measured until then. */
    skipTo(minutes: number) {
      vi.setSystemTime(START + minutes * MINUTE);
      measured = measuredBeside('upload');
    },
    async restart() {
      site = await startOwnSite(store, bothSettings());
      await site.recorder.start();
      await site.recorder.time();
    },
  };
}

const statusOf = async (store: Store) =>
  (await store.components()).find(({ component }) => component === UPLOAD);
const staleOf = async (store: Store) =>
  (await store.alerts({ limit: 9 })).filter((it) => it.kind === 'stale' && it.subject === UPLOAD);
const differences = (store: Store) => differencesSince(store, START - MINUTE, bothSettings());

test('an outage of own traffic does not end because nobody tells of it any more', async () => {
  const world = await startBoth();
  const { store } = world;
  await world.until(5);
  await world.post(uploads(0, 5));
  await world.until(10);
  await world.post(uploads(5, 10, true));
  expect(await statusOf(store)).toMatchObject({
    state: 'partial_outage',
    notes: [{ code: 'line_failing', lines: ['own_traffic'], detail: 'E-1' }],
  });
  await world.until(45);
  // What is measured is well; what failed is not known.
  const unknown = { state: 'unknown', since: START + 10 * MINUTE - 9 * SECOND };
  expect(await statusOf(store)).toMatchObject(unknown);
  expect(await store.incidents({})).toMatchObject([{ monitoring_at: null, resolved_at: null }]);
  expect(await staleOf(store)).toMatchObject([{ state: 'unknown', resolved_at: null }]);
  await world.restart();
  expect(await statusOf(store)).toMatchObject(unknown);
  await world.until(60);
  await world.post(uploads(50, 60));
  expect(await statusOf(store)).toMatchObject({
    state: 'operational',
    since: START + 50 * MINUTE,
  });
  await world.until(67);
  expect(await store.incidents({})).toMatchObject([{ resolved_at: expect.any(Number) }]);
  expect(await differences(store)).toEqual([]);
  await store.close();
});

test.for([
  ['while we run', false],
  ['over starts', true],
] as const)('nor is it forgotten after days, %s', async ([, is_restarted]) => {
  const world = await startBoth();
  const { store, post } = world;
  await world.until(5);
  await post(uploads(0, 5, true));
  for (const day of [1, 2, 3, 4]) {
    world.skipTo(day * 24 * 60 - 20);
    if (is_restarted) await world.restart();
    await world.until(day * 24 * 60);
    expect([day, await statusOf(store)]).toMatchObject([
      day,
      { state: 'unknown', notes: [{ code: 'expired', last_slot_at: START + 290 * SECOND }] },
    ]);
  }
  // One event says nothing yet; enough of them do.
  const now = 4 * 24 * 60;
  await world.until(now + 2);
  await post(uploads(now, now + 2));
  expect((await statusOf(store))?.state).toBe('unknown');
  await world.until(now + 10);
  await post(uploads(now + 2, now + 10));
  expect((await statusOf(store))?.state).toBe('operational');
  await store.close();
});

test('an outage is not known of the time before it after a start either', async () => {
  const world = await startBoth();
  const { store } = world;
  await world.until(22);
  // Too few to say anything.
  await world.post(uploads(20, 22));
  await world.until(30);
  await world.post(uploads(25, 30, true));
  await world.until(70);
  // One that says nothing yet.
  await world.post(uploads(69, 70).slice(0, 1));
  expect((await statusOf(store))?.state).toBe('unknown');
  await world.restart();
  await world.until(75);
  await world.post(uploads(10, 11));
  const transitions = await store.transitions(0, Date.now() + MINUTE);
  const span = { component: UPLOAD, from: START + 12 * MINUTE, to: Date.now() };
  const states = spansOf({ transitions, ...span }).map(({ state }) => state);
  expect(states).toEqual(['operational', 'partial_outage', 'unknown']);
  expect(await differences(store)).toEqual([]);
  await store.close();
});

test('own traffic that falls silent beside what is measured is told of', async () => {
  const world = await startBoth();
  const { store } = world;
  await world.until(10);
  await world.post(uploads(0, 10));
  expect(await statusOf(store)).toMatchObject({ state: 'operational', notes: [] });
  await world.until(45);
  expect(await statusOf(store)).toMatchObject({
    state: 'operational',
    notes: [{ code: 'not_known', checks: ['shop-own-upload'] }],
  });
  const [alert] = await staleOf(store);
  expect(alert).toMatchObject({ since: START + 10 * MINUTE - 9 * SECOND, resolved_at: null });
  const text = alert && alertText(alert, { words: zh, configuration: bothSettings() });
  expect(text?.title).toBe('shop：上传没有自有业务的上报');
  expect(text?.body).toContain('自有业务是否正常，现在不知道');
  await world.until(50);
  await world.post(uploads(45, 50));
  await world.until(51);
  expect(await staleOf(store)).toMatchObject([
    { resolved_at: expect.any(Number), resolved_since: START + 45 * MINUTE },
  ]);
  await store.close();
});
