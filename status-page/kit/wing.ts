import type { MiddlewareHandler } from 'hono';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock, Log, Signer, Telemetry } from '../../model/ports.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import type { Documents } from './documents.ts';

/** Dependencies of every wing. */
export interface WingParts {
  reader: StoreReader;
  /** The writable store, for input of readers and administrators. */
  store: Store;
  signer: Signer;
  configuration: Configuration;
  documents: Documents;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}

/** Shared middleware of a wing's routes. */
export interface Wing {
  /** Runs before each handler. */
  middleware?: MiddlewareHandler[];
  /** Runs after the middleware, except on open routes. */
  guard?: MiddlewareHandler[];
}
