import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NumberedFault } from './source.ts';

/** What the processes of a sweep are told. */
export interface Shared {
  faults: readonly NumberedFault[];
  /** By the path of a test, the faults of the files that it imports itself. */
  own_tests: Readonly<Record<string, readonly number[]>>;
  /** Slower ones are left for later: what a quick one sees needs no slow one. */
  slowest_test_ms: number;
}

/** The variable that names the folder of a sweep. */
export const FOLDER = 'SWEEP_FOLDER';

export function writeShared(folder: string, shared: Shared): void {
  writeFileSync(join(folder, 'shared.json'), JSON.stringify(shared));
}

export function readShared(): Shared & { folder: string } {
  const folder = process.env[FOLDER];
  if (folder === undefined) throw new Error(`${FOLDER} names no folder: started by sweep.ts alone`);
  return { folder, ...(JSON.parse(readFileSync(join(folder, 'shared.json'), 'utf8')) as Shared) };
}
