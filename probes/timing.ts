import type { Clock } from '../model/ports.ts';

/** The machine's clocks: a measuring thread is a process of its own and cannot be handed any. */
export const wallAndMonotonic: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
