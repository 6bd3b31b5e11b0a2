import type { Clock } from '../model/ports.ts';

/** The machine's clocks; everything but mains and probes' own timing is handed one of these. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
