import { expect, test } from 'vitest';
import { HOUR, SECOND } from '../../model/time.ts';
import { createRandom, shuffled } from '../random.ts';
import { START } from './configuration.ts';
import { differencesSince, ownSettings, startOwnSite } from './own-site.ts';
import { openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

/** EVENTS=1000000 for the long form. */
const EVENTS = Number(process.env.EVENTS ?? 20_000);
const BODY = 1_000;
/** Of the last hour, many of one instant, in no order, every tenth bad and every 50th again. */
const eventOf = (i: number) => ({
  key: `k${i}`,
  system: 'shop',
  at: new Date(START - HOUR + Math.floor((i * 3_600) / EVENTS) * SECOND).toISOString(),
  duration_ms: 900,
  ...(i % 10 === 0 ? { type: 'failed', function: 'issue', code: 'E1' } : { type: 'issued' }),
});

test('as many events as come at once are each counted once', { timeout: 3_600_000 }, async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  const numbers = Array.from({ length: EVENTS }, (_, i) => i);
  const again = numbers.filter((i) => i % 50 === 0);
  const order = shuffled([...numbers, ...again], createRandom(1));
  const told = { accepted: 0, duplicate: 0, refused: 0 };
  for (let from = 0; from < order.length; from += BODY) {
    const { status, body } = await site.post(order.slice(from, from + BODY).map(eventOf));
    expect(status).toBe(200);
    for (const result of ['accepted', 'duplicate', 'refused'] as const)
      told[result] += Number(body[result]);
  }
  expect(told).toEqual({ accepted: EVENTS, duplicate: again.length, refused: 0 });
  const all = { check: 'shop-own-issue', from: 0, to: START * 2 };
  const counts = await store.trafficCounts(all);
  const sum = (pick: (it: (typeof counts)[number]) => number) =>
    counts.reduce((n, it) => n + pick(it), 0);
  expect([sum((it) => it.good), sum((it) => it.bad)]).toEqual([0.9 * EVENTS, 0.1 * EVENTS]);
  const status = (await store.components()).find((it) => it.component === 'shop.issue');
  // 10 % of 1,666 in each window: above 5 %.
  expect(status).toMatchObject({ state: 'partial_outage', since: START - HOUR });
  expect(await differencesSince(store, START - 2 * HOUR)).toEqual([]);
  await store.close();
});
