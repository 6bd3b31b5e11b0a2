import type { LedgerDifference } from '../../collector/replay/differences.ts';
import { replayLedger } from '../../collector/replay/replay.ts';
import { siteOf } from '../../collector/state/site.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { isDatabaseRefusal } from '../../store/errors.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { databasePath, readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';
import { textTable } from './text-table.ts';

/** Results may be pruned while they are read. */
const MARGIN_MS = HOUR;
/** What is measured now may yet decide states since then. */
const SETTLES_MS = 10 * MINUTE;

/**
 * `npm run replay [-- --config FILE]`: judges the kept results again and prints where the ledger
 * says something else. Exit code 0 when nothing differs, 1 when something does, 2 when the
 * configuration or the database cannot be read. Reads only; the product may run meanwhile.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const { data_dir } = readEnvironment(process.env);
  const configuration = loadConfiguration({ argv, env: process.env, drivers: SYSTEMS });
  const store = await openStoreReader({ path: databasePath(data_dir, configuration) });
  try {
    const to = (await store.heartbeat()) ?? 0;
    const from = to - configuration.retention.results_ms + MARGIN_MS;
    const site = siteOf(configuration);
    const pause = async () => {};
    const compare_until = to - SETTLES_MS;
    const found = await replayLedger({ store, site, from, to, compare_until, pause });
    const span = [found.from, found.to].map(written).join(' to ');
    if (found.differences.length === 0) {
      print(found.from < found.to ? `Nothing differs: ${span}.` : `Too little is kept: ${NEEDS}.`);
      return 0;
    }
    print(`The ledger differs from what the results say, from ${span}:`);
    const columns = ['component', 'from', 'to', 'recorded', 'derived'];
    process.stdout.write(`${textTable(columns, found.differences.map(cells))}\n`);
    return 1;
  } finally {
    await store.close();
  }
}

const NEEDS = `nothing is compared in the first ${DAY / HOUR} hours of what is kept`;

function cells({ component, from, to, recorded, derived }: LedgerDifference): string[] {
  return [component, written(from), written(to), recorded, derived];
}

function written(at: number): string {
  return new Date(at).toISOString();
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UnrecoverableError) && !isDatabaseRefusal(error)) throw error;
  print((error as Error).message);
  process.exitCode = EXIT_UNRECOVERABLE;
}
