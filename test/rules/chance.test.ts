import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { LONG, SEED as SEED_OF_RUN } from '../matrix.ts';
import { T0 } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { outagesPerResult, simulateChance } from './chance.ts';

/** Chance may break any limit: in `npm test` it is always the same; `npm run soak` tries others. */
const SEED = LONG ? SEED_OF_RUN : 20_261_126;

const SLOTS = [15 * SECOND, MINUTE, 5 * MINUTE];
/** A year in a long run; fewer results where slots are close. */
const daysOf = (every_ms: number) => (LONG ? 365 : Math.min(365, (every_ms / (15 * SECOND)) * 3));
const name = (every_ms: number) => `${every_ms / SECOND} s`;

describe(`chance, seed ${SEED}`, () => {
  it.each([
    [0.1, 2],
    [0.2, 2],
    [0.1, 3],
    [0.3, 4],
  ])('of %f with %i confirmations is what the chain of runs says', (p, confirmations) => {
    const random = createRandom(SEED);
    const { results, outages } = simulateChance({
      every_ms: MINUTE,
      days: LONG ? 365 : 20,
      fails: () => random() < p,
      confirmations,
    });
    const expected = results * outagesPerResult(p, confirmations);
    // Rare and nearly independent: their number is spread like one of Poisson.
    expect(Math.abs(outages.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it.each(SLOTS.flatMap((every_ms) => [0.01, 0.03, 0.05, 0.1].map((p) => ({ every_ms, p }))))(
    'no outage at $p every $every_ms ms',
    ({ every_ms, p }) => {
      const random = createRandom(SEED + every_ms + 1_000 * p);
      const days = daysOf(every_ms);
      const { outages } = simulateChance({ every_ms, days, fails: () => random() < p });
      // The first day is not known yet: it may have one.
      expect(outages.filter((it) => it.since > T0 + DAY)).toEqual([]);
      expect(outages.length).toBeLessThanOrEqual(1);
    },
  );

  it.each(SLOTS)('about 5 outages a year at most at 20 %%, every %i ms', (every_ms) => {
    const random = createRandom(SEED + every_ms);
    const days = daysOf(every_ms);
    const { outages } = simulateChance({ every_ms, days, fails: () => random() < 0.2 });
    const most = (5 * days) / 365;
    // Of Poisson: a year of 5 on average seldom has more than 5 + 4 √5.
    expect(outages.length).toBeLessThanOrEqual(1 + most + 4 * Math.sqrt(most));
  });

  it.each([...SLOTS, 30 * SECOND].flatMap((every_ms) => [0.1, 0.2].map((p) => ({ every_ms, p }))))(
    'I11: $p is said within a day, every $every_ms ms',
    ({ every_ms, p }) => {
      const missed = Array.from({ length: LONG ? 100 : 1 }, (_, i) => {
        const random = createRandom(SEED + i);
        const from = T0 + DAY;
        const fails = (at: number) => at >= from && random() < p;
        const { affected } = simulateChance({ every_ms, days: 2, fails });
        return affected.some((it) => it.said_at <= from + DAY) ? 0 : 1;
      }).reduce((sum: number, it) => sum + it, 0);
      expect(missed).toBe(0);
    },
  );

  it.each(SLOTS)('a real outage is confirmed in time, every %i ms', (every_ms) => {
    const deadline_ms = 8 * SECOND;
    for (let i = 0; i < (LONG ? 50 : 2); i += 1) {
      const random = createRandom(SEED + i);
      const begins_at = T0 + DAY + Math.floor(random() * DAY);
      const p = i % 2 ? 0 : 0.02;
      const { outages } = simulateChance({
        every_ms,
        days: 3,
        deadline_ms,
        fails: (at) => at >= begins_at || random() < p,
      });
      const [outage] = outages.filter((it) => it.confirmed_at >= begins_at);
      const k = outage?.confirmations ?? 0;
      const limit_ms = every_ms + (k - 1) * Math.max(10 * SECOND, deadline_ms) + deadline_ms;
      expect([name(every_ms), (outage?.confirmed_at ?? 1e15) - begins_at <= limit_ms]).toEqual([
        name(every_ms),
        true,
      ]);
    }
  });
});
