import { SECOND } from '../../../../model/time.ts';
import { sleepMs } from '../instant.ts';
import { type Stage, trouble } from './trouble.ts';

const LENGTHS_MS = [3_000, 7_000, 12_000];
/** Of 200 ms, a starved process gets 15. */
const ROUND_MS = 200;
const SHARE_MS = 15;

/** The machine sleeps, one process is stopped, or it hardly gets the processor. */
export const PAUSES = [
  ...LENGTHS_MS.map((ms) =>
    trouble(`pause-${ms / SECOND}`, `every process is stopped for ${ms / SECOND} s`, (stage) =>
      pause(stage, ms),
    ),
  ),
  ...LENGTHS_MS.map((ms) =>
    trouble(`collector-${ms / SECOND}`, `the collector is stopped for ${ms / SECOND} s`, (stage) =>
      pause(stage, ms, 'collector'),
    ),
  ),
  trouble('neighbour', 'a busy neighbour leaves the collector 7 % of its processor', starve),
];

async function pause({ product }: Stage, ms: number, which?: string): Promise<void> {
  product.freeze(which);
  await sleepMs(ms);
  product.thaw();
}

async function starve({ product, pace }: Stage): Promise<void> {
  for (let passed = 0; passed < pace.trouble_ms; passed += ROUND_MS) {
    product.freeze('collector');
    await sleepMs(ROUND_MS - SHARE_MS);
    product.thaw();
    await sleepMs(SHARE_MS);
  }
}
