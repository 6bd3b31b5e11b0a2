import type { Configuration } from '../../model/configuration.ts';
import type { Measurement } from '../../model/result.ts';
import type { SpecimenCopy } from '../../model/specimen.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs, InvoiceFunction } from '../../model/vocabulary.ts';
import type { NameFiles } from '../exchange/names/names.ts';
import type { LookResult } from '../look.ts';
import type { LineBatch } from './batch.ts';

/**
 * Measures the checks of a line at their slots and hands over what it found. Methods never reject:
 * what could not be measured has outcome `self`.
 */
export interface LineRunner {
  /** Looks once for a journey's invoice. */
  look(request: LookRequest): Promise<LineLook>;
  /** The learned files of a check, from now on. */
  know(check: string, copies: readonly SpecimenCopy[]): void;
  /** How many bad results in a row make the check fail, from now on. */
  setConfirmations(check: string, confirmations: number): void;
  /**
   * Starts no more runs, waits for those under way, at most `limit_ms`, and hands over the rest:
   * when this resolves, the last batch has been handed over.
   */
  stop(limit_ms: number): Promise<void>;
}

/** `check` is the following check. */
export interface LookRequest {
  check: string;
  number: string;
  issued: string;
}

/** Receives what a line runner hands over. */
export interface LineEvents {
  batch(batch: LineBatch): void;
}

/** What a line runner has to know of the past. */
export interface LineStart {
  /** The learned files, of the checks that have any. */
  known: ReadonlyMap<string, readonly SpecimenCopy[]>;
  /** How many bad results in a row make a check fail; 2 unless told otherwise. */
  confirmations: ReadonlyMap<string, number>;
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

/** Runs a check once for its slot; `known` are the learned files of the check. Never rejects. */
export type Measure = (
  check: string,
  slot_at: EpochMs,
  known: readonly SpecimenCopy[],
) => Promise<LineRun>;

/** Whose checks are run: the configuration, and the id of the installation. */
export interface LineData {
  configuration: Configuration;
  installation: string;
  /** Absent: as this machine is set up. */
  network?: Network;
}

/** What this machine is in the network. */
export interface Network {
  /** Where the system says what names mean. */
  files?: Partial<NameFiles>;
  /** The ranges of addresses that are this machine. */
  loopback?: readonly string[];
}

/** Reading a file, waiting for others to be read, and asking a second reader. */
export const JUDGING_LIMIT_MS = 10 * SECOND;

/** How long a run may take after its deadline: the time to judge its file. */
export function afterDeadlineMs(fn: InvoiceFunction): number {
  return fn === 'download' ? JUDGING_LIMIT_MS : 0;
}
