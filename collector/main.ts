import { takesPosts } from '../model/configuration.ts';
import { systemClock } from '../model/time.ts';
import { PRIVATE_HOST } from '../platform/config/addresses.ts';
import { databasePath, readEnvironment } from '../platform/config/environment.ts';
import { loadConfiguration } from '../platform/config/load.ts';
import { prepareDataDirectory } from '../platform/data-directory.ts';
import { diskSpace } from '../platform/disk-space.ts';
import { startPrivateListener } from '../platform/private-listener.ts';
import { type ProcessContext, type Service, serveProcess } from '../platform/process/process.ts';
import { openSigner } from '../platform/signer.ts';
import { startExport } from '../platform/telemetry/export.ts';
import { createTelemetry } from '../platform/telemetry/telemetry.ts';
import { lineAdvice } from '../probes/line/advice.ts';
import { startLocalLine } from '../probes/line/local-line.ts';
import { SYSTEMS } from '../probes/systems/index.ts';
import { isDatabaseRefusal, storageCauseOf } from '../store/errors.ts';
import { untilStorageWorks } from '../store/patience.ts';
import { openStore } from '../store/sqlite/open.ts';
import { takePlace } from '../store/sqlite/place.ts';
import { watchDatabase } from '../store/watching.ts';
import { type Collector, startCollector } from './collector.ts';
import { callbackMappingOf } from './ingest/mapping/schema.ts';
import { createStarting } from './ingest/starting.ts';

/** The collector process: measures, judges, records and exposes metrics. */
async function start({ log, argv, env, waits, waiting }: ProcessContext): Promise<Service> {
  const environment = readEnvironment(env);
  const configuration = loadConfiguration({
    argv,
    env,
    drivers: SYSTEMS,
    callback_mapping: callbackMappingOf,
  });
  prepareDataDirectory(environment.data_dir, (problem) => log.warn({}, problem));
  const place = await takePlace({ role: 'collector', data_dir: environment.data_dir });
  const advice = lineAdvice(configuration);
  if (advice !== null) log.warn({}, advice);
  const telemetry = createTelemetry('collector');
  const exported = await startExport({
    env,
    process_name: 'collector',
    telemetry,
    clock: systemClock,
    log,
  });
  let collector: Collector | null = null;
  // The port doubles as a lock: a second collector must not write to the same database.
  const listener = await startPrivateListener({
    binding: {
      host: PRIVATE_HOST,
      port: environment.collector_port,
      variable: 'COLLECTOR_PORT',
    },
    metrics: telemetry,
    notReady: () =>
      collector ? (collector.notReady()?.detail ?? null) : (waiting()?.detail ?? 'starting'),
  });
  const answerAtStart = createStarting({
    callbacks: configuration.callbacks ?? [],
    telemetry,
    log,
  });
  const ingest = takesPosts(configuration)
    ? await (await import('../platform/fetch-listener.ts')).startListener(
        {
          host: environment.ingest_host,
          port: environment.ingest_port,
          variable: 'INGEST_PORT',
        },
        (request, connection) => collector?.ingest(request, connection) ?? answerAtStart(request),
      )
    : null;
  const path = databasePath(environment.data_dir, configuration);
  const store = await untilStorageWorks(() => openStore({ path }), waits);
  const installation = await untilStorageWorks(() => store.installation(), waits);
  const measuring = await startCollector({
    store,
    configuration,
    signer: openSigner(environment.data_dir),
    diskSpace: () => diskSpace(environment.data_dir),
    startLine: (start, events) =>
      startLocalLine({ configuration, installation, start, events, log }),
    telemetry,
    tracing: exported.tracing,
    clock: systemClock,
    log,
  });
  collector = measuring;
  return {
    ports: { private: listener.port, ...(ingest && { ingest: ingest.port }) },
    notReady: measuring.notReady,
    lost: watchDatabase(store).lost,
    async stop() {
      await measuring.stop();
      await ingest?.close();
      await exported.stop();
      await listener.close();
      await store.close();
      place.leave();
    },
  };
}

await serveProcess({
  name: 'collector',
  command: 'collector',
  start,
  isUnrecoverable: isDatabaseRefusal,
  causeOf: storageCauseOf,
});
