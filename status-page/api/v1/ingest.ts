import { createRoute, z } from '@hono/zod-openapi';
import {
  AMOUNT,
  EVENT_KEY,
  EVENT_LIMITS,
  EVENT_OUTCOMES,
  EVENT_TYPES,
  FAILURE_CODE,
  INVOICE_CODE,
  LONGEST_DURATION_MS,
  TAX_ID,
} from '../../../model/event.ts';
import { FUNCTIONS } from '../../../model/vocabulary.ts';
import {
  count,
  type DescribedOperation,
  problemAnswer,
  problems,
  problemWith,
  systemId,
  timeWithZone,
} from '../../kit/described.ts';

/** The ingest, which the collector serves at an address of its own. */

/** One line of a body. */
export const eventLine = z
  .strictObject({
    key: z.string().min(1).max(200).regex(EVENT_KEY).openapi({
      description: 'Unique in its system; repeated keys are ignored.',
    }),
    system: systemId.openapi({ description: 'Where it happened; a check follows it.' }),
    type: z.enum(EVENT_TYPES),
    number: z
      .string()
      .regex(/^(?:\d{20}|\d{8})$/)
      .optional()
      .openapi({ description: '20 digits; 8 beside an invoice_code.' }),
    invoice_code: z
      .string()
      .regex(INVOICE_CODE)
      .optional()
      .openapi({ description: 'Of an invoice that is not fully digital.' }),
    issued: z
      .string()
      .regex(/^\d{14}$/)
      .openapi({
        description: 'yyyyMMddHHmmss, China time.',
        example: '20260105093000',
      })
      .optional(),
    at: timeWithZone('expected a time as in ISO 8601 with its zone').openapi({
      description: 'ISO 8601 with a zone; not to come, and not longer ago than lost_after.',
      example: '2026-01-05T09:30:02+08:00',
    }),
    at_latest: z
      .boolean()
      .optional()
      .openapi({ description: 'It happened at this time or before: nobody says when.' }),
    function: z
      .enum(FUNCTIONS.filter((it) => it !== 'sync'))
      .optional()
      .openapi({ description: 'What failed; of others, one that the stage may stand for.' }),
    duration_ms: z
      .number()
      .int()
      .min(0)
      .max(LONGEST_DURATION_MS)
      .optional()
      .openapi({ description: 'How long it took, or until it failed.' }),
    outcome: z.enum(EVENT_OUTCOMES).optional().openapi({
      description: 'Of what failed; absent: system. ok: good, also without a duration.',
    }),
    amount: z
      .string()
      .regex(AMOUNT)
      .optional()
      .openapi({ description: 'The total with tax, in yuan.', example: '113.00' }),
    tax_id: z.string().regex(TAX_ID).optional().openapi({ description: 'Of the buyer.' }),
    code: z
      .string()
      .regex(FAILURE_CODE)
      .optional()
      .openapi({ description: 'Of what failed, in its system; no number of an invoice.' }),
  })
  .openapi({ description: 'One line of a body of postEvents.' });

const line = z.number().int().min(1).openapi({ description: 'Counted from 1, empty ones too.' });
const lineAnswer = z
  .union([
    z.object({ line, status: z.enum(['accepted', 'duplicate']) }),
    z.object({
      line,
      status: z.literal('refused'),
      errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).min(1),
    }),
  ])
  .openapi('LineAnswer');
const lines = z.array(lineAnswer).max(EVENT_LIMITS.lines);
const report = z
  .object({ accepted: count, duplicate: count, refused: count, lines })
  .openapi('IngestReport');

function reported(description: string) {
  return { description, content: { 'application/json': { schema: report } } };
}

/** Posting events, described beside our own API: it is one product for who programs against it. */
export const INGEST_OPERATION: DescribedOperation = createRoute({
  method: 'post',
  operationId: 'postEvents',
  path: '/ingest/events',
  tags: ['own traffic'],
  summary: "Post events of a company's own invoices",
  description: 'Served by the collector, on INGEST_HOST and INGEST_PORT, if it has tokens.',
  servers: [
    {
      url: 'http://{host}:{port}',
      variables: { host: { default: '127.0.0.1' }, port: { default: '9470' } },
    },
  ],
  security: [{ ingest_token: [] }],
  request: {
    body: {
      required: true,
      description: 'One event a line (NDJSON), each as the schema InvoiceEvent.',
      content: {
        'application/x-ndjson': {
          schema: z
            .string()
            .min(1)
            .max(EVENT_LIMITS.bytes)
            .openapi({ examples: ['{"key": "erp-2026-000123", …}\n'] }),
        },
      },
    },
  },
  responses: {
    200: reported('Every line was accepted, now or before.'),
    207: reported('Some lines were refused.'),
    400: problemAnswer(400, {
      schema: problemWith('RefusedLines', { lines: lines.optional() }),
      description: 'No line is an event.',
    }),
    ...problems(401, 403, 413, 415, 429, 503),
  },
});
