import { createRoute, z } from '@hono/zod-openapi';
import { HISTORY_GRAINS } from '../../../../model/history/periods.ts';
import { OUTCOMES, STATES } from '../../../../model/vocabulary.ts';
import {
  componentName,
  count,
  HEADERS,
  instant,
  orNull,
  problems,
} from '../../../kit/described.ts';
import { HISTORY_KINDS, historyQuery } from './query.ts';

const ms = z.number().min(0);
const percent = z.number().min(0).max(100);
const span = { component: componentName, from: instant, to: instant };

const figureRow = z
  .object({
    ...span,
    since: orNull(instant),
    n: orNull(count),
    ok: orNull(count),
    slow: orNull(count),
    not_judged: orNull(count),
    ok_percent: orNull(percent),
    delays_n: orNull(count),
    median_ms: orNull(ms),
    p95_ms: orNull(ms),
    availability_percent: orNull(percent),
    unadjusted_percent: orNull(percent),
    known_ms: ms,
    down_ms: ms,
    partial_ms: ms,
    excused_ms: ms,
    simulated: z.boolean(),
    told: orNull(count).openapi({ description: 'Of n: events of own traffic.' }),
  })
  .openapi('FiguresOfPeriod', {
    description: 'null: no figure, because too little was measured or is kept.',
  });

const state = z.enum(STATES);
const stateRow = z
  .object({
    ...span,
    lasts: z.boolean(),
    state,
    measured: orNull(state).openapi({ description: 'In a maintenance.' }),
    length_ms: ms,
    recorded_at: orNull(instant),
  })
  .openapi('StateSpan');

const resultRow = z
  .object({
    component: componentName,
    slot_at: instant,
    check: z.string(),
    line: z.string().nullable(),
    outcome: z.enum(OUTCOMES),
    reason: z.string().nullable(),
    judged: z.boolean(),
    confirming: z.boolean(),
    started_at: instant,
    duration_ms: ms,
    delay_ms: orNull(ms),
    resolve_ms: orNull(ms),
    connect_ms: orNull(ms),
    tls_ms: orNull(ms),
    processing_ms: orNull(ms),
    transfer_ms: orNull(ms),
    bytes: orNull(count),
    http_status: orNull(z.number().int().min(100).max(599)),
    simulated: z.boolean(),
  })
  .openapi('MeasurementResult');

const historyDocument = z
  .object({
    kind: z.enum(HISTORY_KINDS),
    grain: z.enum(HISTORY_GRAINS).optional().openapi({ description: 'Of figures.' }),
    from: instant,
    to: instant,
    zone: z.string(),
    demo: z.boolean(),
    rows: z.union([z.array(figureRow), z.array(stateRow), z.array(resultRow)]),
  })
  .openapi('History', { description: 'Lengths in ms.' });

export const historyOperation = createRoute({
  method: 'get',
  operationId: 'getHistory',
  path: '/',
  tags: ['history'],
  summary: 'What was measured: figures by period, states, or single results',
  request: { query: historyQuery },
  responses: {
    200: {
      description: 'Rows of each component, oldest first, sent as they are read.',
      headers: {
        ...HEADERS.cache,
        ...HEADERS.any_origin,
        'Content-Disposition': {
          description: 'Of CSV: the name of the file.',
          schema: { type: 'string' },
        },
      },
      content: {
        'application/json': { schema: historyDocument },
        'text/csv': { schema: z.string().openapi({ description: 'RFC 4180, with a header.' }) },
      },
    },
    ...problems(422, 429, 500, 503),
  },
});
