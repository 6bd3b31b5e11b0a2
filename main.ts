import { join } from 'node:path';
import { CHANNELS } from './channels/index.ts';
import { planDemoDrill } from './demo/drill.ts';
import { startErpFeed } from './demo/erp-feed.ts';
import { seedHistory } from './demo/history.ts';
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
import { print } from './platform/console.ts';
import type { Binding } from './platform/listener.ts';
import { checkPortsFree, prepareDataFolder } from './platform/process/preflight.ts';
import { type ProcessContext, type Service, serveProcess } from './platform/process/process.ts';
import {
  type ChildProgram,
  createSupervisor,
  type Supervisor,
} from './platform/process/supervisor.ts';
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
  prepareDataFolder(environment.data_dir);
  await checkPortsFree(bindings(environment, configuration));
  await prepareDatabase({ configuration, environment, log });

  const supervisor = createSupervisor(log, systemClock);
  void startChildren({ configuration, environment, supervisor, argv, log });
  return {
    ports: {},
    stop: supervisor.stop,
    broken: supervisor.unrecoverable.then(
      (child) =>
        new UnrecoverableError(`The ${child} cannot work here, so everything was stopped.`),
    ),
  };
}

function bindings(set: ProcessEnvironment, { demo, ingest }: Configuration): Binding[] {
  return [
    { host: set.host, port: set.port, variable: 'PORT' },
    { host: PRIVATE_HOST, port: set.collector_port, variable: 'COLLECTOR_PORT' },
    { host: PRIVATE_HOST, port: set.page_private_port, variable: 'PAGE_PRIVATE_PORT' },
    { host: PRIVATE_HOST, port: set.notify_port, variable: 'NOTIFY_PORT' },
    ...(ingest.length > 0
      ? [{ host: set.ingest_host, port: set.ingest_port, variable: 'INGEST_PORT' }]
      : []),
    ...(demo ? [{ host: PRIVATE_HOST, port: set.simulator_port, variable: 'SIMULATOR_PORT' }] : []),
  ];
}

/**
 * Creates or migrates the database, so that no child finds it half made; refuses one it cannot use.
 */
async function prepareDatabase({
  configuration,
  environment,
  log,
}: {
  configuration: Configuration;
  environment: ProcessEnvironment;
  log: Log;
}): Promise<void> {
  const store = await openStore({ path: databasePath(environment.data_dir, configuration) });
  if (configuration.demo) await seedHistory({ store, configuration, clock: systemClock, log });
  tellAdminToken(await store.ensureAdminToken());
  await store.close();
}

/** Said as soon as it is made, because only its hash is kept. */
function tellAdminToken(token: string | null): void {
  if (token === null) return;
  const lines = [
    "Administrator's token, shown this once; keep it, or make a new one by npm run admin-token:",
    token,
  ];
  print(`\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

/** Each process, and the variables of the ports it reports. */
const PROGRAMS = {
  simulators: { module: 'simulators/main.ts', port_variables: { simulators: 'SIMULATOR_PORT' } },
  collector: {
    module: 'collector/main.ts',
    port_variables: { private: 'COLLECTOR_PORT', ingest: 'INGEST_PORT' },
  },
  page: {
    module: 'status-page/main.ts',
    port_variables: { page: 'PORT', private: 'PAGE_PRIVATE_PORT' },
  },
  notifier: { module: 'notify/main.ts', port_variables: { private: 'NOTIFY_PORT' } },
} as const;

async function startChildren({
  configuration: { demo },
  environment,
  supervisor,
  argv,
  log,
}: {
  configuration: Configuration;
  environment: ProcessEnvironment;
  supervisor: Supervisor;
  argv: readonly string[];
  log: Log;
}): Promise<void> {
  const simulator_url = demo ? await startSimulators(supervisor) : null;
  const variables = simulator_url === null ? {} : { SIMULATOR_URL: simulator_url };
  const [collector, page, notifier] = await Promise.all([
    supervisor.start(child('collector', argv, variables)),
    supervisor.start(child('page', argv, variables)),
    supervisor.start(child('notifier', argv, variables)),
  ]);
  const ingest_url = collector.ingest ? originOf(environment.ingest_host, collector.ingest) : null;
  announce({ collector, page, notifier, simulator_url, ingest_url, host: environment.host });
  if (simulator_url !== null && ingest_url !== null)
    startErpFeed({ simulator_url, ingest_url, log });
  if (simulator_url !== null && environment.demo_drill) {
    await planDemoDrill({ simulator_url, clock: systemClock, log });
  }
}

/** Starts the simulated systems and returns their address. */
async function startSimulators(supervisor: Supervisor): Promise<string> {
  const { simulators } = await supervisor.start(child('simulators', [], {}));
  return `http://${PRIVATE_HOST}:${simulators}`;
}

function child(
  name: keyof typeof PROGRAMS,
  args: readonly string[],
  variables: Record<string, string>,
): ChildProgram {
  const { module, port_variables } = PROGRAMS[name];
  return {
    name,
    module: join(import.meta.dirname, module),
    args,
    variables: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...variables },
    port_variables,
  };
}

/** Compiled code is kept from start to start, which saves a moment each time. */
const COMPILE_CACHE = join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Says to people where to look. */
function announce({
  collector,
  page,
  notifier,
  simulator_url,
  ingest_url,
  host,
}: {
  collector: Record<string, number>;
  page: Record<string, number>;
  notifier: Record<string, number>;
  simulator_url: string | null;
  ingest_url: string | null;
  host: string;
}): void {
  const metrics = [collector, page, notifier].map(
    (ports) => `${originOf(PRIVATE_HOST, ports.private ?? 0)}/metrics`,
  );
  const demo = simulator_url === null ? '' : ' (demo: the systems are simulated)';
  const drills = `${simulator_url}/pinduoduo/drills  ${simulator_url}/beijing/drills`;
  const lines = [
    `Piaokuang 票况${demo}`,
    `page     ${originOf(host, page.page ?? 0)}/`,
    `admin    ${originOf(host, page.page ?? 0)}/admin`,
    `metrics  ${metrics.join('  ')}`,
    ...(ingest_url === null ? [] : [`events   ${ingest_url}/ingest/events`]),
    ...(simulator_url === null ? [] : [`drills   ${drills}`]),
    'stop     Ctrl-C',
  ];
  print(`\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

await serveProcess({ name: 'main', start, isUnrecoverable: isDatabaseRefusal });
