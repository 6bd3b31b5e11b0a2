import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import { START } from '../collector/configuration.ts';
import { createRandom } from '../random.ts';
import { type Delay, drawInvoices, emptiedEvery, lognormal } from './invoices.ts';
import { liveSync, type ToldSync, usualOf } from './lived-sync.ts';

export interface HealthySystem {
  what: string;
  delay: Delay;
  per_hour: number;
}

const DELAYS: readonly (readonly [string, Delay])[] = [
  ['lognormal, σ 0.5, 1 min', lognormal(MINUTE, 0.5)],
  ['lognormal, σ 1, 10 min', lognormal(10 * MINUTE, 1)],
  ['lognormal, σ 2, 1 min', lognormal(MINUTE, 2)],
  ['lognormal, σ 2, 10 min', lognormal(10 * MINUTE, 2)],
  ['a queue emptied each hour', emptiedEvery(HOUR)],
  ['a queue emptied each half hour', emptiedEvery(30 * MINUTE)],
];

/** Of as many invoices an hour. */
export function healthySystems(per_hour: number): HealthySystem[] {
  return DELAYS.map(([what, delay]) => ({
    what: `${what}, ${per_hour} an hour`,
    delay,
    per_hour,
  }));
}

const KNOWN: readonly ToldSync['state'][] = ['operational', 'unknown'];

/** What is told of it but that it works, or that nobody knows, in so many days after 28 others. */
export function blameOf(system: HealthySystem, days: number, seed: number): ToldSync[] {
  const { delay, per_hour } = system;
  const random = createRandom(seed);
  const until = START + days * DAY;
  const before = { from: START - 28 * DAY, to: START, per_hour };
  const usual = usualOf(drawInvoices(before, delay, random));
  const invoices = drawInvoices({ from: START, to: until, per_hour }, delay, random);
  return liveSync({ invoices, usual, until }).filter(({ state }) => !KNOWN.includes(state));
}
