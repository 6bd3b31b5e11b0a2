import type { Clock, Log } from '../model/ports.ts';
import { startErpFeed } from './erp-feed.ts';
import { planDrill } from './planned-drill.ts';

/**
 * The demo. Before measuring starts, its database is seeded with 90 days of simulated history
 * (history/). While it runs, a simulated company issues invoices, whose journeys can be followed,
 * and shortly after the start downloads fail for a minute and a half, so that an incident can be
 * seen from end to end. The systems themselves are simulated by simulators/.
 */

/** The running product. */
export interface DemoActivityParts {
  simulator_url: string;
  /** URL for posting events; null when ingest is off. */
  ingest_url: string | null;
  /** Whether to plan the drill. */
  with_drill: boolean;
  clock: Clock;
  log: Log;
}

/** Starts the activities of the demo. */
export async function startDemo(parts: DemoActivityParts): Promise<void> {
  const { simulator_url, ingest_url, clock, log } = parts;
  if (ingest_url !== null) startErpFeed({ simulator_url, ingest_url, log });
  if (parts.with_drill) await planDrill(simulator_url, clock, log);
}
