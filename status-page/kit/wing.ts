import type { MiddlewareHandler } from 'hono';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock, Log, Signer, Telemetry } from '../../model/ports.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import type { Documents } from './documents.ts';

/** What every wing is built from. */
export interface WingParts {
  reader: StoreReader;
  /** Takes what readers and administrators send. */
  store: Store;
  signer: Signer;
  configuration: Configuration;
  documents: Documents;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}

/** What all addresses of a wing have in common, besides what its handlers are made from. */
export interface Wing {
  /** Comes before each of its handlers. */
  middleware?: MiddlewareHandler[];
  /** Comes after that, but not where the table says that everybody may enter. */
  guard?: MiddlewareHandler[];
}
