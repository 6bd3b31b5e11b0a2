import { expect, test } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { countedJourney } from '../../collector/upkeep/counted.ts';
import { createRollups } from '../../collector/upkeep/rollups.ts';
import { mergedRollup } from '../../model/merged-rollup.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { journey } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { configuration, START } from './configuration.ts';

const site = siteOf(configuration());
const JOURNEYS = 2_000;

/** Between the last look that did not find it, and the first that did. */
function drawn(random: () => number) {
  const accepted_at = START + Math.floor(DAY * random());
  // Most take minutes, some most of the promised day.
  const absent_ms = Math.floor(SECOND * 10 ** (random() * 4.5));
  const looks_ms = Math.floor(MINUTE * random());
  return { accepted_at, absent_ms, present_ms: absent_ms + looks_ms };
}

test.each([1, 2, 3, 4, 5])('delays of syncs are within 2 percent, seed %i', (seed) => {
  const random = createRandom(seed);
  const rollups = createRollups('Asia/Shanghai', START);
  const exact: number[] = [];
  for (let i = 0; i < JOURNEYS; i += 1) {
    const { accepted_at, absent_ms, present_ms } = drawn(random);
    const its = journey(accepted_at, {
      component: 'bureau.sync',
      check: 'bureau-sync',
      state: 'arrived',
      last_absent_at: accepted_at + absent_ms,
      first_present_at: accepted_at + present_ms,
    });
    const arrival = countedJourney(site, its, [])?.arrival;
    if (arrival) rollups.add(arrival);
    exact.push((absent_ms + present_ms) / 2);
  }
  const hours = rollups.takeChanged(1_000).flatMap((it) => (it.grain === 'hour' ? it.rollups : []));
  expect(hours.length).toBeGreaterThan(20);
  const whole = decodeSketch(mergedRollup('bureau-sync', START, hours).delays ?? new Uint8Array());
  expect(whole.count).toBe(JOURNEYS);
  exact.sort((a, b) => a - b);
  for (const q of [0, 0.5, 0.95, 0.99, 1]) {
    const wanted = exact[Math.floor(q * (JOURNEYS - 1))] ?? Number.NaN;
    const found = quantile(whole, q) ?? Number.NaN;
    expect(Math.abs(found - wanted) / wanted, `q ${q}: ${found}, not ${wanted}`).toBeLessThan(0.02);
  }
});
