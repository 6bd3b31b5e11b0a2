import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { CHANNELS } from '../../channels/index.ts';
import { systemClock } from '../../model/time.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { historyQuery, readQuery } from '../../status-page/api/v1/history/query.ts';
import { historyText } from '../../status-page/api/v1/history/text.ts';
import { DatabaseNotReady, isDatabaseRefusal } from '../../store/errors.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { databasePath, readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';

const USAGE =
  'Usage: npm run history -- [--config FILE] [--component ID] [--from DATE] [--to DATE]\n' +
  '  [--kind figures|states|results] [--grain minute|hour|day|month|year] [--csv]';

/**
 * `npm run history`: prints what was measured, as `GET /api/v1/history` answers it, as JSON or CSV
 * (`--csv`). Reads only, also while the product runs. Exit code 2 if an argument is wrong or the
 * database cannot be read.
 */
async function main(args: readonly string[]): Promise<void> {
  keepFilesPrivate();
  const { config, csv, ...asked } = argumentsOf(args);
  const configuration = loadConfiguration({
    argv: config === undefined ? [] : ['--config', config],
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

function argumentsOf(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { config: text, component: text, from: text, to: text, kind: text, grain: text };
  try {
    return parseArgs({ args: [...args], options: { ...options, csv: { type: 'boolean' } } }).values;
  } catch (error) {
    throw wrong([error instanceof Error ? error.message : String(error)]);
  }
}

function wrong(problems: readonly string[]): UnrecoverableError {
  return new UnrecoverableError([...problems, USAGE].join('\n'));
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
