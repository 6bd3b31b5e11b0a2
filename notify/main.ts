import { systemClock } from '../platform/clock.ts';
import { databasePath, PRIVATE_HOST } from '../platform/config/environment.ts';
import { loadConfiguration } from '../platform/config/load.ts';
import { startPrivateListener } from '../platform/listener.ts';
import { type Beginning, type Service, serveProcess } from '../platform/process.ts';
import { startExport } from '../platform/telemetry/export.ts';
import { createTelemetry } from '../platform/telemetry/telemetry.ts';
import { isDatabaseRefusal } from '../store/errors.ts';
import { openStore } from '../store/sqlite/open.ts';
import { createChannels } from './channels/index.ts';
import { createDispatcher } from './dispatcher.ts';
import { startPolling } from './poll.ts';

/** The notifier: tells people what the collector found worth telling. */

const POLL_PAUSE_MS = 500;
/** Who is always told. */
const OPERATORS = { id: 'operators', channel: 'log' };

async function start({ log, surroundings, argv, env }: Beginning): Promise<Service> {
  const configuration = loadConfiguration({ argv, env });
  const telemetry = createTelemetry('notifier');
  const exported = await startExport({
    env,
    process_name: 'notifier',
    telemetry,
    clock: systemClock,
    log,
  });
  const store = await openStore({ path: databasePath(surroundings.data_dir, configuration) });
  const dispatch = createDispatcher({
    store,
    channels: createChannels({ log }),
    operators: [OPERATORS],
    clock: systemClock,
    log,
    telemetry,
  });
  const polling = startPolling({
    work: dispatch,
    pause_ms: POLL_PAUSE_MS,
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
      await polling.stop();
      await exported.stop();
      await listener.close();
      await store.close();
    },
  };
}

await serveProcess({ name: 'notifier', start, isUnusable: isDatabaseRefusal });
