import type { Configuration } from '../../model/configuration.ts';
import type { Measurement } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LookResult } from '../look.ts';
import type { InvoiceKey } from '../query.ts';

/**
 * A place to measure from. Both methods always settle: what could not be measured is outcome
 * `self`.
 */
export interface LineRunner {
  /** Runs a check for the slot it was due in. */
  run(check_id: string, slot_at: EpochMs): Promise<LineRun>;
  /** Looks once for a journey's invoice; `check` is the following check. */
  look(order: { check: string; number: string; issued: string }): Promise<LineLook>;
  /** Lets runs under way end, which their deadlines bound, and closes the line. */
  stop(): Promise<void>;
}

/** When something was done and how long it took by the monotonic clock. */
export interface Timed {
  started_at: EpochMs;
  duration_ms: number;
}

/** A run of a check: what it measured, and when. */
export type LineRun = Measurement & Timed;
/** A look at a journey's invoice, and when. */
export type LineLook = LookResult & Timed;

/** What the measuring thread is asked. */
export type LineRequest =
  | { kind: 'run'; check: string; slot_at: EpochMs }
  | { kind: 'look'; check: string; key: InvoiceKey };

/** What the measuring thread is started with. */
export interface LineData {
  configuration: Configuration;
  installation: string;
}
