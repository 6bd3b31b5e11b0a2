import { expect } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { createUsualLookUp, type LookUpStore } from '../../collector/upkeep/look-up-usual.ts';
import { type UsualStore, usualHour } from '../../collector/upkeep/usual.ts';
import type { Rollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import { configuration, START } from '../collector/configuration.ts';
import { rowsOf } from './row.ts';

const SITE = siteOf(configuration({ slow_ms: null, slow_wait_ms: null, overdue_after_ms: null }));

/** `n` answers of the check in the hour, `ago_ms` before now. */
function hour(check: string, ago_ms: number, n: number): Rollup {
  const sketch = emptySketch();
  for (let i = 0; i < n; i += 1) addDelay(sketch, 400);
  const delays = encodeSketch(sketch);
  return { check, from: START - ago_ms, n, outcomes: { ok: n }, slow: 0, delays, simulated: false };
}

const holding = (rollups: readonly Rollup[]) => ({
  rollupsAt: async (_: string, checks: readonly string[], starts: readonly number[]) =>
    rollups.filter((it) => checks.includes(it.check) && starts.includes(it.from)),
  excludedTimes: async () => [],
  incidents: async () => [],
  arrivals: async () => [],
  gaps: async () => [],
});

interface Arrival {
  accepted_at: number;
  at: number;
}

interface Lasting {
  from: number;
  to: number;
}

/** What is usual of a sync in which as many arrived in a day, and these ever. */
async function syncUsual(n: number, arrivals: readonly Arrival[] = [], gaps: Lasting[] = []) {
  const hours = [hour('bureau-sync', 30 * HOUR, n - 1), hour('bureau-sync', 7 * HOUR, 1)];
  const store = {
    ...holding(hours),
    gaps: async (from: number, to: number) => gaps.filter((it) => it.to > from && it.from < to),
    arrivals: async ({ from, to }: { from: number; to: number }) =>
      arrivals.filter(({ accepted_at }) => from <= accepted_at && accepted_at < to),
  } as unknown as UsualStore;
  const usual = await usualHour({ store, site: SITE, zone: 'Asia/Shanghai', from: START });
  return usual.get('bureau-sync');
}

/** Accepted long before, arrived so far apart, that many distances, each with one just after it. */
const arrivals = (distances: number, apart_ms: number, near_ms: number): Arrival[] =>
  Array.from({ length: distances + 1 }, (_, i) => START - DAY + i * apart_ms)
    .flatMap((at) => [at, at + near_ms])
    .map((at) => ({ accepted_at: at - HOUR, at }));

/** Of which hours the usual is, as known from these; null: not known. */
async function known(rollups: readonly Rollup[], check = 'bureau-query') {
  const store = holding(rollups) as unknown as UsualStore;
  const usual = await usualHour({ store, site: SITE, zone: 'Asia/Shanghai', from: START });
  return usual.get(check)?.hours ?? null;
}

/** From when on that of the hour from START holds, if it is looked up so much later than that. */
async function holdsFrom(after_ms: number): Promise<number[]> {
  const kept: UsualDelay[] = [];
  const store = {
    ...holding([hour('bureau-query', DAY, 200)]),
    usualDelays: async () => kept,
    saveUsualDelays: async (delays: UsualDelay[]) => void kept.push(...delays),
  } as unknown as LookUpStore;
  const clock = { now: () => START + after_ms, monotonic: () => 0 };
  const live = { usual: new Map() };
  await createUsualLookUp({ store, site: SITE, live, zone: 'Asia/Shanghai', clock })();
  return kept.map(({ from }) => from - START);
}

export const USUAL = [
  ...rowsOf('SLOW-5', {
    'of the same hour, from 200 results on': async () => {
      expect(await known([hour('bureau-query', DAY, 200)])).toBe('same');
      expect(await known([hour('bureau-query', DAY, 199)])).toBeNull();
    },
    'of 28 days': async () => {
      expect(await known([hour('bureau-query', 28 * DAY, 200)])).toBe('same');
      expect(await known([hour('bureau-query', 29 * DAY, 200)])).toBeNull();
    },
    'for a sync, from 20 journeys on': async () => {
      expect(await known([hour('bureau-sync', DAY, 20)], 'bureau-sync')).toBe('same');
      expect(await known([hour('bureau-sync', DAY, 19)], 'bureau-sync')).toBeNull();
    },
    'from a minute after it is determined, else from the beginning of its hour': async () => {
      expect(await holdsFrom(10 * MINUTE)).toEqual([11 * MINUTE]);
      expect(await holdsFrom(-10 * MINUTE)).toEqual([0]);
    },
  }),
  ...rowsOf('SLOW-6', {
    'until then of all hours, if they span 24 h': async () => {
      const first = hour('bureau-query', 30 * HOUR, 150);
      expect(await known([first, hour('bureau-query', 7 * HOUR, 50)])).toBe('all');
      expect(await known([first, hour('bureau-query', 8 * HOUR, 50)])).toBeNull();
      expect(await known([first, hour('bureau-query', 7 * HOUR, 49)])).toBeNull();
    },
  }),
  ...rowsOf('SYNC-11', {
    'the 99th percentile of 200 journeys': async () => {
      expect((await syncUsual(200))?.p99_ms).toBeGreaterThan(0);
      expect((await syncUsual(199))?.p99_ms).toBeNull();
    },
    'the 95th percentile of 20 distances, those under a minute being one': async () => {
      const near = MINUTE - 1;
      const apart = 11 * MINUTE - 1;
      expect((await syncUsual(20, arrivals(20, 12 * MINUTE - 2, near)))?.apart_ms).toBe(apart);
      expect((await syncUsual(20, arrivals(19, 12 * MINUTE - 2, near)))?.apart_ms).toBeNull();
      // Those of a minute count: 39 distances, of which more than 5 % are the longer ones.
      expect((await syncUsual(20, arrivals(10, 12 * MINUTE, MINUTE)))?.apart_ms).toBe(11 * MINUTE);
    },
    'nor does a time in which we did not look': async () => {
      const nightly = Array.from({ length: 25 }, (_, i) => {
        const at = START - (i + 1) * 20 * HOUR;
        return [
          { accepted_at: at - 9 * HOUR, at },
          { accepted_at: at - 2 * MINUTE, at: at + 10 * MINUTE },
        ];
      }).flat();
      const off = nightly.flatMap(({ accepted_at, at }) =>
        at - accepted_at > HOUR ? [{ from: at - 8 * HOUR, to: at - 1, cause: 'restart' }] : [],
      );
      expect((await syncUsual(30, nightly))?.apart_ms).toBeGreaterThan(8 * HOUR);
      expect((await syncUsual(30, nightly, off))?.apart_ms).toBe(10 * MINUTE);
    },
    'a night in which none waited does not count': async () => {
      const fresh = Array.from({ length: 21 }, (_, i) => {
        const at = START - 10 * DAY + i * 5 * HOUR;
        return { accepted_at: at - 3 * MINUTE, at };
      });
      expect((await syncUsual(20, fresh))?.apart_ms).toBe(3 * MINUTE);
    },
  }),
];
