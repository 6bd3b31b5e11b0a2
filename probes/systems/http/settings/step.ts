import { z } from 'zod';
import { FORMATS } from '../../../../model/vocabulary.ts';
import { type CodeTable, codeTables } from './codes.ts';
import { answerPlace, conditions, headerName, jsonPath, xPath } from './places.ts';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000 } as const;
const WAIT_EXPECTED = 'expected a duration up to 10m with its unit, such as 500ms or 2s';

/** Stays a text, so that settings that were read can be read again. */
const wait = z
  .string(WAIT_EXPECTED)
  .regex(/^\d{1,6}(ms|s|m)$/, WAIT_EXPECTED)
  .refine((it) => waitMs(it) >= 100 && waitMs(it) <= 600_000, WAIT_EXPECTED);

export function waitMs(text: string): number {
  const unit = /[a-z]+$/.exec(text)?.[0] ?? 'ms';
  return Number.parseInt(text, 10) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

const path = z
  .string()
  .max(2_000)
  .regex(/^(\/|\$\{\w+\}$)/, `must start with /, or be a captured address alone: \${address}`);
const text = z.string().max(100_000);
const scalarText = z.union([text, z.number()]).transform(String);

const part = z.union(
  [
    scalarText,
    z.strictObject({
      specimen: z.enum(FORMATS),
      name: z
        .string()
        .regex(/^[^"\r\n]{1,100}$/)
        .optional(),
      type: z
        .string()
        .regex(/^[\w.+-]+\/[\w.+-]+$/)
        .optional(),
    }),
  ],
  { error: 'expected a text, or {specimen: pdf, name: …, type: …}' },
);

/** Asked again until its answer is so, and while it is so, whatever that means elsewhere. */
const repeat = z
  .strictObject({ until: conditions, while: conditions.optional(), every: wait, within: wait })
  .refine(({ every, within }) => waitMs(every) <= waitMs(within), {
    error: 'must be at least as long as every',
    path: ['within'],
  });

/** The name of a captured value. */
const captureName = z
  .string()
  .regex(/^[a-z]\w{0,40}$/, 'expected a name of lower-case letters, digits and "_"');

const PATHS = {
  get: path.optional(),
  head: path.optional(),
  post: path.optional(),
  put: path.optional(),
  patch: path.optional(),
  delete: path.optional(),
};
const BODIES = {
  json: z.unknown().optional(),
  form: z.record(z.string(), z.unknown()).optional(),
  multipart: z.record(z.string().regex(/^[^"\r\n]{1,100}$/), part).optional(),
  xml: text.optional(),
  text: text.optional(),
  specimen: z.enum(FORMATS).optional(),
};

export const METHOD_KEYS = Object.keys(PATHS) as (keyof typeof PATHS)[];
export const BODY_KEYS = Object.keys(BODIES) as (keyof typeof BODIES)[];

const keysGiven = (value: object, keys: readonly string[]) =>
  keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined);

/** One request, what is expected of its answer, and what is kept of it. */
export const step = z
  .strictObject({
    ...PATHS,
    query: z.record(z.string(), scalarText).optional(),
    headers: z.record(headerName, scalarText).optional(),
    ...BODIES,
    /** false: sent without the credentials of the system. */
    auth: z.boolean().default(true),
    /** false: sent without the signature of the system. */
    sign: z.boolean().default(true),
    expect: conditions.optional(),
    /** Of the last step of a query, or of verify: how it says that the invoice is there, or not. */
    found: conditions.optional(),
    absent: conditions.optional(),
    /** Of the last step of a download: where the file stands, in base64; else it is the body. */
    file: z
      .union([z.strictObject({ json: jsonPath }), z.strictObject({ xml: xPath })], {
        error: 'expected {json: PATH} or {xml: PATH}',
      })
      .optional(),
    capture: z
      .record(captureName, answerPlace)
      .refine((it) => Object.keys(it).length <= 20, 'expected at most 20 values')
      .optional(),
    codes: z.union([codeTables, z.literal(false)]).optional(),
    repeat: repeat.optional(),
    /** It changes nothing there, although it is no GET. */
    safe: z.boolean().default(false),
    /** It belongs to another function, named or not: where it fails, this one waits for it. */
    prerequisite: z
      .union([z.boolean(), z.enum(['login', 'query'])], {
        error: 'expected login, query, true or false',
      })
      .default(false),
  })
  .refine((it) => keysGiven(it, METHOD_KEYS).length === 1, {
    error: `expected one of ${METHOD_KEYS.join(', ')}, with the path`,
  })
  .refine((it) => keysGiven(it, BODY_KEYS).length <= 1, {
    error: `expected at most one of ${BODY_KEYS.join(', ')}: the body`,
  })
  .refine((it) => !(it.get ?? it.head) || keysGiven(it, BODY_KEYS).length === 0, {
    error: 'get and head have no body',
  });
export type HttpStep = z.infer<typeof step>;

/** The codes that the answer to a step is judged by; of `head` it has no body to have them in. */
export function codesOf(
  { codes, head }: Pick<HttpStep, 'codes' | 'head'>,
  common: readonly CodeTable[] = [],
): readonly CodeTable[] {
  const tables = codes === false ? [] : (codes ?? common);
  return head === undefined ? tables : tables.filter(({ header }) => header !== undefined);
}

export const steps = z
  .array(step, 'expected a list of steps')
  .min(1, 'expected at least one step')
  .max(20, 'expected at most 20 steps');
