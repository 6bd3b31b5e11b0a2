import { startCollector } from '../../collector/collector.ts';
import type { Configuration } from '../../model/configuration.ts';
import { MINUTE, systemClock } from '../../model/time.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { startLocalLine } from '../../probes/line/local-line.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { signedBy } from '../model/signed-by.ts';
import { quiet } from '../platform/quiet.ts';
import { temporaryPath } from '../store/temporary.ts';

const PATIENCE_MS = 2 * MINUTE;

/** A collector that measures real servers from this machine, in its own time. */
export async function startMeasuring(configuration: Configuration) {
  const store = await openStore({ path: temporaryPath() });
  const installation = await store.installation();
  const telemetry = createTelemetry('collector');
  const collector = await startCollector({
    store,
    configuration,
    signer: signedBy('test'),
    diskSpace: async () => ({ free_bytes: 50, total_bytes: 100 }),
    startLine: (start, events) =>
      startLocalLine({ configuration, installation, start, events, log: quiet }),
    telemetry,
    clock: systemClock,
    log: quiet,
  });
  return { store, telemetry, collector };
}

/** Asks again and again, because what is awaited happens in its own time. */
export async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  const give_up_at = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    if (Date.now() > give_up_at) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
