import { join } from 'node:path';
import { inFolder } from '../../bench/folder.ts';
import { timeCsv } from '../../bench/history-csv.ts';
import { historySite, timeOverview } from '../../bench/overview-site.ts';
import { DAY } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { writeHistory, writeYear } from './history.ts';
import { writeRawResults } from './raw-results.ts';

export const COMPONENTS = 100;
const YEAR = 366 * DAY;

interface Wanted {
  raw_results: number;
  seed: number;
  /** Of the overview; the CSV, which takes longer, has a tenth. */
  rounds: number;
  told?(written: number): void;
}

/**
 * Times the overview of a site with 90 days of history before and after raw results are put behind
 * it, and with them the CSV of a year of one component.
 */
export function measureHistory({ raw_results, seed, rounds, told }: Wanted) {
  return inFolder(async (folder) => {
    const path = join(folder, 'history.db');
    const store = await openStore({ path });
    await writeYear(store);
    await writeHistory(store, COMPONENTS);
    const site = historySite(COMPONENTS);
    const retention = { ...site.retention, results_ms: YEAR, hourly_ms: YEAR };
    const configuration = { ...site, retention };
    const overview = () => timeOverview({ path, store, configuration, rounds });
    const before = await overview();
    const written = { count: raw_results, components: COMPONENTS, seed };
    const took_s = await writeRawResults(store, { ...written, ...(told && { told }) });
    const after = await overview();
    await store.close();
    const csv = { path, configuration, rounds: Math.ceil(rounds / 10) };
    return {
      overview: { before, after },
      csv: {
        days: await timeCsv(csv, { kind: 'figures', grain: 'day' }),
        hours: await timeCsv(csv, { kind: 'figures', grain: 'hour' }),
        states: await timeCsv(csv, { kind: 'states', grain: 'day' }),
        results: await timeCsv({ ...csv, rounds: 1 }, { kind: 'results', grain: 'day' }),
      },
      written_per_s: raw_results / took_s,
    };
  });
}
