import { join } from 'node:path';
import { openStore } from '../store/sqlite/open.ts';
import { writeHistory } from '../test/store/history.ts';
import type { Benchmark } from './benchmark.ts';
import { inFolder } from './folder.ts';
import { historySite, timeOverview } from './overview-site.ts';

const COMPONENTS = 100;
const ROUNDS = 50;

export const overview: Benchmark = {
  name: 'overview',
  about:
    `Reading and building the overview of ${COMPONENTS} components with 90 days of history ` +
    'each; medians.',

  run: () =>
    inFolder(async (folder) => {
      const path = join(folder, 'overview.db');
      const store = await openStore({ path });
      await writeHistory(store, COMPONENTS);
      const configuration = historySite(COMPONENTS);
      const took = await timeOverview({ path, store, configuration, rounds: ROUNDS });
      await store.close();
      const of = { unit: 'ms', n: ROUNDS };
      return [
        {
          ...of,
          what: 'overview after a public change',
          value: took.changed_ms,
          budget: { at_most: 5 },
        },
        { ...of, what: 'overview with nothing remembered', value: took.first_ms, budget: null },
      ];
    }),
};
