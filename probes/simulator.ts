import type { Clock } from '../model/ports.ts';
import type { EpochMs, FileFormat, InvoiceFunction } from '../model/vocabulary.ts';
import type { InvoiceKey } from './query.ts';
import { DAMAGES } from './specimen/damage.ts';

/**
 * Disturbances that can be played on a simulated system: of a function, of the sync, of a delivered
 * file.
 */
export const DRILL_KINDS = [
  'latency',
  'error_code',
  'outage',
  'maintenance',
  'throttling',
  'stalled_sync',
  'slow_sync',
  ...DAMAGES,
] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];

/** One disturbance, with its hours fixed in advance: nobody has to remember to end it. */
export interface Drill {
  id: string;
  system: string;
  kind: DrillKind;
  /** null: every function of the system. */
  function: InvoiceFunction | null;
  /** null: every format; only file drills tell formats apart. */
  format: FileFormat | null;
  from: EpochMs;
  until: EpochMs;
  /** Of `latency`: added to every answer. */
  ms: number | null;
  /** Of `error_code`: the system's own code. */
  code: number | null;
  /** Of `slow_sync`: the share of its usual speed at which the sync works. */
  rate: number | null;
}

/** An invoice that a simulated system accepted. */
export interface SimulatedInvoice extends InvoiceKey {
  order_sn: string;
  serial_no: string;
  accepted_at: EpochMs;
}

/** What the simulator of a system works with: time, drills and what was accepted so far. */
export interface SimulatorContext {
  clock: Clock;
  /** Makes everything that is drawn repeatable. */
  seed: string;
  /** The drill of this kind that is on now, or null. */
  drill(kind: DrillKind, fn: InvoiceFunction, format?: FileFormat): Drill | null;
  /** Waits as long as a step usually takes, and longer under a latency drill. */
  takeTime(fn: InvoiceFunction, usual_ms: number): Promise<void>;
  acceptanceOf(order_sn: string): SimulatedInvoice | null;
  /** Keeps an acceptance; it survives the death of the process from here on. */
  accept(acceptance: SimulatedInvoice): void;
  /** An accepted invoice, once it has come through the sync between the systems. */
  arrived(number: string): InvoiceKey | null;
}

/** What a system's simulator can play, for the drills' input check. */
export interface SimulatorDefinition {
  functions: InvoiceFunction[];
  drills: readonly DrillKind[];
  create(stage: SimulatorContext): { fetch(request: Request): Response | Promise<Response> };
}
