import { vi } from 'vitest';
import { createIngest } from '../../collector/ingest/ingest.ts';
import type { RecordObserver } from '../../collector/recording/transactions.ts';
import { replayLedger } from '../../collector/replay/replay.ts';
import { failingCallbacks } from '../../collector/state/failing-callbacks.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { Configuration, OwnTrafficCheck } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import { MINUTE } from '../../model/time.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import type { Store } from '../../store/store.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration } from './configuration.ts';
import { request, SENDERS } from './posting.ts';
import { resumeRecorder } from './recording.ts';
import { fakeClock } from './world.ts';

export const ownCheck = (fn: OwnTrafficCheck['function']): OwnTrafficCheck => ({
  id: `shop-own-${fn}`,
  system: 'shop',
  function: fn,
  source: 'own_traffic',
  line: 'own_traffic',
  deadline_ms: 0,
});

/** The shop's own traffic, alone or beside what is measured. */
export function ownSettings(beside: Configuration['checks'] = []): Configuration {
  const checks = [ownCheck('issue'), ownCheck('deliver'), ...beside];
  return { ...configuration({}, SENDERS), checks };
}

const NOBODY: RecordObserver = { committed() {}, judged() {}, dropped() {} };

/** What takes posted events, and judges them as time passes, over a real database. */
export async function startOwnSite(
  store: Store,
  of: Configuration = ownSettings(),
  observer: RecordObserver = NOBODY,
  clock: Clock = fakeClock,
) {
  const { recorder, live } = await resumeRecorder(store, of, { observer, clock });
  const telemetry = createTelemetry('collector');
  const warnings: unknown[] = [];
  const ingest = createIngest({
    tokens: SENDERS,
    callbacks: of.callbacks ?? [],
    site: siteOf(of),
    installation: 'test',
    recordEvents: recorder.events,
    knownEvents: (ids) => store.knownEvents(ids),
    tellCallback: recorder.callback,
    failing_callbacks: failingCallbacks(live),
    telemetry,
    clock,
    log: { ...quiet, warn: (told, message) => void warnings.push({ ...told, message }) },
  });
  return {
    recorder,
    ingest,
    live,
    telemetry,
    /** What the ingest warned of. */
    warnings,
    async post(events: readonly unknown[]) {
      const answer = await ingest.fetch(request([...events]));
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    /** Time is looked at each minute until then. */
    async until(at: number) {
      while (Date.now() < at) {
        vi.setSystemTime(Math.min(at, Date.now() + MINUTE));
        await recorder.time();
      }
    },
  };
}

/** Where the ledger says something else than the judge says of the rows. */
export async function differencesSince(store: Store, from: number, of = ownSettings()) {
  const to = Date.now();
  const parts = { store, site: siteOf(of), from, to, judged_since: 0, compare_until: to };
  return (await replayLedger({ ...parts, pause: async () => {} })).differences;
}
