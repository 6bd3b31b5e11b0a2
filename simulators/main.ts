import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { DAY, systemClock } from '../model/time.ts';
import { PRIVATE_HOST } from '../platform/config/addresses.ts';
import { readEnvironment } from '../platform/config/environment.ts';
import { prepareDataDirectory } from '../platform/data-directory.ts';
import { closeServer, listen } from '../platform/listener.ts';
import { type ProcessContext, type Service, serveProcess } from '../platform/process/process.ts';
import { UnrecoverableError } from '../platform/unrecoverable.ts';
import { openAccessLog } from './access-log.ts';
import { createSimulators } from './app.ts';
import { openLedger } from './ledger.ts';

/** Longer than any journey. */
const LEDGER_DAYS = 7;

/** Runs the demo's simulated systems in a process of their own, on one local port. */
async function start({ log, env }: ProcessContext): Promise<Service> {
  const environment = readEnvironment(env);
  const pace = paceFrom(env.SIMULATOR_PACE);
  prepareDataDirectory(environment.data_dir, (problem) => log.warn({}, problem));
  const server = createServer();
  // The port doubles as the lock of the ledger.
  const port = await listen(server, {
    host: PRIVATE_HOST,
    port: environment.simulator_port,
    variable: 'SIMULATOR_PORT',
  });
  const ledger = openLedger(
    join(environment.data_dir, 'simulator', 'ledger.ndjson'),
    systemClock.now() - LEDGER_DAYS * DAY,
  );
  const seed = env.SIMULATOR_SEED || 'piaokuang';
  const parts = { ledger, clock: systemClock, seed, latency: 1, pace };
  const app = await createSimulators(parts, log);
  const access_log = env.SIMULATOR_ACCESS_LOG
    ? openAccessLog(env.SIMULATOR_ACCESS_LOG, systemClock)
    : null;
  const answer = getRequestListener(app.fetch);
  server.on('request', (request, response) => {
    access_log?.record(request, response);
    return answer(request, response);
  });
  log.info({ port }, 'simulators listening');
  return {
    ports: { simulators: port },
    async stop() {
      await closeServer(server);
      ledger.close();
      access_log?.close();
    },
  };
}

function paceFrom(given: string | undefined): number {
  const pace = Number(given || 1);
  if (pace > 0 && Number.isFinite(pace)) return pace;
  throw new UnrecoverableError(`SIMULATOR_PACE: expected a number above 0; found "${given}"`);
}

await serveProcess({ name: 'simulators', command: 'simulators', start });
