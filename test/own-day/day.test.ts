import { expect, test, vi } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { createUpkeep, type Upkeep } from '../../collector/upkeep/upkeep.ts';
import { type StateSpan, spansOf } from '../../model/ledger.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { START } from '../collector/configuration.ts';
import { measuredBeside } from '../collector/measured-beside.ts';
import { differencesSince, ownSettings, startOwnSite } from '../collector/own-site.ts';
import { aBatch, openSiteStore } from '../collector/recording.ts';
import { fakeClock, stopTime } from '../collector/world.ts';
import { quiet } from '../platform/quiet.ts';
import { createRandom } from '../random.ts';
import { ALL_FAILS, type CompanyEvent, companyDay, weeksBefore } from './company.ts';
import { issuingMayBe, issuingMayBeNow } from './truth.ts';

/** Midnight in China. */
const MIDNIGHT = START - 10 * HOUR;
const END = 27 * HOUR;
const LOOKED_EVERY = 15 * MINUTE;
const FUNCTIONS = ['issue', 'deliver'] as const;
/** We start anew, once within the outage. */
const RESTARTS = [12 * HOUR, ALL_FAILS[0] + 10 * MINUTE];
/** We are not there, and senders keep what they have. */
const DOWN = [15 * HOUR + 31 * MINUTE, 15 * HOUR + 45 * MINUTE] as const;
/** Of so many windows that chance says something of one of them. */
const BY_CHANCE = 10 * MINUTE;

/** Two days of ten thousand invoices, beside whatever else the machine does. */
const PATIENT = { timeout: 10 * MINUTE };

const onceEach = (events: readonly CompanyEvent[]) => [
  ...new Map(events.map((it) => [it.line.key, it])).values(),
];
const inTime = (it: CompanyEvent) => it.posted_at - it.at <= DAY;

/** Those that say something of the system, from midnight, in order. */
const toldOf = (events: readonly CompanyEvent[], fn: string) =>
  onceEach(events)
    .filter((it) => it.function === fn && it.outcome !== 'user_data')
    .map((it) => ({ ...it, at: it.at - MIDNIGHT, is_bad: it.outcome !== 'ok' }))
    .toSorted((a, b) => a.at - b.at);

function stateAt(spans: readonly StateSpan[], at: number): string {
  return spans.find(({ from, to }) => from <= at && at < to)?.state ?? 'none';
}

/** Whether we were there to measure it. */
function wasThere({ result: { slot_at } }: LineResult): boolean {
  return slot_at - MIDNIGHT <= DOWN[0] || slot_at - MIDNIGHT >= DOWN[1];
}

/** Four weeks of roll-ups of what is issued. */
function issuedBefore() {
  return weeksBefore(MIDNIGHT)
    .filter(({ n }) => n > 0)
    .map(({ from, n }) => {
      const counted = { n, outcomes: { ok: n }, slow: 0, delays: null, simulated: false };
      return { check: 'shop-own-issue', from, ...counted };
    });
}

/** The value below which a share of them lies. */
function nearestRank(values: readonly number[], q: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.ceil(q * values.length) - 1];
}

