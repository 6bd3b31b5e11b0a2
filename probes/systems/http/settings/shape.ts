import { z } from 'zod';
import { codeTables } from './codes.ts';
import { auth, clientCertificate, sign } from './credentials.ts';

import { steps } from './step.ts';

/** Any system numbers its invoices as it likes. */
const invoiceKey = z.strictObject({
  number: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((it) => it.length > 0 && it.length <= 64, 'expected a number of up to 64 characters'),
  issued: z
    .string()
    .regex(/^(\d{14})?$/, 'must be the date of issue as yyyyMMddHHmmss')
    .default(''),
});

const valueName = z
  .string()
  .regex(/^[a-z]\w{0,40}$/i, 'expected a name of letters, digits and "_"');

const limit = (most: number) => z.int(`expected a whole number from 1 to ${most}`).min(1).max(most);

export const settingsShape = z.strictObject({
  values: z.record(valueName, z.union([z.string(), z.number()])).default({}),
  secrets: z.record(valueName, z.string().min(1)).default({}),
  charset: z.enum(['utf-8', 'gbk']).default('utf-8'),
  auth: auth.optional(),
  client_certificate: clientCertificate.optional(),
  sign: sign.optional(),
  codes: codeTables.optional(),
  budgets: z
    .strictObject({
      per_second: limit(1_000).optional(),
      per_minute: limit(10_000).optional(),
      per_day: limit(100_000).optional(),
    })
    .optional(),
  known: invoiceKey.optional(),
  unknown: invoiceKey.optional(),
  reach: steps.optional(),
  login: steps.optional(),
  issue: steps.optional(),
  upload: steps.optional(),
  query: steps.optional(),
  download: steps.optional(),
  deliver: steps.optional(),
  verify: steps.optional(),
  api: steps.optional(),
});
export type HttpSettings = z.infer<typeof settingsShape>;

/** Functions that steps may measure. */
export const STEP_FUNCTIONS = [
  'reach',
  'login',
  'issue',
  'upload',
  'query',
  'download',
  'deliver',
  'verify',
  'api',
] as const;
export type StepFunction = (typeof STEP_FUNCTIONS)[number];
