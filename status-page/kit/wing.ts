import type { MiddlewareHandler } from 'hono';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock, Log, Signer, Telemetry } from '../../model/ports.ts';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import type { Store, StoreReader } from '../../store/store.ts';

/** Dependencies of every wing. */
export interface WingParts {
  reader: StoreReader;
  /** The writable store, for input of readers and administrators. */
  store: Store;
  signer: Signer;
  configuration: Configuration;
  /** What is wrong with our processes, by their supervisor; absent without one. */
  processTroubles?: () => readonly ProcessTrouble[];
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}

/** What the handlers of a wing are created from, and the middleware that its routes share. */
export interface Wing extends WingParts {
  /** Runs before each handler. */
  middleware?: MiddlewareHandler[];
  /** Runs after the middleware, except on open routes. */
  guard?: MiddlewareHandler[];
}
