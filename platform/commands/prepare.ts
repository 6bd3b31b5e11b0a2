import { CHANNELS } from '../../channels/index.ts';
import { callbackMappingOf } from '../../collector/ingest/mapping/schema.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Log } from '../../model/ports.ts';
import type { NotReady } from '../../model/process-trouble.ts';
import { basePath } from '../../model/site-address.ts';
import { systemClock } from '../../model/time.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { isDatabaseRefusal } from '../../store/errors.ts';
import { untilStorageWorks } from '../../store/patience.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { expectUnused, takePlace } from '../../store/sqlite/place.ts';
import { storeErrorFrom } from '../../store/sqlite/refusals.ts';
import { databasePath, readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate, prepareDataDirectory } from '../data-directory.ts';
import { createLog } from '../log.ts';
import { printAdminToken } from '../process/announcement.ts';
import { checkPortsFree } from '../process/preflight.ts';
import type { Preparation } from '../process/preparation.ts';
import { bindingsOf } from '../process/programs.ts';
import { openSigner } from '../signer.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';

/**
 * The start-up phase of main.ts, in a process of its own whose memory is freed: validates
 * configuration, data directory and ports, and creates the database.
 */
async function main(argv: readonly string[], log: Log): Promise<Preparation> {
  keepFilesPrivate();
  const environment = readEnvironment(process.env);
  const configuration = loadConfiguration({
    argv,
    env: process.env,
    drivers: SYSTEMS,
    callback_mapping: callbackMappingOf,
    channels: CHANNELS,
    notifier: true,
  });
  const { data_dir } = environment;
  const path = databasePath(data_dir, configuration);
  const untilDone = createPatience(path);
  await untilDone(() => prepareDataDirectory(data_dir, print));
  // Before the ports: of another installation, both are taken.
  await expectUnused({ data_dir });
  // Nothing is restored while the database is prepared.
  const place = await takePlace({ role: 'collector', data_dir });
  await untilDone(() => void openSigner(data_dir));
  await checkPortsFree(bindingsOf(environment, configuration));
  await untilDone(() => prepareDatabase(path, configuration, log));
  place.leave();
  const base_path = basePath(configuration.page.public_url);
  return { demo: configuration.demo, base_path, environment };
}

/** Creates or migrates the database before any process opens it; refuses one it cannot use. */
async function prepareDatabase(
  path: string,
  configuration: Configuration,
  log: Log,
): Promise<void> {
  const store = await openStore({ path });
  try {
    if (configuration.demo) {
      const { seedHistory } = await import('../../demo/history/seed.ts');
      await seedHistory({ store, configuration, clock: systemClock, log });
    }
    await store.installation();
    const token = await store.ensureAdminToken();
    if (token !== null) printAdminToken(token);
  } finally {
    await store.close();
  }
}

/** Repeats a step while the disk of the database is full, or the database locked. */
function createPatience(path: string): (step: () => void | Promise<void>) => Promise<void> {
  const waits = createWaits();
  return (step) =>
    untilStorageWorks(async () => {
      try {
        await step();
      } catch (error) {
        throw storeErrorFrom(error, path);
      }
    }, waits);
}

/** Says once what the start waits for. */
function createWaits(): (why: NotReady | null) => void {
  let said: string | null = null;
  return (why) => {
    if (why !== null && why.detail !== said) print(`The start waits: ${why.detail}`);
    said = why?.detail ?? null;
  };
}

const log = createLog('main', { level: readEnvironment(process.env).log_level });
// The parent is gone; the next start repeats unfinished work.
if (process.connected === false) process.exit(1);
process.once('disconnect', () => process.exit(1));
try {
  process.send?.(await main(process.argv.slice(2), log));
  process.removeAllListeners('disconnect');
  process.disconnect?.();
} catch (err) {
  if (err instanceof UnrecoverableError || isDatabaseRefusal(err)) {
    print((err as Error).message);
    process.exit(EXIT_UNRECOVERABLE);
  }
  log.error({ err }, 'preparation failed');
  print(`The start failed: ${err instanceof Error ? err.message : String(err)}`);
  process.exit(1);
}
