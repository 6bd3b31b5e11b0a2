import type { Clock } from '../model/ports.ts';
import type { Ledger } from './ledger.ts';

/** What all simulated systems share. */
export interface SimulatorParts {
  ledger: Ledger;
  clock: Clock;
  /** Makes everything that is drawn repeatable. */
  seed: string;
  /** Share of the usual latency that is played; 0 answers at once. */
  latency: number;
  /** How many times as fast as usual the sync works. */
  pace: number;
}
