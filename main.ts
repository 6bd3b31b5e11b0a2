import { systemClock } from './model/time.ts';
import { originOf, PRIVATE_HOST } from './platform/config/environment.ts';
import { announce } from './platform/process/announcement.ts';
import { prepareStart } from './platform/process/preparation.ts';
import { type ProcessContext, type Service, serveProcess } from './platform/process/process.ts';
import { program } from './platform/process/programs.ts';
import { createSupervisor, type Supervisor } from './platform/process/supervisor.ts';
import { UnrecoverableError } from './platform/unrecoverable.ts';

/**
 * Piaokuang on one machine: has everything looked at and the database made, then starts the
 * collector, the page and the notifier (and the simulators of the demo), keeps them running and
 * stops them together. Nothing is started unless all is well. Loads nothing that measures, judges
 * or serves: its memory is paid for as long as it runs.
 */
async function start(context: ProcessContext): Promise<Service> {
  const prepared = await prepareStart(context.argv);
  const demo = prepared.demo ? await import('./demo/index.ts') : null;

  const supervisor = createSupervisor(context.log, systemClock);
  void startChildren(supervisor, demo, context);
  return {
    ports: {},
    stop: supervisor.stop,
    broken: supervisor.unrecoverable.then(
      (child) =>
        new UnrecoverableError(`The ${child} cannot work here, so everything was stopped.`),
    ),
  };
}

async function startChildren(
  supervisor: Supervisor,
  demo: typeof import('./demo/index.ts') | null,
  { environment, argv, log }: ProcessContext,
): Promise<void> {
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

await serveProcess({ name: 'main', start });
