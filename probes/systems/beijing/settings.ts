import { z } from 'zod';
import { KNOWN_SPECIMEN, UNKNOWN_SPECIMEN } from './specimens.ts';

const invoiceKey = z.strictObject({
  number: z.string().regex(/^\d{20}$/, 'must be the 20 digits of a 数电票 number'),
  issued: z.string().regex(/^\d{14}$/, 'must be the date of issue as yyyyMMddHHmmss'),
});

/**
 * The invoices that query and download checks ask for. Without settings they are the simulator's;
 * with a real system give an invoice of your own that exists, and a number that does not.
 */
export const beijingSettings = z
  .strictObject({
    known: invoiceKey.default(KNOWN_SPECIMEN),
    unknown: invoiceKey.default(UNKNOWN_SPECIMEN),
  })
  .prefault({});
export type BeijingSettings = z.infer<typeof beijingSettings>;
