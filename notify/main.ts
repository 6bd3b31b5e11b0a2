import { setTimeout as wait } from 'node:timers/promises';
import { CHANNELS } from '../channels/index.ts';
import { randomId } from '../model/ids.ts';
import type { ProcessTrouble } from '../model/process-trouble.ts';
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
import { isDatabaseRefusal, notReadyBecause, storageCauseOf } from '../store/errors.ts';
import { untilStorageWorks } from '../store/patience.ts';
import { openStore } from '../store/sqlite/open.ts';
import { takePlace } from '../store/sqlite/place.ts';
import type { Store } from '../store/store.ts';
import { watchDatabase } from '../store/watching.ts';
import { createChannelHealth, endAlertsOfRemoved } from './channel-health.ts';
import { createDirectAlerts, type DirectAlertsParts } from './direct-alerts.ts';
import { createDispatcher } from './dispatcher.ts';
import { createGauges } from './gauges.ts';
import { type Round, startPolling } from './poll.ts';
import { createProcessGauges } from './process-gauges.ts';
import { createRecipients } from './recipients.ts';
import { createReminders } from './reminders.ts';
import { createRender } from './rendering/render.ts';
import { openSenders } from './senders.ts';

/** The notifier process: sends the notices written by the collector and the page. */

const POLL_PAUSE_MS = 250;
const GAUGES_PAUSE_MS = 5 * SECOND;
const REMINDERS_PAUSE_MS = 5 * SECOND;
const DIRECT_PAUSE_MS = SECOND;
/** How long operators are told that everything ends, before this process does. */
const END_LIMIT_MS = 12 * SECOND;

async function start(context: ProcessContext): Promise<Service> {
  const { log, argv, env } = context;
  const environment = readEnvironment(env);
  const configuration = loadConfiguration({ argv, env, channels: CHANNELS, notifier: true });
  prepareDataDirectory(environment.data_dir, (problem) => log.warn({}, problem));
  const place = await takePlace({ role: 'notifier', data_dir: environment.data_dir });
  const telemetry = createTelemetry('notifier');
  const exported = await startExport({
    env,
    process_name: 'notifier',
    telemetry,
    clock: systemClock,
    log,
  });
  const signer = openSigner(environment.data_dir);
  const { page, notify } = configuration;
  const senders = await openSenders({
    configuration,
    data_dir: environment.data_dir,
    render: createRender(configuration, signer),
    clock: systemClock,
    log,
  });
  const known: { store: Store | null } = { store: null };
  const recipients = createRecipients({
    store: { subscriber: async (id) => (await known.store?.subscriber(id)) ?? null },
    operators: notify.operators,
    escalation: notify.escalation?.operators ?? [],
    page,
    signer,
  });
  const repeat = (work: Round, pause_ms: number) =>
    startPolling({ work, pause_ms, clock: systemClock, log });
  const direct = startDirectAlerts({ context, recipients, senders });
  // Before the database is opened: that it cannot be is what they tell.
  const telling = repeat(direct.tell, DIRECT_PAUSE_MS);
  const path = databasePath(environment.data_dir, configuration);
  const store = await untilStorageWorks(() => openStore({ path }), context.waits);
  known.store = store;
  // Whatever one before it had in hand: it was the only one, and has ended.
  const owner = randomId();
  await untilStorageWorks(() => store.releaseDeliveries(owner), context.waits);
  const health_parts = { store, clock: systemClock, newId: randomId };
  const endRemoved = () => endAlertsOfRemoved(Object.keys(senders), health_parts);
  await untilStorageWorks(endRemoved, context.waits);
  const health = createChannelHealth(health_parts);
  const dispatcher = createDispatcher({
    store,
    owner,
    senders,
    recipients,
    hasTold: direct.hasTold,
    health,
    clock: systemClock,
    log,
    telemetry,
  });
  const updateGauges = createGauges({
    store,
    channels: Object.keys(senders),
    clock: systemClock,
    telemetry,
  });
  const updateProcessGauges = createProcessGauges({
    troubles: direct.troubles,
    clock: systemClock,
    telemetry,
  });
  const remind = createReminders({ store, settings: notify, newId: randomId, clock: systemClock });
  const pollings = [
    repeat(dispatcher.fanOut, POLL_PAUSE_MS),
    ...dispatcher.lanes.map((lane) => repeat(lane, POLL_PAUSE_MS)),
    repeat(updateGauges, GAUGES_PAUSE_MS),
    repeat(remind, REMINDERS_PAUSE_MS),
    repeat(updateProcessGauges, DIRECT_PAUSE_MS),
    telling,
  ];
  const notReady = () => pollings.map(({ problem }) => problem()).find((it) => it !== null) ?? null;
  const listener = await startPrivateListener({
    binding: { host: PRIVATE_HOST, port: environment.notify_port, variable: 'NOTIFY_PORT' },
    metrics: telemetry,
    notReady: () => notReady()?.detail ?? null,
  });
  return {
    ports: { private: listener.port },
    notReady,
    lost: watchDatabase(store).lost.then(direct.afterLoss),
    async stop() {
      await Promise.all(pollings.map((polling) => polling.stop()));
      await exported.stop();
      await listener.close();
      await store.close();
      place.leave();
    },
  };
}

/** Direct alerts of what the supervisor knows, and of what this process itself has lost. */
function startDirectAlerts(
  parts: Pick<DirectAlertsParts, 'recipients' | 'senders'> & { context: ProcessContext },
) {
  const { context, recipients, senders } = parts;
  const { promise: told, resolve: onTold } = Promise.withResolvers<void>();
  const own: ProcessTrouble[] = [];
  const troubles = () => [...context.troubles(), ...own];
  const direct = createDirectAlerts({
    troubles,
    recipients,
    senders,
    onEndTold() {
      context.told();
      onTold();
    },
    clock: systemClock,
    log: context.log,
  });
  return {
    ...direct,
    troubles,
    /** The loss; one that ends everything, only after operators have been told. */
    async afterLoss(loss: Error): Promise<Error> {
      if (!isDatabaseRefusal(loss)) return loss;
      const { detail } = notReadyBecause(loss);
      own.push({
        process: 'notifier',
        kind: 'ended',
        cause: null,
        since: systemClock.now(),
        detail,
      });
      await Promise.race([told, wait(END_LIMIT_MS)]);
      return loss;
    },
  };
}

await serveProcess({
  name: 'notifier',
  command: 'notifier',
  start,
  isUnrecoverable: isDatabaseRefusal,
  causeOf: storageCauseOf,
});
