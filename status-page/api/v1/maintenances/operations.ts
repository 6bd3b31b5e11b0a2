import { createRoute, type z } from '@hono/zod-openapi';
import {
  actionInput,
  changeHeaders,
  createInput,
  extendInput,
  idParameter,
  keyHeader,
  listQuery,
  maintenance,
  maintenanceList,
  problemDocument,
  reviseInput,
  updateInput,
} from './schemas.ts';

/** OpenAPI operations on maintenance. */

const PROBLEMS = {
  400: 'The body is not JSON.',
  401: "The administrator's token is missing or wrong.",
  404: 'There is no such maintenance.',
  409: 'As it stands, this cannot be done.',
  412: 'It is not as you saw it (If-Match).',
  413: 'The body is too large.',
  415: 'The body is not declared as JSON.',
  422: 'Something in the request is wrong; `errors` names each part and what was expected.',
  429: 'Too many wrong tokens; Retry-After says when to come back.',
} as const;

/** Typed without content, so that handlers may return their own problem documents. */
function problems<Status extends keyof typeof PROBLEMS>(...statuses: Status[]) {
  const answer = (status: Status): { description: string } => ({
    description: PROBLEMS[status],
    ...PROBLEM_CONTENT,
  });
  return Object.fromEntries(statuses.map((status) => [status, answer(status)])) as Record<
    Status,
    ReturnType<typeof answer>
  >;
}

const PROBLEM_CONTENT = {
  content: { 'application/problem+json': { schema: problemDocument } },
};

const READING = problems(401, 404, 422, 429);
const WRITING = problems(400, 401, 404, 409, 412, 413, 415, 422, 429);

/** Of every operation; the route table has its path. */
const COMMON = { path: '/', tags: ['maintenance'], security: [{ token: [] }] };

function json<Schema extends z.ZodType>(schema: Schema, required = true) {
  return { content: { 'application/json': { schema } }, required };
}

function found(description: string) {
  return { description, ...jsonAnswer(maintenance), headers: ETAG };
}

function jsonAnswer<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } } };
}

const ETAG = {
  ETag: { description: 'For If-Match.', schema: { type: 'string' as const } },
};

export const listOperation = createRoute({
  method: 'get',
  summary: 'List maintenance, drafts included',
  ...COMMON,
  request: { query: listQuery },
  responses: {
    200: { description: 'Newest start first.', ...jsonAnswer(maintenanceList) },
    ...problems(401, 422, 429),
  },
});

export const createOperation = createRoute({
  method: 'post',
  summary: 'Create a draft, or announce at once',
  ...COMMON,
  request: { headers: keyHeader, body: json(createInput) },
  responses: {
    201: found('Created.'),
    200: found('Created before with the same Idempotency-Key.'),
    ...problems(400, 401, 413, 415, 422, 429),
  },
});

export const getOperation = createRoute({
  method: 'get',
  summary: 'Get one',
  ...COMMON,
  request: { params: idParameter },
  responses: { 200: found('As it stands.'), ...READING },
});

export const reviseOperation = createRoute({
  method: 'put',
  summary: 'Revise it; what was announced is published and told at once',
  ...COMMON,
  request: { params: idParameter, headers: changeHeaders, body: json(reviseInput) },
  responses: { 200: found('As revised.'), ...WRITING },
});

const action = (summary: string) =>
  createRoute({
    method: 'post',
    summary,
    ...COMMON,
    request: { params: idParameter, headers: changeHeaders, body: json(actionInput, false) },
    responses: { 200: found('Done, or done before.'), ...WRITING },
  });

export const actionOperations = {
  announce: action('Announce a draft as it is'),
  start: action('Start it now'),
  end: action('End it now; it completes when its functions work'),
  cancel: action('Cancel what has not begun'),
};

export const extendOperation = createRoute({
  method: 'post',
  summary: 'Move the end of what has begun',
  ...COMMON,
  request: { params: idParameter, headers: changeHeaders, body: json(extendInput) },
  responses: { 200: found('Done, or done before.'), ...WRITING },
});

export const updateOperation = createRoute({
  method: 'post',
  summary: 'Post progress in words',
  ...COMMON,
  request: { params: idParameter, headers: changeHeaders, body: json(updateInput) },
  responses: { 200: found('With the new update.'), ...WRITING },
});
