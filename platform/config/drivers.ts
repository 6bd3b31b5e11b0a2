import type { z } from 'zod';
import type { ScheduledCheck } from '../../model/configuration.ts';
import type { InvoiceFunction } from '../../model/vocabulary.ts';
import type { ProductionDomains } from '../../model/writing.ts';

/**
 * The part of a driver that the parser needs. The mains that measure pass those of probes/systems.
 */
export interface DriverSchema extends ProductionDomains {
  /** Functions the driver can measure; `sync` when it can query a followed invoice. */
  functions: readonly InvoiceFunction[];
  /** Of these, what a system with these settings can measure; absent: all. */
  functionsBy?(settings: unknown): readonly InvoiceFunction[];
  /**
   * Places in the settings of requests that may change something at the system, which are sent to
   * sandboxes and simulators only.
   */
  writingSteps?(settings: unknown): (readonly (string | number)[])[];
  /** Absent when the driver has no settings. */
  settings?: z.ZodType;
  /**
   * Functions whose protocol is not published, so that only the simulator has them: why, and the
   * way that works instead. A check of them elsewhere is refused.
   */
  simulator_only?: Partial<Record<InvoiceFunction, string>>;
  /** Options of the probe of a function; other functions have none. */
  options?: Partial<Record<InvoiceFunction, z.ZodType>>;
  /** How sparingly a real system of this kind is asked; absent: as often as configured. */
  sparing?: {
    /** Shortest time between two runs, all checks at the same address together. */
    distance_ms: number;
    /**
     * What a check asks: the same identity for the same address, and words for messages; null
     * where options or settings have problems of their own.
     */
    addressOf(
      options: Readonly<Record<string, unknown>>,
      settings: unknown,
    ): { identity: string; words: string } | null;
  };
  /** The option of a check that these settings do not allow, and why; null when they allow it. */
  problemOf?(
    options: Readonly<Record<string, unknown>>,
    settings: unknown,
  ): { option: string; problem: string } | null;
  /** The checks of a system by which more would be sent than these settings allow, and why. */
  beyondBudgets?(
    checks: readonly ScheduledCheck[],
    settings: unknown,
  ): readonly { check: string; problem: string }[];
  /** Credentials of its simulator, which a configuration may omit. */
  demo?: { settings: Readonly<Record<string, unknown>> };
}

/** By driver name. */
export type DriverSchemas = Readonly<Record<string, DriverSchema>>;
