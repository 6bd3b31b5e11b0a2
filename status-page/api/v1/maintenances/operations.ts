import { createRoute, type z } from '@hono/zod-openapi';
import { HEADERS, problemAnswer, problems } from '../../../kit/described.ts';
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
  reviseInput,
  staleDocument,
  updateInput,
} from './schemas.ts';

/** OpenAPI operations on maintenance. */

const READING = problems(401, 404, 429, 500, 503);
const CREATING = problems(400, 401, 413, 415, 422, 429, 500, 503);
const WRITING = {
  ...CREATING,
  ...problems(404, 409),
  412: problemAnswer(412, { schema: staleDocument }) as { description: string },
};

/** Of every operation; the route table has its path. */
const COMMON = { path: '/', tags: ['maintenance'], security: [{ token: [] }] };

function json<Schema extends z.ZodType>(schema: Schema, required = true) {
  return { content: { 'application/json': { schema } }, required };
}

function found(description: string) {
  return {
    description,
    ...jsonAnswer(maintenance),
    headers: { ...HEADERS.cache, ...HEADERS.etag },
  };
}

function jsonAnswer<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, headers: HEADERS.cache };
}

export const listOperation = createRoute({
  method: 'get',
  operationId: 'listMaintenances',
  summary: 'List maintenance, drafts included',
  ...COMMON,
  request: { query: listQuery },
  responses: {
    200: { description: 'Newest start first.', ...jsonAnswer(maintenanceList) },
    ...problems(401, 422, 429, 500, 503),
  },
});

export const createOperation = createRoute({
  method: 'post',
  operationId: 'createMaintenance',
  summary: 'Create a draft, or announce at once',
  ...COMMON,
  request: { headers: keyHeader, body: json(createInput) },
  responses: {
    201: found('Created.'),
    200: found('Created before with the same Idempotency-Key.'),
    ...CREATING,
  },
});

export const getOperation = createRoute({
  method: 'get',
  operationId: 'getMaintenance',
  summary: 'Get one',
  ...COMMON,
  request: { params: idParameter },
  responses: { 200: found('As it stands.'), ...READING },
});

export const reviseOperation = createRoute({
  method: 'put',
  operationId: 'reviseMaintenance',
  summary: 'Revise it; what was announced is published and told at once',
  ...COMMON,
  request: { params: idParameter, headers: changeHeaders, body: json(reviseInput) },
  responses: { 200: found('As revised.'), ...WRITING },
});

const action = (operationId: string, summary: string) =>
  createRoute({
    method: 'post',
    operationId,
    summary,
    ...COMMON,
    request: { params: idParameter, headers: changeHeaders, body: json(actionInput, false) },
    responses: { 200: found('Done, or done before.'), ...WRITING },
  });

export const actionOperations = {
  announce: action('announceMaintenance', 'Announce a draft as it is'),
  start: action('startMaintenance', 'Start it now'),
  end: action('endMaintenance', 'End it now; it completes when its functions work'),
  cancel: action('cancelMaintenance', 'Cancel what has not begun'),
};

export const extendOperation = createRoute({
  method: 'post',
  operationId: 'extendMaintenance',
  summary: 'Move the end of what has begun',
  ...COMMON,
  request: { params: idParameter, headers: changeHeaders, body: json(extendInput) },
  responses: { 200: found('Done, or done before.'), ...WRITING },
});

export const updateOperation = createRoute({
  method: 'post',
  operationId: 'postMaintenanceUpdate',
  summary: 'Post progress in words',
  ...COMMON,
  request: { params: idParameter, headers: changeHeaders, body: json(updateInput) },
  responses: { 200: found('With the new update.'), ...WRITING },
});
