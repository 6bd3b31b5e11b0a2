import type { ZodType } from 'zod';
import type { ScheduledCheck, System } from '../model/configuration.ts';
import type { InvoiceFunction } from '../model/vocabulary.ts';
import type { ProductionDomains } from '../model/writing.ts';
import type { Driver } from './index.ts';
import type { SimulatorDefinition } from './simulator.ts';

/** An address that several checks, also of several systems, may share. */
export interface SparedAddress {
  /** The same for the same address; may be a secret. */
  identity: string;
  /** In words for messages, without secrets. */
  words: string;
}

/** Limits on how often one address of a system is asked outside the simulators. */
export interface Sparing {
  /** Shortest time between two runs, all checks at the same address together. */
  distance_ms: number;
  /** After a refusal the system is not asked again for this long. */
  rest_ms: number;
  /** What a check with these options asks; null where options or settings have problems. */
  addressOf(options: Readonly<Record<string, unknown>>, settings: unknown): SparedAddress | null;
}

/** The definition of a kind of system, exported by its folder. */
export interface SystemDefinition extends ProductionDomains {
  /** Functions that checks may measure; `sync` where followed invoices can be queried. */
  functions: readonly InvoiceFunction[];
  /** Of these, what a system with these settings can measure; absent: all. */
  functionsBy?(settings: unknown): readonly InvoiceFunction[];
  /**
   * Places in the settings of requests that may change something at the system, which are sent to
   * sandboxes and simulators only.
   */
  writingSteps?(settings: unknown): (readonly (string | number)[])[];
  /** Schema of the driver's settings; absent when it has none. */
  settings?: ZodType;
  /**
   * Functions whose protocol is not published, so that only the simulator has them: why, and the
   * way that works instead. Checks of them elsewhere are refused.
   */
  simulator_only?: Partial<Record<InvoiceFunction, string>>;
  /** Schema of a check's options by function; other functions take none. */
  options?: Partial<Record<InvoiceFunction, ZodType<Record<string, unknown>>>>;
  /** How sparingly a real system of this kind is asked; absent: as often as configured. */
  sparing?: Sparing;
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
  createDriver(system: System): Driver;
  /** Simulates the system at `/{its name}`; loaded by the simulators process only. */
  simulator?: () => Promise<{ default: SimulatorDefinition }>;
  /** Credentials of the simulator for the demo, which a configuration need not repeat. */
  demo?: { settings: Readonly<Record<string, unknown>> };
}
