import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openSigner } from '../../platform/signer.ts';
import type { DriveParts } from './drive.ts';
import { type LivedMonth, readMonth } from './lived-month.ts';
import { type Published, readPublished } from './published.ts';
import { drawTruth, type TruthParts } from './truth.ts';

/** Lives through drawn days before the tests of a file, which then only read. */
export function useMonth(
  parts: TruthParts & Pick<DriveParts, 'tick_ms' | 'read_every_ms'>,
  timeout_ms: number,
) {
  let folder: string | null = null;
  let month: (LivedMonth & { published: Published }) | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaokuang-month-'));
    const path = join(folder, 'month.db');
    const signer = openSigner(folder);
    const lived = await readMonth({ ...parts, truth: drawTruth(parts), path, signer });
    month = { ...lived, published: await readPublished(lived, folder) };
  }, timeout_ms);
  afterAll(async () => {
    await month?.store.close();
    if (folder) await rm(folder, { recursive: true });
  });
  return (): LivedMonth & { published: Published } => {
    if (month === null) throw new Error('only in tests');
    return month;
  };
}
