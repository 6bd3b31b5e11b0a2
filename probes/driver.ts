import type { ZodType } from 'zod';
import type { System } from '../model/configuration.ts';
import type { Environment, FileFormat, InvoiceFunction } from '../model/vocabulary.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './failure.ts';
import type { ReachOptions } from './options.ts';
import type { SpecimenInvoice } from './specimen/index.ts';

/**
 * What identifies an invoice in a query: its number and its date of issue (kprq, yyyyMMddHHmmss,
 * China time).
 */
export interface InvoiceKey {
  number: string;
  issued: string;
}

/** What a query found. The ticket (`cs`) opens the invoice's download. */
export type Lookup = { found: true; ticket: string } | { found: false };

/** A file as it came over the wire, possibly cut short. */
export interface Download {
  bytes: Uint8Array;
  /** What the system said the length is, or null. */
  content_length: number | null;
  /** False when the connection closed before the whole body had come. */
  complete: boolean;
}

/**
 * Speaks one system's protocol, one method per function it offers. Every method sends through the
 * run's exchange, so that its time is measured and the run's one deadline holds; none retries,
 * throws or keeps anything between runs.
 */
export interface Driver {
  /** Writes: refuses anything but a simulator or a sandbox before a byte is sent. */
  upload?(exchange: Exchange, invoice: SpecimenInvoice): Promise<Attempt<null>>;
  query?(exchange: Exchange, key: InvoiceKey): Promise<Attempt<Lookup>>;
  download?(exchange: Exchange, ticket: string, format: FileFormat): Promise<Attempt<Download>>;
  reach?(exchange: Exchange, options: ReachOptions): Promise<Attempt<null>>;
  /** Invoices for the `query` and `download` probes: one that exists, and one that never will. */
  specimens?: { known: InvoiceKey; unknown: InvoiceKey };
}

/**
 * Everything the house needs to know of a kind of system: one entry of the map in systems/index.ts.
 */
export interface SystemDefinition {
  /** The functions a check may name. */
  functions: InvoiceFunction[];
  /** What the driver needs beside the address. */
  settings: ZodType;
  /** What a check of a function may say; a function not listed takes no options. */
  options: Partial<Record<InvoiceFunction, ZodType<Record<string, unknown>>>>;
  /** Why nothing may be written there, or null; see writing.ts. */
  refusesWriting(url: string, environment: Environment): string | null;
  create(system: System): Driver;
}
