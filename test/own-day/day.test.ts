import { expect, test, vi } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { createUpkeep, type Upkeep } from '../../collector/upkeep/upkeep.ts';
import { noteSentence } from '../../messages/index.ts';
import type { Transition } from '../../model/component.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { START } from '../collector/configuration.ts';
import { differencesSince, ownSettings, startOwnSite } from '../collector/own-site.ts';
import { openSiteStore } from '../collector/recording.ts';
import { fakeClock, stopTime } from '../collector/world.ts';
import { zh } from '../messages/words.ts';
import { quiet } from '../platform/quiet.ts';
import { createRandom } from '../random.ts';
import { type CompanyEvent, companyDay, weeksBefore } from './company.ts';
import { sayOf, usualBy } from './oracle.ts';

/** Midnight in China. */
const MIDNIGHT = START - 10 * HOUR;
const LOOKED_EVERY = 15 * MINUTE;
const FUNCTIONS = ['issue', 'deliver'] as const;
const BEFORE = weeksBefore(MIDNIGHT);
const USUAL = usualBy(BEFORE.map(({ from, n }) => ({ second: from / SECOND, n })));

/** What the events that say something of the system said, as the oracle reads them. */
const toldBy = (events: readonly CompanyEvent[], fn: string) =>
  events
    .filter((it) => it.function === fn && it.outcome !== 'user_data')
    .map(({ at, outcome }) => ({ second: Math.floor(at / SECOND), is_bad: outcome !== 'ok' }));
const onceEach = (events: readonly CompanyEvent[]) => [
  ...new Map(events.map((it) => [it.line.key, it])).values(),
];

/** The ledger: each row corrects what is known from its `since` on. */
function ledgerOf(transitions: readonly Transition[], fn: string): [number, string][] {
  const marks: [number, string][] = [];
  for (const { component, since, to } of transitions) {
    if (component !== `shop.${fn}`) continue;
    while ((marks.at(-1)?.[0] ?? -1) >= since / SECOND) marks.pop();
    if (marks.at(-1)?.[1] !== to) marks.push([since / SECOND, to]);
  }
  return marks;
}

/** The nearest hour of the day. */
const hourOf = (second: number) => Math.round((second * SECOND - MIDNIGHT) / HOUR);

/** The value below which a share of them lies. */
function nearestRank(values: readonly number[], q: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.ceil(q * values.length) - 1];
}

