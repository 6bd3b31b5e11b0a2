import { z } from 'zod';
import { jsonPathProblem } from '../engine/json-path.ts';
import { patternProblem } from '../engine/pattern.ts';
import { xPathProblem } from '../engine/x-path.ts';

/** Where something stands in an answer, and what it is compared with. */

/** A text of which its reader says what is wrong with it. */
export function expressionText(what: string, problemIn: (text: string) => string | null) {
  return z
    .string(`expected ${what}`)
    .max(1_000)
    .superRefine((text, context) => {
      const problem = problemIn(text);
      if (problem !== null) context.addIssue({ code: 'custom', message: `no ${what}: ${problem}` });
    });
}

/** Paths are compiled as they stand: a value in one would be part of an expression. */
const withoutTemplate = (problemIn: (text: string) => string | null) => (text: string) =>
  /\$\{/.test(text) ? 'no value is put into a path; ask for more, and compare' : problemIn(text);
const jsonProblem = withoutTemplate(jsonPathProblem);
const xmlProblem = withoutTemplate(xPathProblem);

export const jsonPath = expressionText('JSONPath', jsonProblem);
export const xPath = expressionText('XPath', xmlProblem);
export const pattern = expressionText('regular expression', patternProblem);
export const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'expected the name of a header')
  .transform((name) => name.toLowerCase());

/** One place in an answer. */
export const answerPlace = z.union(
  [
    z.strictObject({ json: jsonPath }),
    z.strictObject({ xml: xPath }),
    z.strictObject({ header: headerName }),
    z.strictObject({ matches: pattern }),
  ],
  {
    error: 'expected one of {json: PATH}, {xml: PATH}, {header: NAME}, {matches: EXPRESSION}',
  },
);
export type AnswerPlace = z.infer<typeof answerPlace>;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const wanted = z.union(
  [
    scalar,
    z.array(scalar).min(1).max(100),
    z.strictObject({ exists: z.boolean() }),
    z.strictObject({ matches: pattern }),
  ],
  { error: 'expected a value, a list of values, {exists: true}, or {matches: EXPRESSION}' },
);
export type Wanted = z.infer<typeof wanted>;

const status = z.int().min(200).max(599);
const statuses = z.union([status, z.array(status).min(1).max(20)], {
  error: 'expected a status, or a list of statuses',
});
const words = z.string().min(1).max(200);
const anyWords = z.union([words, z.array(words).min(1).max(20)], {
  error: 'expected a text, or a list of texts',
});

const AT_LEAST_ONE = 'expected at least one place, with what stands there';

/** By place; a place that is none is told with its own reason. */
function wantedAt(what: string, problemIn: (text: string) => string | null) {
  return z.record(z.string().max(1_000), wanted).superRefine((all, context) => {
    if (isEmpty(all)) context.addIssue({ code: 'custom', message: AT_LEAST_ONE });
    for (const key of Object.keys(all)) {
      const problem = problemIn(key);
      const message = `no ${what}: ${problem}`;
      if (problem !== null) context.addIssue({ code: 'custom', path: [key], message });
    }
  });
}

const isEmpty = (all: object) => Object.keys(all).length === 0;

/** What an answer must be; all of it holds. */
export const conditions = z.strictObject({
  status: statuses.optional(),
  json: wantedAt('JSONPath', jsonProblem).optional(),
  xml: wantedAt('XPath', xmlProblem).optional(),
  header: z
    .record(headerName, wanted)
    .refine((all) => !isEmpty(all), AT_LEAST_ONE)
    .optional(),
  /** Any of these stands in it. */
  text: anyWords.optional(),
  /** None of these stands in it. */
  without: anyWords.optional(),
});
export type Conditions = z.infer<typeof conditions>;
