import type { ZodType } from 'zod';
import type { System } from '../model/configuration.ts';
import type { InvoiceFunction } from '../model/vocabulary.ts';
import type { ProductionDomains } from '../model/writing.ts';
import type { Driver } from './index.ts';
import type { SimulatorDefinition } from './simulator.ts';

/** Everything there is to know of a kind of system: what its folder exports. */
export interface SystemDefinition extends ProductionDomains {
  /** The functions a check may name; `sync` where a followed invoice can be looked for. */
  functions: readonly InvoiceFunction[];
  /** What the driver needs beside the address; left out, nothing. */
  settings?: ZodType;
  /** What a check of a function may say; a function not listed takes no options. */
  options?: Partial<Record<InvoiceFunction, ZodType<Record<string, unknown>>>>;
  createDriver(system: System): Driver;
  /** Plays the system, at `/{its name}`; loaded by the simulators' process only. */
  simulator?: () => Promise<{ default: SimulatorDefinition }>;
  /** How the demo gets in at the simulator: settings that a configuration need not repeat. */
  demo?: { settings: Readonly<Record<string, unknown>> };
}
