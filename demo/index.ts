import type { Clock, Log } from '../model/ports.ts';
import { startErpFeed } from './erp-feed.ts';
import { planDrill } from './planned-drill.ts';

/**
 * The story of the demo. Before anything is measured, its database is filled with 90 days of
 * made-up history (history/). Once everything runs, a made-up company issues invoices, whose way
 * can be followed, and shortly after the start downloads break for a minute and a half, so that an
 * incident is seen from end to end. The systems themselves are played by simulators/.
 */

/** The running product that the demo plays on. */
export interface RunningDemo {
  simulator_url: string;
  /** Where events are posted; null when nobody may. */
  ingest_url: string | null;
  /** Whether something breaks by itself. */
  with_drill: boolean;
  clock: Clock;
  log: Log;
}

/** Starts what happens by itself while the demo runs. */
export async function playDemo(parts: RunningDemo): Promise<void> {
  const { simulator_url, ingest_url, clock, log } = parts;
  if (ingest_url !== null) startErpFeed({ simulator_url, ingest_url, log });
  if (parts.with_drill) await planDrill(simulator_url, clock, log);
}
