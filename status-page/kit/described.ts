import { type createRoute, z } from '@hono/zod-openapi';
import type { Languages } from '../../model/vocabulary.ts';

/** Parts of the description of the API (OpenAPI 3.1) that its resources share. */

export type DescribedOperation = Parameters<typeof createRoute>[0];

/** A union, because `nullable` of a named schema allows no null in OpenAPI 3.1. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

/** How times are answered: UTC with milliseconds. */
export const instant = z.iso.datetime();

/** How times are sent: with a zone, and seconds. */
export function timeWithZone(expected: string) {
  const { source } = z.regexes.datetime({ offset: true });
  return z.iso.datetime({ offset: true, error: expected }).openapi({ pattern: source });
}

/** Ids of incidents, maintenances and their updates. */
export const entityId = z.string().regex(/^[a-z0-9]{12}$/);

const PART = '[a-z][a-z0-9-]{0,62}';

/** Ids of functions of systems. */
export const componentName = z
  .string()
  .max(2 * 63 + 1)
  .regex(new RegExp(`^${PART}\\.[a-z]{1,63}$`))
  .openapi({ example: 'beijing.download' });

/** Ids of systems. */
export const systemId = z
  .string()
  .max(63)
  .regex(new RegExp(`^${PART}$`));

export const count = z.number().int().min(0);

const fieldError = z
  .object({
    pointer: z.string().optional().openapi({
      description: 'JSON Pointer into the body.',
      example: '#/texts/title/en',
    }),
    parameter: z.string().optional().openapi({ description: 'Of the path or the query.' }),
    header: z.string().optional(),
    detail: z.string().openapi({ description: 'What was expected.' }),
  })
  .openapi('FieldError');

const problemMembers = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  detail: z.string().optional().openapi({ description: 'The remedy.' }),
});

export const problemDocument = problemMembers.openapi('Problem', { description: 'RFC 9457.' });

export const invalidDocument = problemMembers
  .extend({ errors: z.array(fieldError) })
  .openapi('InvalidRequest', { description: 'RFC 9457, with each part that is wrong.' });

/** A problem document with members of its own. */
export function problemWith<Shape extends z.ZodRawShape>(name: string, shape: Shape) {
  return problemMembers.extend(shape).openapi(name, { description: 'RFC 9457.' });
}

function header(description: string, required = true) {
  return { description, required, schema: { type: 'string' as const } };
}

/** What every answer may have; those that are always there are required. */
export const HEADERS = {
  cache: { 'Cache-Control': header('How long it may be kept, and by whom.') },
  etag: { ETag: header('Of this state; for If-None-Match and If-Match.') },
  vary: { Vary: header('Headers of the request that choose the answer.') },
  language: { 'Content-Language': header('The language of names and texts.') },
  any_origin: { 'Access-Control-Allow-Origin': header('Pages of any origin may read it.') },
  retry: { 'Retry-After': header('Seconds after which to try again.') },
} as const;

/** Of what is published, in some language. */
export const PUBLISHED_HEADERS = {
  ...HEADERS.cache,
  ...HEADERS.etag,
  ...HEADERS.vary,
  ...HEADERS.language,
  ...HEADERS.any_origin,
};

/** The parameter of a path that names a language of the page. */
export function inLanguages(languages: Languages) {
  return z.object({ lang: z.enum(languages) });
}

export const NO_LANGUAGE = 'The page is not in this language.';

/** Of refusals too, where the answer itself is for pages of any origin. */
const REFUSED_TO_ANY_ORIGIN = {
  'Access-Control-Allow-Origin': header('Of what is open: pages of any origin may read it.', false),
};

const PROBLEM_HEADERS = {
  401: { 'WWW-Authenticate': header('Bearer, and what is wrong with the token.') },
  412: HEADERS.etag,
  415: { Accept: header('The type that is taken.') },
  429: HEADERS.retry,
  503: HEADERS.retry,
} as const;

const PROBLEMS = {
  400: 'The body is not JSON.',
  401: "The administrator's token is missing or wrong.",
  403: 'It may not be done with this token.',
  404: 'There is no such thing.',
  409: 'As it stands, this cannot be done.',
  412: 'It is not as you saw it (If-Match).',
  413: 'The body is too large.',
  415: 'The body is not declared as it must be.',
  422: 'Something in the request is wrong; `errors` names each part and what was expected.',
  429: 'Too many requests; Retry-After says when to come back.',
  500: 'Something went wrong here; it was logged.',
  503: 'Storage is away, or the page is starting: nothing was changed.',
} as const;
export type ProblemStatus = keyof typeof PROBLEMS;

interface Told {
  schema?: z.ZodType;
  description?: string;
}

/** The answer with a problem document. */
export function problemAnswer(
  status: ProblemStatus,
  { schema = status === 422 ? invalidDocument : problemDocument, description = '' }: Told = {},
) {
  const own: Record<number, object> = PROBLEM_HEADERS;
  return {
    description: description || PROBLEMS[status],
    headers: { ...HEADERS.cache, ...REFUSED_TO_ANY_ORIGIN, ...own[status] } as Record<
      string,
      ReturnType<typeof header>
    >,
    content: { 'application/problem+json': { schema } },
  };
}

/** The same, of which a browser gets a page. */
export function pageOrProblem(status: ProblemStatus, description = '') {
  const { content, ...answer } = problemAnswer(status, { description });
  return { ...answer, content: { ...content, 'text/html': { schema: z.string() } } };
}

/** Typed without content, so that handlers may return their own problem documents. */
type Untyped = { description: string };

/** Answers with problem documents, by status. */
export function problems<Status extends ProblemStatus>(...statuses: Status[]) {
  const entries = statuses.map((status) => [status, problemAnswer(status)]);
  return Object.fromEntries(entries) as Record<Status, Untyped>;
}

/** The answer to a client whose copy is the current one. */
export function notModified(headers: Record<string, ReturnType<typeof header>>) {
  return { description: 'Your copy is the current one (If-None-Match).', headers };
}
