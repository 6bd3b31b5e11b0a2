import { once } from 'node:events';
import { CHANNELS } from '../../channels/index.ts';
import { systemClock } from '../../model/time.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { historyQuery, readQuery } from '../../status-page/api/v1/history/query.ts';
import { historyText } from '../../status-page/api/v1/history/text.ts';
import { DatabaseNotReady, isDatabaseRefusal } from '../../store/errors.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { readArguments, usageOf } from '../arguments.ts';
import { databasePath, readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';

/**
 * `npm run history`: prints what was measured, as `GET /api/v1/history` answers it, as JSON or CSV
 * (`--csv`). Reads only, also while the product runs. Exit code 2 if an argument is wrong or the
 * database cannot be read.
 */
async function main(args: readonly string[]): Promise<void> {
  keepFilesPrivate();
  const { flags, configuration: argv } = readArguments('history', args);
  const { config: _, csv, ...asked } = flags;
  const configuration = loadConfiguration({
    argv,
    env: process.env,
    drivers: SYSTEMS,
    channels: CHANNELS,
  });
  const given = historyQuery.safeParse({ ...asked, format: csv ? 'csv' : 'json' });
  if (!given.success)
    throw wrong(given.error.issues.map((it) => `--${it.path.join('.')}: ${it.message}`));
  const read = readQuery(given.data, configuration, systemClock.now());
  if ('errors' in read)
    throw wrong(read.errors.map(({ parameter, detail }) => `--${parameter}: ${detail}`));
  const { data_dir } = readEnvironment(process.env);
  const reader = await openStoreReader({ path: databasePath(data_dir, configuration) });
  try {
    const parts = { reader, configuration, clock: systemClock };
    const text = historyText({ ...parts, inTurn: (read_now) => read_now() }, read.query);
    for await (const piece of text)
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  } finally {
    await reader.close();
  }
}

function wrong(problems: readonly string[]): UnrecoverableError {
  return new UnrecoverableError([...problems, usageOf('history')].join('\n'));
}

/** Who takes only the beginning (`| head`) has seen enough. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  const is_told =
    error instanceof UnrecoverableError ||
    error instanceof DatabaseNotReady ||
    isDatabaseRefusal(error);
  if (!is_told) throw error;
  print((error as Error).message);
  process.exitCode = EXIT_UNRECOVERABLE;
}
