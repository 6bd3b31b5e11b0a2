import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { Store } from '../../store/store.ts';
import { DAYS, simulatePast } from './simulate.ts';

/** Dependencies of seeding. */
export interface SeedParts {
  store: Store;
  configuration: Configuration;
  clock: Clock;
  log: Log;
}

/**
 * Fills an empty demo database with 90 days of simulated history, marked as simulated, up to the
 * present. Judged by the same functions as live results; deterministic per day. Past incidents
 * cause no notices. Does nothing when the database has any measurement.
 */
export async function seedHistory(parts: SeedParts): Promise<void> {
  const { store, configuration, clock, log } = parts;
  const known = await store.resume();
  if (known.heartbeat_at !== null || known.components.length > 0) return;
  const started = clock.monotonic();
  const site = siteOf(configuration);
  await store.register(registeredChecks(site));
  const { zone } = configuration.page;
  const installation = await store.installation();
  const history = await simulatePast({ site, zone, installation, now: clock.now() });
  await store.saveRollups('hour', history.hourly);
  // One transaction: after a crash the database is empty and the next start seeds again.
  await store.record({ ...history.recording, heartbeat_at: clock.now() });
  const duration_ms = Math.round(clock.monotonic() - started);
  log.info({ duration_ms, days: DAYS }, 'demo history seeded');
}
