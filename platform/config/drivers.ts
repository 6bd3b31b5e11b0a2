import type { z } from 'zod';
import type { Environment, InvoiceFunction } from '../../model/vocabulary.ts';

/** What the parser must know of a driver. The mains that measure pass those of probes/systems. */
export interface DriverSchema {
  /** The functions the driver can measure; `sync` when it can look for a followed invoice. */
  functions: readonly InvoiceFunction[];
  settings: z.ZodType;
  /** What the probe of a function needs; a function without a schema takes no options. */
  options?: Partial<Record<InvoiceFunction, z.ZodType>>;
  /**
   * Why nobody may write (issue, upload) to this address, in one sentence; null when it is allowed.
   */
  refusesWriting(url: string, environment: Environment): string | null;
}

/** By driver name. */
export type DriverSchemas = Readonly<Record<string, DriverSchema>>;
