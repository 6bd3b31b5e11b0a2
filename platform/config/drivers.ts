import type { z } from 'zod';
import type { InvoiceFunction } from '../../model/vocabulary.ts';
import type { ProductionDomains } from '../../model/writing.ts';

/** What the parser must know of a driver. The mains that measure pass those of probes/systems. */
export interface DriverSchema extends ProductionDomains {
  /** The functions the driver can measure; `sync` when it can look for a followed invoice. */
  functions: readonly InvoiceFunction[];
  /** A driver without a schema takes no settings. */
  settings?: z.ZodType;
  /** What the probe of a function needs; a function without a schema takes no options. */
  options?: Partial<Record<InvoiceFunction, z.ZodType>>;
  /** Settings of its simulator, which a configuration may leave out. */
  demo?: { settings: Readonly<Record<string, unknown>> };
}

/** By driver name. */
export type DriverSchemas = Readonly<Record<string, DriverSchema>>;
