import type { Clock } from '../model/ports.ts';
import type { Ledger } from './ledger.ts';

/** Dependencies shared by all simulated systems. */
export interface SimulatorParts {
  ledger: Ledger;
  clock: Clock;
  /** Seed of all random choices. */
  seed: string;
  /** Factor on the usual latency; 0 answers at once. */
  latency: number;
  /** Speed factor of the sync. */
  pace: number;
}
