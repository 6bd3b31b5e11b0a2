import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openMailbox } from '../channels/email/mailbox.ts';
import { CHANNELS } from '../channels/index.ts';
import { basePath } from '../model/site-address.ts';
import { systemClock } from '../model/time.ts';
import { PRIVATE_HOST } from '../platform/config/addresses.ts';
import { databasePath, readEnvironment } from '../platform/config/environment.ts';
import { loadConfiguration } from '../platform/config/load.ts';
import { prepareDataDirectory } from '../platform/data-directory.ts';
import { closeServer, listen } from '../platform/listener.ts';
import { startPrivateListener } from '../platform/private-listener.ts';
import { type ProcessContext, type Service, serveProcess } from '../platform/process/process.ts';
import { openSigner } from '../platform/signer.ts';
import { startExport } from '../platform/telemetry/export.ts';
import { createTelemetry } from '../platform/telemetry/telemetry.ts';
import {
  DatabaseNotReady,
  isDatabaseRefusal,
  notReadyBecause,
  storageCauseOf,
} from '../store/errors.ts';
import { untilStorageWorks } from '../store/patience.ts';
import { openStore, openStoreReader } from '../store/sqlite/open.ts';
import type { StoreReader } from '../store/store.ts';
import { watchDatabase } from '../store/watching.ts';
import { createDrills } from './demo/drills.ts';
import { loadAssets, WebPartStale } from './serve/assets.ts';
import { watchFreshness } from './serve/freshness.ts';
import { startTestWrites } from './serve/test-writes.ts';
import { createStatusPage } from './status-page.ts';

/**
 * The page process: reads the database, publishes and serves; writes only input of readers and
 * administrators.
 */

const WEB = fileURLToPath(new URL('../dist/web', import.meta.url));
const DATABASE_RETRY_MS = 200;

async function start(context: ProcessContext): Promise<Service> {
  const { log, argv, env, waits } = context;
  const environment = readEnvironment(env);
  const configuration = loadConfiguration({ argv, env, channels: CHANNELS });
  prepareDataDirectory(environment.data_dir, (problem) => log.warn({}, problem));
  const path = databasePath(environment.data_dir, configuration);
  const reader = await untilStorageWorks(() => waitForDatabase(path, waits), waits);
  const store = await untilStorageWorks(() => openStore({ path }), waits);
  const telemetry = createTelemetry('page');
  const exported = await startExport({
    env,
    process_name: 'page',
    telemetry,
    clock: systemClock,
    log,
  });
  const { public_url } = configuration.page;
  const published_as = await untilStorageWorks(() => store.publishedAs(public_url), waits);
  const page = createStatusPage({
    reader,
    store,
    signer: openSigner(environment.data_dir),
    configuration,
    processTroubles: context.troubles,
    assets: await loadAssets(WEB, basePath(public_url)),
    published_as,
    demo: configuration.demo
      ? {
          drills: createDrills({ systems: configuration.systems, clock: systemClock }),
          mailbox: openMailbox(environment.data_dir),
        }
      : null,
    clock: systemClock,
    telemetry,
    log,
  });
  const freshness = watchFreshness({ reader, clock: systemClock, log });
  const writes = startTestWrites({ store, clock: systemClock, log });
  const notReady = () => page.notReady() ?? writes.notReady();
  const { host, port } = environment;
  const public_port = await listen(page.server, { host, port, variable: 'PORT' });
  const listener = await startPrivateListener({
    binding: {
      host: PRIVATE_HOST,
      port: environment.page_private_port,
      variable: 'PAGE_PRIVATE_PORT',
    },
    metrics: telemetry,
    // That nothing is recorded is the collector's trouble, which the supervisor hears from it.
    notReady: () => notReady()?.detail ?? freshness.problem(),
  });
  await page.published;
  return {
    ports: { page: public_port, private: listener.port },
    notReady,
    lost: watchDatabase(store).lost,
    async stop() {
      freshness.stop();
      writes.stop();
      await page.stop();
      await closeServer(page.server);
      await exported.stop();
      await listener.close();
      await store.close();
      await reader.close();
    },
  };
}

/** Waits until the collector has created and migrated the database. */
async function waitForDatabase(path: string, waits: ProcessContext['waits']): Promise<StoreReader> {
  for (;;) {
    try {
      return await openStoreReader({ path });
    } catch (error) {
      if (!(error instanceof DatabaseNotReady)) throw error;
      waits(notReadyBecause(error));
      await setTimeout(DATABASE_RETRY_MS);
    }
  }
}

const isUnrecoverable = (error: unknown) =>
  error instanceof WebPartStale || isDatabaseRefusal(error);

await serveProcess({
  name: 'page',
  command: 'page',
  start,
  isUnrecoverable,
  causeOf: storageCauseOf,
});
