import { join } from 'node:path';
import type { Figure } from '../../bench/figure.ts';
import { inFolder } from '../../bench/folder.ts';
import { historySite, timeOverview } from '../../bench/overview-site.ts';
import { print } from '../../platform/console.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { sampleChecks, sampleResults } from '../store/bulk.ts';
import { HISTORY_END, writeHistory } from '../store/history.ts';
import type { SoakPart } from './part.ts';

const COMPONENTS = 100;
const RAW_RESULTS = 5_000_000;
const INTERVAL_MS = 30_000;
const CHUNK = 10_000;
const ROUNDS = 50;
/** What a machine that is busy with other things may make of a flat line. */
const FLAT_RATIO = 1.5;

export const history: SoakPart = {
  name: 'history',
  about:
    `The overview of ${COMPONENTS} components with 90 days of history, before and after ` +
    `${RAW_RESULTS.toLocaleString('en')} raw results are put behind it; medians.`,

  run: (seed) =>
    inFolder(async (folder) => {
      const path = join(folder, 'history.db');
      const store = await openStore({ path });
      await writeHistory(store, COMPONENTS);
      const configuration = historySite(COMPONENTS);
      const measure = () => timeOverview({ path, store, configuration, rounds: ROUNDS });
      const before = await measure();
      const took_s = await writeRawResults(store, seed);
      const after = await measure();
      await store.close();
      return [
        ...comparison('after a public change', before.changed_ms, after.changed_ms, 10),
        ...comparison('with nothing remembered', before.first_ms, after.first_ms, null),
        {
          what: 'raw results written',
          value: RAW_RESULTS / took_s,
          unit: '/s',
          n: RAW_RESULTS,
          budget: null,
        },
      ];
    }),
};

function comparison(
  what: string,
  before_ms: number,
  after_ms: number,
  at_most: number | null,
): Figure[] {
  const of = { n: ROUNDS, budget: null };
  return [
    { ...of, what: `overview ${what}, no raw results`, value: before_ms, unit: 'ms' },
    {
      ...of,
      what: `overview ${what}, all raw results`,
      value: after_ms,
      unit: 'ms',
      budget: at_most === null ? null : { at_most },
    },
    {
      ...of,
      what: `overview ${what}, all ÷ none`,
      value: after_ms / before_ms,
      unit: '×',
      budget: { at_most: FLAT_RATIO },
    },
  ];
}

/** The last results before the end of the history, in their order; returns the seconds it took. */
async function writeRawResults(store: Store, seed: number): Promise<number> {
  const checks = sampleChecks(COMPONENTS);
  const rounds = RAW_RESULTS / COMPONENTS;
  const chunk_rounds = CHUNK / COMPONENTS;
  const begun = performance.now();
  for (let round = 0; round < rounds; round += chunk_rounds) {
    const results = sampleResults({
      checks,
      count: CHUNK,
      first_slot_at: HISTORY_END - (rounds - round) * INTERVAL_MS,
      interval_ms: INTERVAL_MS,
      seed: seed + round,
    });
    await store.record({ results });
    if (round % (rounds / 10) === 0)
      print(`  ${(round * COMPONENTS).toLocaleString('en')} written`);
  }
  return (performance.now() - begun) / 1_000;
}
