import { z } from 'zod';
import { KNOWN_SPECIMEN, UNKNOWN_SPECIMEN } from './specimens.ts';

const invoiceKey = z.strictObject({
  number: z.string().regex(/^\d{20}$/, 'must be the 20 digits of a 数电票 number'),
  issued: z.string().regex(/^\d{14}$/, 'must be the date of issue as yyyyMMddHHmmss'),
});

/** The invoices used by query and download checks: an existing one, and a nonexistent one. */
export const beijingSettings = z
  .strictObject({
    known: invoiceKey.default(KNOWN_SPECIMEN),
    unknown: invoiceKey.default(UNKNOWN_SPECIMEN),
  })
  .prefault({});
