import { expect } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { type UsualStore, usualHour } from '../../collector/upkeep/usual.ts';
import type { Rollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { configuration, START } from '../collector/configuration.ts';
import { rowsOf } from './row.ts';

const SITE = siteOf(configuration({ slow_ms: null, slow_wait_ms: null }));

/** `n` answers of the check in the hour, `ago_ms` before now. */
function hour(check: string, ago_ms: number, n: number): Rollup {
  const sketch = emptySketch();
  for (let i = 0; i < n; i += 1) addDelay(sketch, 400);
  const delays = encodeSketch(sketch);
  return { check, from: START - ago_ms, n, outcomes: { ok: n }, slow: 0, delays, simulated: false };
}

/** Of which hours the usual is, as known from these; null: not known. */
async function known(rollups: readonly Rollup[], check = 'bureau-query') {
  const store = {
    rollups: async (_: string, from: number, to: number) =>
      rollups.filter((it) => it.from >= from && it.from < to),
    excludedTimes: async () => [],
    incidents: async () => [],
  } as unknown as UsualStore;
  const usual = await usualHour({ store, site: SITE, zone: 'Asia/Shanghai', from: START });
  return usual.get(check)?.hours ?? null;
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
  }),
  ...rowsOf('SLOW-6', {
    'until then of all hours, if they span 24 h': async () => {
      const first = hour('bureau-query', 30 * HOUR, 150);
      expect(await known([first, hour('bureau-query', 7 * HOUR, 50)])).toBe('all');
      expect(await known([first, hour('bureau-query', 8 * HOUR, 50)])).toBeNull();
      expect(await known([first, hour('bureau-query', 7 * HOUR, 49)])).toBeNull();
    },
  }),
];
