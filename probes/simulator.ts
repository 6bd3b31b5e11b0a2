import type { Clock } from '../model/ports.ts';
import type { EpochMs, FileFormat, InvoiceFunction } from '../model/vocabulary.ts';
import type { InvoiceKey } from './query.ts';
import { DAMAGES } from './specimen/damage.ts';

/** Simulated disturbances: of a function, of the sync, of a delivered file. */
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

/** One simulated disturbance with a fixed end, so that it cannot be forgotten. */
export interface Drill {
  id: string;
  system: string;
  kind: DrillKind;
  /** null: every function of the system. */
  function: InvoiceFunction | null;
  /** null: every format. Only for file drills. */
  format: FileFormat | null;
  from: EpochMs;
  until: EpochMs;
  /** Of `latency`: added to every response. */
  ms: number | null;
  /** Of `error_code`: the system's own code. */
  code: number | null;
  /** Of `slow_sync`: fraction of the usual speed of the sync. */
  rate: number | null;
}

/** An invoice that a simulated system accepted. */
export interface SimulatedInvoice extends InvoiceKey {
  order_sn: string;
  serial_no: string;
  accepted_at: EpochMs;
}

/** Context of a system's simulator: time, drills and accepted invoices. */
export interface SimulatorContext {
  clock: Clock;
  /** Seed of all random choices. */
  seed: string;
  /** The active drill of this kind, or null. */
  drill(kind: DrillKind, fn: InvoiceFunction, format?: FileFormat): Drill | null;
  /** Waits for the usual duration of a step, longer under a latency drill. */
  takeTime(fn: InvoiceFunction, usual_ms: number): Promise<void>;
  acceptanceOf(order_sn: string): SimulatedInvoice | null;
  /** Stores an acceptance durably. */
  accept(acceptance: SimulatedInvoice): void;
  /** The accepted invoice once it has passed the sync between the systems, else null. */
  arrived(number: string): InvoiceKey | null;
}

/** The functions and drills a system's simulator supports. */
export interface SimulatorDefinition {
  functions: InvoiceFunction[];
  drills: readonly DrillKind[];
  create(context: SimulatorContext): { fetch(request: Request): Response | Promise<Response> };
}