test.for([
  [1, 'nothing', false],
  [2, 'how many are usual', true],
] as const)(
  "a day of a company's events is told as it was (seed %i, %s is known)",
  PATIENT,
  async ([seed, , is_usual_known]) => {
    stopTime(MIDNIGHT);
    const measured = measuredBeside('deliver');
    const settings = ownSettings([measured.check]);
    const { store } = await openSiteStore(settings);
    const at_work: { upkeep: Upkeep | null } = { upkeep: null };
    if (is_usual_known) await store.saveRollups('hour', issuedBefore());
    let site = await start();
    await site.recorder.start();
    await at_work.upkeep?.run();
    const day = companyDay(MIDNIGHT, createRandom(seed));
    const waiting = [...day];
    const posted: CompanyEvent[] = [];
    let accepted = 0;
    let figures_seen = 0;
    let by_chance = 0;
    for (let at = MINUTE; at <= END; at += MINUTE) {
      vi.setSystemTime(MIDNIGHT + at);
      if (at > DOWN[0] && at < DOWN[1]) continue;
      if (at === DOWN[1]) await comeBack();
      if (RESTARTS.includes(at)) await restart();
      const results = measured.resultsUntil(MIDNIGHT + at).filter(wasThere);
      if (results.length > 0) await site.recorder.batch(aBatch({ results }));
      const next = waiting.findIndex((it) => it.posted_at > MIDNIGHT + at);
      const due = waiting.splice(0, next === -1 ? waiting.length : next);
      for (let from = 0; from < due.length; from += 1_000) {
        const body = due.slice(from, from + 1_000);
        const answer = await site.post(body.map(({ line }) => line));
        expect(answer.status).toBe(200);
        accepted += Number(answer.body.accepted);
      }
      posted.push(...due);
      await site.recorder.time();
      if (at % LOOKED_EVERY === 0) for (const fn of FUNCTIONS) await look(fn, at);
    }
    expect(accepted).toBe(onceEach(day).length);
    expect(figures_seen).toBeGreaterThan(2 * 18 * 4);
    expect(by_chance).toBeLessThanOrEqual(1);

    const transitions = await store.transitions(0, MIDNIGHT + 2 * DAY);
    const spans = (component: string) =>
      spansOf({ transitions, component, from: MIDNIGHT, to: MIDNIGHT + END });
    const events = toldOf(day.filter(inTime), 'issue');
    const issuing = spans('shop.issue');
    const wrong: { minute: number; state: string }[] = [];
    // The last one came before midnight: the night lasts.
    const night = (await store.components()).find((it) => it.component === 'shop.issue');
    expect(night?.state).toBe(is_usual_known ? 'operational' : 'unknown');
    expect(night?.notes.map(({ code }) => code)).toEqual([is_usual_known ? 'quiet' : 'expired']);
    for (let at = MINUTE; at < END; at += MINUTE) {
      const state = stateAt(issuing, MIDNIGHT + at);
      if (!issuingMayBe(events, at, is_usual_known).includes(state))
        wrong.push({ minute: at / MINUTE, state });
    }
    expect(wrong.filter(({ state }) => state !== 'partial_outage')).toEqual([]);
    expect(wrong.length * MINUTE).toBeLessThanOrEqual(BY_CHANCE);
    expect(new Set(issuing.map(({ state }) => state))).toEqual(
      new Set(['operational', 'partial_outage', 'major_outage', 'unknown']),
    );
    // Deliveries stall for two hours, while they are measured well beside.
    const delivering = new Set(spans('shop.deliver').map(({ state }) => state));
    expect(delivering).toEqual(new Set(['unknown', 'operational']));
    expect(stateAt(spans('shop.deliver'), MIDNIGHT + 14.5 * HOUR)).toBe('operational');
    for (const fn of FUNCTIONS) await figures(fn);
    expect(await differencesSince(store, MIDNIGHT, settings)).toEqual([]);
    expect(await store.integrityProblems()).toEqual([]);
    await at_work.upkeep?.stop();
    await store.close();

    async function start() {
      const begun = await startOwnSite(store, settings, {
        committed: (recording) => at_work.upkeep?.committed(recording),
        judged: ({ result }) => at_work.upkeep?.result(result),
        dropped() {},
      });
      at_work.upkeep = createUpkeep({
        store,
        site: siteOf(settings),
        live: begun.live,
        zone: 'Asia/Shanghai',
        retention: settings.retention,
        clock: fakeClock,
        log: quiet,
        inOrder: begun.recorder.inOrder,
      });
      return begun;
    }

    async function restart(): Promise<void> {
      await at_work.upkeep?.stop();
      site = await start();
      await site.recorder.start();
    }

    async function comeBack(): Promise<void> {
      await at_work.upkeep?.stop();
      site = await start();
      const [from, to] = DOWN;
      await site.recorder.gap({ from: MIDNIGHT + from, to: MIDNIGHT + to, cause: 'restart' });
    }

    /** What the page is given at an instant, of what was posted by then. */
    async function look(fn: (typeof FUNCTIONS)[number], at: number): Promise<void> {
      const known = toldOf(posted.filter(inTime), fn);
      const status = (await store.components()).find((it) => it.component === `shop.${fn}`);
      const state = status?.state ?? 'none';
      const where = `${fn} at ${at / MINUTE}`;
      if (fn === 'issue') {
        const may_be = issuingMayBeNow(known, at, is_usual_known);
        if (state === 'partial_outage' && !may_be.includes(state)) by_chance += 1;
        else expect([may_be, where]).toEqual([expect.arrayContaining([state]), where]);
      } else if (at > 30 * MINUTE) expect([state, where]).toEqual(['operational', where]);
      const share = status?.notes.find((it) => it.code === 'some_users_affected');
      if (state === 'partial_outage' && at % (5 * MINUTE) === 0) {
        // What it says of its window is what happened in it.
        const window = known.filter((it) => it.at < at && it.at >= at - (share?.window_ms ?? 0));
        expect([share?.n, where]).toEqual([window.length, where]);
        expect([share?.bad, where]).toEqual([window.filter((it) => it.is_bad).length, where]);
      }
      lookAtFigures(status?.recent?.told, known, where);
    }

    /** Of the last 60 minutes of the clock in which anything was told. */
    function lookAtFigures(
      told: { measured?: number; bad: number; median_ms: number | null } | undefined,
      known: ReturnType<typeof toldOf>,
      where: string,
    ): void {
      const minute = (ms: number) => Math.floor(ms / MINUTE);
      const newest = known.at(-1);
      if (newest === undefined) {
        expect([told, where]).toEqual([undefined, where]);
        return;
      }
      const hour = known.filter((it) => minute(it.at) > minute(newest.at) - 60);
      const bad = hour.filter((it) => it.is_bad).length;
      expect([told?.measured, told?.bad, where]).toEqual([hour.length, bad, where]);
      const delays = hour.map((it) => (it.is_bad ? Infinity : it.duration_ms));
      const median = nearestRank(delays, 0.5) ?? Infinity;
      if (median === Infinity) expect([told?.median_ms, where]).toEqual([null, where]);
      else expect(Math.abs((told?.median_ms ?? 0) / median - 1)).toBeLessThan(0.011);
      figures_seen += 1;
    }

    async function figures(fn: string): Promise<void> {
      await at_work.upkeep?.run();
      const rollups = await store.rollups('hour', MIDNIGHT, MIDNIGHT + END);
      const own = rollups.filter((it) => it.check === `shop-own-${fn}`);
      const all = onceEach(day).filter((it) => it.function === fn);
      const by_hour = Map.groupBy(all, ({ at }) => at - (at % HOUR));
      expect(own.map(({ from, n, outcomes }) => [from, n, outcomes.ok ?? 0])).toEqual(
        [...by_hour]
          .sort(([a], [b]) => a - b)
          .map(([from, its]) => [from, its.length, its.filter((it) => it.outcome === 'ok').length]),
      );
      const published = own.filter(({ from }) => goodIn(from).length >= 60);
      expect(published.length).toBeGreaterThanOrEqual(10);
      for (const { from, delays } of published) {
        const sorted = goodIn(from).toSorted((a, b) => a - b);
        for (const q of [0.5, 0.95]) {
          const found = delays === null ? 0 : (quantile(decodeSketch(delays), q) ?? 0);
          const rank = q * (sorted.length - 1);
          const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
          expect(found).toBeGreaterThan(0.99 * low);
          expect(found).toBeLessThan(1.01 * high);
        }
      }

      function goodIn(hour: number): number[] {
        const its = (by_hour.get(hour) ?? []).filter((it) => it.outcome === 'ok');
        return its.map((it) => it.duration_ms);
      }
    }
  },
);
