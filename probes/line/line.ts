import type { Configuration } from '../../model/configuration.ts';
import type { Measurement } from '../../model/result.ts';
import type { SpecimenCopy } from '../../model/specimen.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs, InvoiceFunction } from '../../model/vocabulary.ts';
import type { LookResult } from '../look.ts';
import type { InvoiceKey } from '../query.ts';

/**
 * Runs the measurements of one line. Methods never reject: a run that could not measure has outcome
 * `self`.
 */
export interface LineRunner {
  /** Runs a check for its slot; `known` are the learned files of the check. */
  run(check_id: string, slot_at: EpochMs, known?: readonly SpecimenCopy[]): Promise<LineRun>;
  /** Looks once for a journey's invoice; `check` is the following check. */
  look(request: { check: string; number: string; issued: string }): Promise<LineLook>;
  /** Waits for pending runs, which their deadlines bound, and closes the line. */
  stop(): Promise<void>;
}

/** Start time, and duration by the monotonic clock. */
export interface Timed {
  started_at: EpochMs;
  duration_ms: number;
}

/** A measurement with its times. */
export type LineRun = Measurement & Timed;
/** A look with its times. */
export type LineLook = LookResult & Timed;

/** Requests to the measuring thread. */
export type LineRequest =
  | { kind: 'run'; check: string; slot_at: EpochMs; known: readonly SpecimenCopy[] }
  | { kind: 'look'; check: string; key: InvoiceKey };

/** Start-up data of the measuring thread. */
export interface LineData {
  configuration: Configuration;
  installation: string;
}

/** Reading a file, waiting for others to be read, and asking a second reader. */
export const JUDGING_LIMIT_MS = 10 * SECOND;

/** How long a run may take after its deadline: the time to judge its file. */
export function afterDeadlineMs(fn: InvoiceFunction): number {
  return fn === 'download' ? JUDGING_LIMIT_MS : 0;
}
