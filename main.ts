import { CHANNELS } from './channels/index.ts';
import type { Configuration } from './model/configuration.ts';
import type { Log } from './model/ports.ts';
import { systemClock } from './model/time.ts';
import {
  databasePath,
  originOf,
  PRIVATE_HOST,
  type ProcessEnvironment,
} from './platform/config/environment.ts';
import { loadConfiguration } from './platform/config/load.ts';
import { announce, announceAdminToken } from './platform/process/announcement.ts';
import { checkPortsFree, prepareDataFolder } from './platform/process/preflight.ts';
import { type ProcessContext, type Service, serveProcess } from './platform/process/process.ts';
import { bindingsOf, program } from './platform/process/programs.ts';
import { createSupervisor, type Supervisor } from './platform/process/supervisor.ts';
import { UnrecoverableError } from './platform/unrecoverable.ts';
import { SYSTEMS } from './probes/systems/index.ts';
import { isDatabaseRefusal } from './store/errors.ts';
import { openStore } from './store/sqlite/open.ts';

/**
 * Piaokuang on one machine: sees whether everything is in order, then starts the collector, the
 * page and the notifier (and the simulators of the demo), keeps them running and stops them
 * together. Nothing is started unless all is well.
 */
async function start({ log, environment, argv, env }: ProcessContext): Promise<Service> {
  const configuration = loadConfiguration({
    argv,
    env,
    drivers: SYSTEMS,
    channels: CHANNELS,
    notifier: true,
  });
  const demo = configuration.demo ? await import('./demo/index.ts') : null;
  const context: MainContext = { configuration, environment, argv, demo, log };
  prepareDataFolder(environment.data_dir);
  await checkPortsFree(bindingsOf(environment, configuration));
  await prepareDatabase(context);

  const supervisor = createSupervisor(log, systemClock);
  void startChildren(supervisor, context);
  return {
    ports: {},
    stop: supervisor.stop,
    broken: supervisor.unrecoverable.then(
      (child) =>
        new UnrecoverableError(`The ${child} cannot work here, so everything was stopped.`),
    ),
  };
}

interface MainContext {
  configuration: Configuration;
  environment: ProcessEnvironment;
  argv: readonly string[];
  /** Loaded for the demo only. */
  demo: typeof import('./demo/index.ts') | null;
  log: Log;
}

/**
 * Creates or migrates the database, so that no child finds it half made; refuses one it cannot use.
 */
async function prepareDatabase(context: MainContext): Promise<void> {
  const { configuration, environment, demo, log } = context;
  const store = await openStore({ path: databasePath(environment.data_dir, configuration) });
  await demo?.seedHistory({ store, configuration, clock: systemClock, log });
  const token = await store.ensureAdminToken();
  if (token !== null) announceAdminToken(token);
  await store.close();
}

async function startChildren(supervisor: Supervisor, context: MainContext): Promise<void> {
  const { environment, argv, demo, log } = context;
  const simulator_url = demo && (await startSimulators(supervisor));
  const variables = simulator_url === null ? {} : { SIMULATOR_URL: simulator_url };
  const [collector, page, notifier] = await Promise.all([
    supervisor.start(program('collector', argv, variables)),
    supervisor.start(program('page', argv, variables)),
    supervisor.start(program('notifier', argv, variables)),
  ]);
  const { host, ingest_host, demo_drill: with_drill } = environment;
  const ingest_url = collector.ingest ? originOf(ingest_host, collector.ingest) : null;
  announce({ host, page, collector, notifier, ingest_url, simulator_url });
  if (simulator_url === null) return;
  await demo?.playDemo({ simulator_url, ingest_url, with_drill, clock: systemClock, log });
}

/** Starts the simulated systems and returns their address. */
async function startSimulators(supervisor: Supervisor): Promise<string> {
  const { simulators } = await supervisor.start(program('simulators', [], {}));
  return `http://${PRIVATE_HOST}:${simulators}`;
}

await serveProcess({ name: 'main', start, isUnrecoverable: isDatabaseRefusal });
