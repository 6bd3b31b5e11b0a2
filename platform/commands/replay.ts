import type { LedgerDifference } from '../../collector/replay/differences.ts';
import { replayKept } from '../../collector/replay/kept.ts';
import { LEARNS_FOR_MS } from '../../collector/resuming/results.ts';
import { siteOf } from '../../collector/state/site.ts';
import { HOUR } from '../../model/time.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { isDatabaseRefusal } from '../../store/errors.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { readArguments } from '../arguments.ts';
import { databasePath, readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';
import { textTable } from './text-table.ts';

/**
 * `npm run replay [-- --config FILE]`: judges the kept results again and prints where the ledger
 * says something else. Exit code 0 when nothing differs, 1 when something does, 2 when the
 * configuration or the database cannot be read, or others judged last. Reads only; the product may
 * run meanwhile.
 */
async function main(argv: readonly string[]): Promise<number> {
  const { configuration: file } = readArguments('replay', argv);
  keepFilesPrivate();
  const { data_dir } = readEnvironment(process.env);
  const configuration = loadConfiguration({ argv: file, env: process.env, drivers: SYSTEMS });
  const store = await openStoreReader({ path: databasePath(data_dir, configuration) });
  try {
    const { retention } = configuration;
    const pause = async () => {};
    const found = await replayKept({ store, site: siteOf(configuration), retention, pause });
    if (found === null) {
      print('Nothing was compared: the collector ran last with other checks, policies or rules.');
      return EXIT_UNRECOVERABLE;
    }
    if (found.from >= found.to) {
      print(`Too little is kept: ${NEEDS}.`);
      return 0;
    }
    const span = [found.from, found.to].map(written).join(' to ');
    if (found.differences.length === 0) {
      print(`Nothing differs: ${span}.`);
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

const LEARNS_FOR_H = LEARNS_FOR_MS / HOUR;
const NEEDS =
  `nothing is compared in the first ${LEARNS_FOR_H} hours of what is kept, ` +
  `and for ${LEARNS_FOR_H} hours after checks, policies or rules have changed`;

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
