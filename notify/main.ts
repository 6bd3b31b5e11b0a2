import { CHANNELS } from '../channels/index.ts';
import { randomId } from '../model/ids.ts';
import { SECOND, systemClock } from '../model/time.ts';
import { PRIVATE_HOST } from '../platform/config/addresses.ts';
import { databasePath, readEnvironment } from '../platform/config/environment.ts';
import { loadConfiguration } from '../platform/config/load.ts';
import { prepareDataDirectory } from '../platform/data-directory.ts';
import { startPrivateListener } from '../platform/private-listener.ts';
import { type ProcessContext, type Service, serveProcess } from '../platform/process/process.ts';
import { openSigner } from '../platform/signer.ts';
import { startExport } from '../platform/telemetry/export.ts';
import { createTelemetry } from '../platform/telemetry/telemetry.ts';
import { isDatabaseRefusal } from '../store/errors.ts';
import { openStore } from '../store/sqlite/open.ts';
import { watchDatabase } from '../store/watching.ts';
import { createChannelHealth } from './channel-health.ts';
import { createDirectAlerts } from './direct-alerts.ts';
import { createDispatcher } from './dispatcher.ts';
import { createGauges } from './gauges.ts';
import { startPolling } from './poll.ts';
import { createRecipients } from './recipients.ts';
import { createRender } from './rendering/render.ts';
import { openSenders } from './senders.ts';

/** The notifier process: sends the notices written by the collector and the page. */

const POLL_PAUSE_MS = 500;
const GAUGES_PAUSE_MS = 5 * SECOND;
const DIRECT_PAUSE_MS = 5 * SECOND;

async function start({ log, argv, env, troubles }: ProcessContext): Promise<Service> {
  const environment = readEnvironment(env);
  const configuration = loadConfiguration({ argv, env, channels: CHANNELS, notifier: true });
  prepareDataDirectory(environment.data_dir, (problem) => log.warn({}, problem));
  const telemetry = createTelemetry('notifier');
  const exported = await startExport({
    env,
    process_name: 'notifier',
    telemetry,
    clock: systemClock,
    log,
  });
  const store = await openStore({ path: databasePath(environment.data_dir, configuration) });
  const signer = openSigner(environment.data_dir);
  const { page, notify } = configuration;
  const senders = await openSenders({
    configuration,
    data_dir: environment.data_dir,
    render: createRender(configuration, signer),
    clock: systemClock,
    log,
  });
  const recipients = createRecipients({
    store,
    operators: notify.operators,
    page,
    signer,
  });
  const health = createChannelHealth({ store, clock: systemClock, newId: randomId });
  const parts = { store, senders, recipients, health, clock: systemClock, log, telemetry };
  const updateGauges = createGauges({
    store,
    channels: Object.keys(senders),
    clock: systemClock,
    telemetry,
  });
  const tellDirectly = createDirectAlerts({
    troubles,
    recipients,
    senders,
    newId: randomId,
    clock: systemClock,
    log,
  });
  const operators = recipients.operators.map(({ id }) => id);
  const repeat = (work: (stopping: AbortSignal) => Promise<unknown>, pause_ms: number) =>
    startPolling({ work, pause_ms, clock: systemClock, log });
  // Separate loops, so that neither many subscribers nor a hanging receiver delays an alert.
  const pollings = [
    repeat(createDispatcher(parts, { only: operators }), POLL_PAUSE_MS),
    repeat(createDispatcher(parts, { except: operators }), POLL_PAUSE_MS),
    repeat(updateGauges, GAUGES_PAUSE_MS),
    repeat(tellDirectly, DIRECT_PAUSE_MS),
  ];
  const notReady = () => pollings.map(({ problem }) => problem()).find((it) => it !== null) ?? null;
  const listener = await startPrivateListener({
    binding: { host: PRIVATE_HOST, port: environment.notify_port, variable: 'NOTIFY_PORT' },
    metrics: telemetry,
    notReady,
  });
  return {
    ports: { private: listener.port },
    notReady,
    lost: watchDatabase(store).lost,
    async stop() {
      await Promise.all(pollings.map((polling) => polling.stop()));
      await exported.stop();
      await listener.close();
      await store.close();
    },
  };
}

await serveProcess({ name: 'notifier', start, isUnrecoverable: isDatabaseRefusal });
