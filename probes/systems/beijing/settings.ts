import { z } from 'zod';
import { UNKNOWN_SPECIMEN } from './specimens.ts';

const invoiceKey = z.strictObject({
  number: z.string().regex(/^\d{20}$/, 'must be the 20 digits of a 数电票 number'),
  issued: z.string().regex(/^\d{14}$/, 'must be the date of issue as yyyyMMddHHmmss'),
});

/**
 * The invoices that query and download checks ask for: one of your own that exists, without which
 * neither is measured, and one that does not.
 */
export const beijingSettings = z
  .strictObject({
    known: invoiceKey.optional(),
    unknown: invoiceKey.default(UNKNOWN_SPECIMEN),
  })
  .prefault({});
