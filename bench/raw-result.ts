import { join } from 'node:path';
import { bytesPerResult } from '../test/store/bytes-per-result.ts';
import type { Benchmark } from './benchmark.ts';
import { inFolder } from './folder.ts';

const RESULTS = 100_000;

export const rawResult: Benchmark = {
  name: 'raw result on disk',
  about:
    'Results of 500 checks, one transaction each, in the order in which they end; after a ' +
    'checkpoint the pages of the table and its index, divided by the rows.',

  run: () =>
    inFolder(async (folder) => [
      {
        what: 'raw result on disk',
        value: await bytesPerResult(join(folder, 'size.db'), RESULTS, 500),
        unit: 'bytes',
        n: RESULTS,
        budget: { at_most: 45 },
      },
    ]),
};
