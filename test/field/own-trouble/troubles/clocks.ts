import { HOUR, SECOND } from '../../../../model/time.ts';
import { sleepMs } from '../instant.ts';
import { type Stage, trouble } from './trouble.ts';

const STEPS: [name: string, about: string, ms: number][] = [
  ['clock-forth', 'the wall clock is an hour ahead, and put right again', HOUR],
  ['clock-back', 'the wall clock is an hour behind, and put right again', -HOUR],
  ['clock-forth-3', 'the wall clock is 3 s ahead, and put right again', 3 * SECOND],
  ['clock-back-3', 'the wall clock is 3 s behind, and put right again', -3 * SECOND],
];

/** The wall clock steps and steps back, as by a time server that errs. */
export const CLOCKS = STEPS.map(([name, about, ms]) =>
  trouble(name, about, (stage) => step(stage, ms), {
    blind: 'at_its_ends',
    jumped_ms: Math.abs(ms),
    // Put right from behind, it steps forth too.
    leaves: 'clock',
  }),
);

async function step({ product, pace }: Stage, ms: number): Promise<void> {
  product.setClock(ms);
  await sleepMs(pace.trouble_ms);
  product.setClock(0);
}
