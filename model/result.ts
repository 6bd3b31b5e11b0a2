import type { EpochMs, FileFormat, IntegrityVerdict, Outcome, Reason } from './vocabulary.ts';

/**
 * Where the time of a run went, summed over its exchanges, in ms. Absent: the phase did not happen.
 */
export interface Phases {
  resolve?: number;
  connect?: number;
  tls?: number;
  processing?: number;
  transfer?: number;
}
export type Phase = keyof Phases;
export const PHASES = [
  'resolve',
  'connect',
  'tls',
  'processing',
  'transfer',
] as const satisfies Phase[];

/**
 * An invoice that a system accepted in a run (or in a company's own traffic) and that we may
 * follow.
 */
export interface AcceptedInvoice {
  /** The 20-digit number. Never logged, never a label. */
  number: string;
  /**
   * The date of issue as the system wants it in a query (kprq), yyyyMMddHHmmss in China Standard
   * Time.
   */
  issued: string;
  accepted_at: EpochMs;
}

/** What a file check says: the verdict and the place in the file that decided it. */
export interface Integrity {
  format: FileFormat;
  verdict: IntegrityVerdict;
  /**
   * The entry, object or field that broke, e.g. `Doc_0/Pages/Page_0/Content.xml`; null when sound.
   */
  where: string | null;
}

/** What a probe returns: everything it knows, and nothing about schedules, storage or states. */
export interface Measurement {
  outcome: Outcome;
  reason: Reason | null;
  /**
   * Evidence in at most 300 characters: "HTTP 503", "error_code 52102". No invoice number in clear.
   */
  detail: string | null;
  phases: Phases;
  /** Bytes of answer bodies received. */
  bytes: number;
  http_status: number | null;
  certificate_expires_at: EpochMs | null;
  integrity: Integrity | null;
  accepted: AcceptedInvoice | null;
}

/** One run of one check: a measurement and when it was due, started and ended. */
export interface Result extends Measurement {
  check: string;
  /** The instant the check was due. (check, slot_at) identifies the result for good. */
  slot_at: EpochMs;
  started_at: EpochMs;
  /** Duration of the run by the monotonic clock; 0 when nothing ran (overlap, missed slot). */
  duration_ms: number;
  /** A confirming slot, 10 s after a first bad result, instead of a regular one. */
  confirming: boolean;
  /** Made up for the demo's history. Never counts as usual. */
  simulated: boolean;
}

/** When the run's last answer ended, wall clock, in whole ms. */
export function endedAt(result: Result): EpochMs {
  return Math.round(result.started_at + result.duration_ms);
}

/**
 * What a person would have waited: from the slot to the end, so that our own lateness is not
 * hidden.
 */
export function delayMs(result: Result): number {
  return Math.max(0, result.started_at + result.duration_ms - result.slot_at);
}
