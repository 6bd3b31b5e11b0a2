import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type LivedMonth, readMonth } from './lived-month.ts';
import { drawTruth, type TruthParts } from './truth.ts';

/** Lives through drawn days before the tests of a file, which then only read. */
export function useMonth(parts: TruthParts & { tick_ms: number }, timeout_ms: number) {
  let folder: string | null = null;
  let month: LivedMonth | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaokuang-month-'));
    const path = join(folder, 'month.db');
    month = await readMonth({ truth: drawTruth(parts), path, tick_ms: parts.tick_ms });
  }, timeout_ms);
  afterAll(async () => {
    await month?.store.close();
    if (folder) await rm(folder, { recursive: true });
  });
  return (): LivedMonth => {
    if (month === null) throw new Error('only in tests');
    return month;
  };
}
