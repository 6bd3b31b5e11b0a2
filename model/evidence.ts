import type { EpochMs, InvoiceFunction, Outcome, Reason, ResultNote } from './vocabulary.ts';

/** The failed measurements behind an incident. */
export interface Evidence {
  /** Oldest first. */
  rows: EvidenceRow[];
  /** Number of measurements read when there are more; null when the rows are complete. */
  truncated_at: number | null;
  /** How long failed measurements are kept, where some may be gone; null: all are there. */
  kept_ms: number | null;
  /** Own traffic tells of one of its functions: what failed of that is not listed. */
  has_own_traffic: boolean;
}

/** The invoices that waited while a sync was not well. */
export interface WaitingEvidence {
  /** Nothing but syncs has a part in it. */
  is_of_syncs: boolean;
  /** It is not over: the rows end with those that wait now. */
  is_open: boolean;
  /** How long invoices are kept, where some may be gone; null: all are there. */
  kept_ms: number | null;
  /** Oldest first. */
  rows: WaitingRow[];
  /** Number of invoices read when there are more; null when the rows are complete. */
  truncated_at: number | null;
}

/** Invoices that were accepted in the same minute. */
export interface WaitingRow {
  minute: EpochMs;
  count: number;
  /** Of them not arrived so far. */
  not_arrived: number;
  /** Of some of them: beginnings of digests that do not reveal their numbers. */
  digests: string[];
}

/** Measurements of one check that failed in the same minute for the same reason. */
export interface EvidenceRow {
  /** Start of the minute in which they started. */
  minute: EpochMs;
  function: InvoiceFunction;
  /** null when the function has only one check. */
  check_name: string | null;
  outcome: Outcome;
  reason: Reason | null;
  detail: string | null;
  /** What else was odd about them. */
  notes: ResultNote[];
  count: number;
}