test.for([1])("a day of a company's events is told as it was (seed %i)", async (seed) => {
  stopTime(MIDNIGHT);
  const { store } = await openSiteStore(ownSettings());
  const hours = FUNCTIONS.flatMap((fn) =>
    BEFORE.filter(({ n }) => n > 0).map(({ from, n }) => {
      const counted = { n, outcomes: { ok: n }, slow: 0, delays: null, simulated: false };
      return { check: `shop-own-${fn}`, from, ...counted };
    }),
  );
  await store.saveRollups('hour', hours);
  let upkeep: Upkeep | null = null;
  const site = await startOwnSite(store, ownSettings(), {
    committed: (recording) => upkeep?.committed(recording),
    judged() {},
    dropped() {},
  });
  await site.recorder.start();
  upkeep = createUpkeep({
    store,
    site: siteOf(ownSettings()),
    live: site.live,
    zone: 'Asia/Shanghai',
    retention: ownSettings().retention,
    clock: fakeClock,
    log: quiet,
    inOrder: site.recorder.inOrder,
  });
  await upkeep.run();
  const day = companyDay(MIDNIGHT, createRandom(seed));
  const waiting = [...day];
  const posted: CompanyEvent[] = [];
  let accepted = 0;
  let compared = 0;
  for (let at = MIDNIGHT + MINUTE; at <= MIDNIGHT + 27 * HOUR; at += MINUTE) {
    vi.setSystemTime(at);
    const next = waiting.findIndex((it) => it.posted_at > at);
    const due = waiting.splice(0, next === -1 ? waiting.length : next);
    if (due.length > 0) {
      const { status, body } = await site.post(due.map(({ line }) => line));
      expect(status).toBe(200);
      accepted += Number(body.accepted);
      posted.push(...due);
    }
    await site.recorder.time();
    if ((at - MIDNIGHT) % LOOKED_EVERY === 0) for (const fn of FUNCTIONS) await look(fn, at);
  }
  expect(accepted).toBe(onceEach(day).length);
  expect(compared).toBe(2 * 27 * 4);

  const told = await store.transitions(0, MIDNIGHT + 48 * HOUR);
  for (const fn of FUNCTIONS) {
    const said = sayOf(toldBy(onceEach(day), fn), (MIDNIGHT + 27 * HOUR) / SECOND, USUAL);
    const known = ledgerOf(told, fn).filter(([, state], i) => i > 0 || state !== 'unknown');
    expect(known, fn).toEqual(said.states);
    await figures(fn);
  }
  expect(new Set(ledgerOf(told, 'issue').map(([, state]) => state))).toEqual(
    new Set(['operational', 'partial_outage', 'major_outage']),
  );
  // Nothing is delivered for two hours from 13, and while nothing can be issued; nobody works in
  // the night.
  const delivered = ledgerOf(told, 'deliver').map(([at, state]) => [hourOf(at), state]);
  expect(delivered.slice(1)).toEqual([
    [13, 'unknown'],
    [15, 'operational'],
    [17, 'unknown'],
    [18, 'operational'],
  ]);
  const stopped = await store.alerts({ kinds: ['stale'] });
  const by_day = stopped.filter(({ opened_at }) => opened_at > MIDNIGHT + 8 * HOUR);
  expect(by_day.map(({ subject, opened_at }) => [subject, hourOf(opened_at / SECOND)])).toEqual([
    ['shop.deliver', 17],
    ['shop.deliver', 13],
  ]);
  expect(await differencesSince(store, MIDNIGHT)).toEqual([]);
  expect(await store.integrityProblems()).toEqual([]);
  await upkeep.stop();
  await store.close();

  /** What the page is given at an instant, of what was posted by then. */
  async function look(fn: (typeof FUNCTIONS)[number], at: number): Promise<void> {
    const known = onceEach(posted);
    const said = sayOf(toldBy(known, fn), at / SECOND, USUAL);
    const status = (await store.components()).find((it) => it.component === `shop.${fn}`);
    const [since, state] = said.states.at(-1) ?? [null, 'unknown'];
    const where = `${fn} at ${(at - MIDNIGHT) / MINUTE}`;
    expect([status?.state, where]).toEqual([state, where]);
    if (since !== null) expect([status?.since, where]).toEqual([since * SECOND, where]);
    if (state === 'operational') {
      const quiet = said.quiet === null ? [] : [{ code: 'quiet', last_at: said.quiet * SECOND }];
      expect([status?.notes, where]).toEqual([quiet, where]);
      if (said.quiet !== null) expect(status?.valid_until).toBe(at + MINUTE);
    }
    if (state === 'partial_outage') {
      const { n = 0, bad = 0, seconds = 0 } = said.window ?? {};
      const sentences = status?.notes.map((it) => noteSentence(it, zh, { checks: {}, lines: {} }));
      expect(sentences).toEqual([
        `部分用户受影响：${zh.duration(seconds * SECOND)}内自有业务的 ${n} 张发票中 ${bad} 张失败。`,
      ]);
    }
    const last = known.filter((it) => it.function === fn && it.outcome !== 'user_data');
    const newest = Math.max(...last.map((it) => it.at));
    const hour = last.filter((it) => it.at > newest - HOUR);
    if (status?.recent) {
      const delays = hour.map((it) => (it.outcome === 'ok' ? it.duration_ms : Infinity));
      const median = nearestRank(delays, 0.5);
      expect(status.recent).toMatchObject({
        measured: hour.length,
        bad: hour.filter((it) => it.outcome !== 'ok').length,
        median_ms: median === Infinity ? null : median,
      });
    }
    compared += 1;
  }

  async function figures(fn: string): Promise<void> {
    await upkeep?.run();
    const rollups = await store.rollups('hour', MIDNIGHT, MIDNIGHT + 27 * HOUR);
    const own = rollups.filter((it) => it.check === `shop-own-${fn}`);
    const events = onceEach(day).filter((it) => it.function === fn);
    const by_hour = Map.groupBy(events, ({ at }) => at - (at % HOUR));
    expect(own.map(({ from, n, outcomes }) => [from, n, outcomes.ok ?? 0])).toEqual(
      [...by_hour]
        .sort(([a], [b]) => a - b)
        .map(([from, its]) => [from, its.length, its.filter((it) => it.outcome === 'ok').length]),
    );
    for (const { from, delays } of own) {
      const good = (by_hour.get(from) ?? []).filter((it) => it.outcome === 'ok');
      // Of fewer none is published.
      if (delays === null || good.length < 60) continue;
      const sorted = good.map((it) => it.duration_ms).toSorted((a, b) => a - b);
      for (const q of [0.5, 0.95]) {
        const found = quantile(decodeSketch(delays), q) ?? 0;
        const rank = q * (sorted.length - 1);
        const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
        expect(found).toBeGreaterThan(0.99 * low);
        expect(found).toBeLessThan(1.01 * high);
      }
    }
  }
});
