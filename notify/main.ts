import { systemClock } from '../platform/clock.ts';
import { databasePath, mailboxFolder, PRIVATE_HOST } from '../platform/config/environment.ts';
import { loadConfiguration } from '../platform/config/load.ts';
import { startPrivateListener } from '../platform/listener.ts';
import { type Beginning, type Service, serveProcess } from '../platform/process.ts';
import { openSigner } from '../platform/signer.ts';
import { startExport } from '../platform/telemetry/export.ts';
import { createTelemetry } from '../platform/telemetry/telemetry.ts';
import { isDatabaseRefusal } from '../store/errors.ts';
import { openStore } from '../store/sqlite/open.ts';
import { createAddressees } from './addressees.ts';
import { createChannelHealth } from './channel-health.ts';
import { createChannels } from './channels/index.ts';
import { createDispatcher } from './dispatcher.ts';
import { createGauges } from './gauges.ts';
import { randomId } from './ids.ts';
import { startPolling } from './poll.ts';
import { createRender } from './rendering/render.ts';

/** The notifier: tells people what the collector found worth telling. */

const POLL_PAUSE_MS = 500;
const COUNT_PAUSE_MS = 5_000;

async function start({ log, surroundings, argv, env }: Beginning): Promise<Service> {
  const configuration = loadConfiguration({ argv, env, notifier: true });
  const telemetry = createTelemetry('notifier');
  const exported = await startExport({
    env,
    process_name: 'notifier',
    telemetry,
    clock: systemClock,
    log,
  });
  const store = await openStore({ path: databasePath(surroundings.data_dir, configuration) });
  const signer = openSigner(surroundings.data_dir);
  const { page, notify } = configuration;
  const channels = createChannels({
    configuration,
    render: createRender({ configuration, signer }),
    mailbox: mailboxFolder(surroundings.data_dir),
    clock: systemClock,
    log,
  });
  const dispatch = createDispatcher({
    store,
    channels,
    addressees: createAddressees({
      store,
      operators: notify.operators,
      public_url: page.public_url,
      signer,
    }),
    health: createChannelHealth({ store, clock: systemClock, newId: randomId }),
    clock: systemClock,
    log,
    telemetry,
  });
  const countWaiting = createGauges({
    store,
    channels: Object.keys(channels),
    clock: systemClock,
    telemetry,
  });
  const polling = startPolling({
    work: dispatch,
    pause_ms: POLL_PAUSE_MS,
    clock: systemClock,
    log,
  });
  const counting = startPolling({
    work: countWaiting,
    pause_ms: COUNT_PAUSE_MS,
    clock: systemClock,
    log,
  });
  const listener = await startPrivateListener({
    binding: { host: PRIVATE_HOST, port: surroundings.notify_port, variable: 'NOTIFY_PORT' },
    metrics: telemetry,
    notReady: polling.problem,
  });
  return {
    ports: { private: listener.port },
    async stop() {
      await Promise.all([polling.stop(), counting.stop()]);
      await exported.stop();
      await listener.close();
      await store.close();
    },
  };
}

await serveProcess({ name: 'notifier', start, isUnusable: isDatabaseRefusal });
