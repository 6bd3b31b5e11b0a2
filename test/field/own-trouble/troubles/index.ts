import { CLOCKS } from './clocks.ts';
import { LINES } from './lines.ts';
import { MACHINES } from './machines.ts';
import { PAUSES } from './pauses.ts';
import type { Trouble } from './trouble.ts';

/** Every kind of trouble of our own, by family. */
export const FAMILIES: Record<string, readonly Trouble[]> = {
  pauses: PAUSES,
  clocks: CLOCKS,
  lines: LINES,
  machines: MACHINES,
};

export const TROUBLES: readonly Trouble[] = Object.values(FAMILIES).flat();
