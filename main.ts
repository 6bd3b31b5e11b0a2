import { systemClock } from './model/time.ts';
import { originOf, PRIVATE_HOST } from './platform/config/addresses.ts';
import { print } from './platform/console.ts';
import { printStartup } from './platform/process/announcement.ts';
import { type Preparation, prepareStart } from './platform/process/preparation.ts';
import { type ProcessContext, type Service, serveProcess } from './platform/process/process.ts';
import { program } from './platform/process/programs.ts';
import { createSupervisor, type Supervisor } from './platform/process/supervisor.ts';
import { UnrecoverableError } from './platform/unrecoverable.ts';

/**
 * Runs Piaokuang on one machine: validates the settings and creates the database, then starts the
 * collector, the page and the notifier (and the simulators of the demo), supervises them and stops
 * them together. Loads no code that measures, judges or serves, because its memory stays in use for
 * as long as it runs.
 */
async function start(context: ProcessContext): Promise<Service> {
  const prepared = await prepareStart(context.argv);
  const demo = prepared.demo ? await import('./demo/index.ts') : null;

  const supervisor = createSupervisor({ log: context.log, clock: systemClock, tell: print });
  void startChildren(supervisor, { prepared, demo, context });
  return {
    ports: {},
    stop: supervisor.stop,
    broken: supervisor.unrecoverable.then(
      ({ process, why }) =>
        new UnrecoverableError(`All processes were stopped, because of the ${process}: ${why}`),
    ),
  };
}

interface Children {
  prepared: Preparation;
  /** null outside the demo. */
  demo: typeof import('./demo/index.ts') | null;
  context: ProcessContext;
}

async function startChildren(
  supervisor: Supervisor,
  { prepared, demo, context }: Children,
): Promise<void> {
  const { argv, log } = context;
  const simulator_url = demo && (await startSimulators(supervisor));
  const variables = simulator_url === null ? {} : { SIMULATOR_URL: simulator_url };
  const [collector, page, notifier] = await Promise.all([
    supervisor.start(program('collector', argv, variables)),
    supervisor.start(program('page', argv, variables)),
    supervisor.start(program('notifier', argv, variables)),
  ]);
  const { base_path, environment } = prepared;
  const { host, ingest_host, demo_drill: with_drill } = environment;
  const ingest_url = collector.ingest ? originOf(ingest_host, collector.ingest) : null;
  printStartup({ host, base_path, page, collector, notifier, ingest_url, simulator_url });
  if (simulator_url === null) return;
  await demo?.startDemo({ simulator_url, ingest_url, with_drill, clock: systemClock, log });
}

/** Starts the simulated systems and returns their base URL. */
async function startSimulators(supervisor: Supervisor): Promise<string> {
  const { simulators } = await supervisor.start(program('simulators', [], {}));
  return `http://${PRIVATE_HOST}:${simulators}`;
}

await serveProcess({ name: 'main', command: 'start', start });
