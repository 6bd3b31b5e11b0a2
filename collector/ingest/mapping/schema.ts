import { z } from 'zod';
import {
  EVENT_TYPES,
  type EventType,
  FAILURES,
  type OwnFailure,
  type OwnFunction,
} from '../../../model/event.ts';
import { FUNCTIONS } from '../../../model/vocabulary.ts';
import { isZone } from '../../../model/zone.ts';
import { jsonPath, pattern } from '../../../probes/systems/http/settings/places.ts';

/** How bodies of a provider's callbacks become events. docs/ingest.md describes each key. */

/** One path, or several of which the first that is not empty counts. */
const paths = z.preprocess(asList, z.array(jsonPath).min(1).max(10));

/** The names of fields, one below the other: `data.payload`. */
const fieldName = z
  .string()
  .regex(/^[^.]{1,100}(\.[^.]{1,100}){0,5}$/, 'expected the name of a field, such as data.payload');

const said = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A text of the body, as it is or by what a table says of it. */
const text = z.preprocess(
  asValue,
  z.strictObject({
    from: paths,
    values: z.record(z.string(), said).optional(),
    /** By a regular expression in it, the first that matches; where the table has no value. */
    matches: z.record(pattern, said).optional(),
    otherwise: said.optional(),
  }),
);
export type MappedText = z.infer<typeof text>;

const stage = z.enum(EVENT_TYPES, `expected one of ${EVENT_TYPES.join(', ')}`);
const OWN_FUNCTIONS = FUNCTIONS.filter((fn): fn is OwnFunction => fn !== 'sync');

interface Stage {
  type: EventType;
  function?: OwnFunction;
  outcome?: OwnFailure;
}

/** What a state of theirs is: a stage, with what a failure needs; or nothing to be told. */
const meaning = z.union(
  [
    z.literal('ignored').transform((type) => ({ type })),
    stage.transform((type): Stage => ({ type })),
    z.strictObject({
      type: stage,
      function: z.enum(OWN_FUNCTIONS).exactOptional(),
      outcome: z.enum(FAILURES).exactOptional(),
    }),
  ],
  'expected a stage, ignored, or {type: failed, function: issue}',
);
export type Meaning = z.infer<typeof meaning>;

/** What a stage is said by; one stage for all is a table without values. */
const state = z.strictObject({
  from: z.preprocess(asList, z.array(jsonPath).max(10)),
  values: z.record(z.string(), meaning),
  /** Of a value that the table has not; absent: the body cannot be mapped. */
  otherwise: meaning.optional(),
  /** Where there is no value; absent: the body cannot be mapped. */
  absent: meaning.optional(),
});

const TIME_FORMATS = ['ms', 's', 'digits', 'text'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

const time = z.strictObject({
  from: z.preprocess(asList, z.array(jsonPath).max(10)),
  time: z.enum(TIME_FORMATS, `expected one of ${TIME_FORMATS.join(', ')}`),
  zone: z.string().refine(isZone, 'expected an IANA time zone').default('Asia/Shanghai'),
});
export type MappedTime = z.infer<typeof time>;

const answer = z
  .strictObject({
    status: z.int().min(200).max(299).default(200),
    json: z.record(z.string(), z.unknown()).optional(),
    text: z.string().max(1_000).optional(),
  })
  .refine(
    ({ json, text }) => (json === undefined) !== (text === undefined),
    'expected one of json and text: the answer that the sender expects',
  );

export const callbackMapping = z.strictObject({
  body: z.enum(['form', 'json'], 'expected form or json'),
  json_in: z.preprocess(asList, z.array(fieldName).max(5)).default([]),
  /** Others are answered and ignored: by path, the texts that may stand there. */
  when: z.record(jsonPath, z.preprocess(asList, z.array(said).min(1).max(100))).default({}),
  each: jsonPath.optional(),
  unique_by: z.preprocess(asList, z.array(paths).min(1).max(5)),
  type: z.preprocess(asState, state),
  at: z.preprocess(asTime, time.extend({ otherwise: z.literal('received').optional() })),
  began: time.optional(),
  number: text.optional(),
  invoice_code: text.optional(),
  issued: time.optional(),
  amount: z
    .strictObject({ from: paths, unit: z.enum(['fen', 'yuan'], 'expected fen or yuan') })
    .optional(),
  tax_id: text.optional(),
  outcome: text.optional(),
  code: text.optional(),
  answer,
});
export type CallbackMapping = z.infer<typeof callbackMapping>;

function asList(value: unknown): unknown {
  return Array.isArray(value) || value === undefined ? value : [value];
}

function asState(value: unknown): unknown {
  const is_table = typeof value === 'object' && value !== null && 'from' in value;
  return is_table ? value : { from: [], values: {}, absent: value };
}

function asTime(value: unknown): unknown {
  return value === 'received' ? { from: [], time: 'ms', otherwise: value } : value;
}

function asValue(value: unknown): unknown {
  return typeof value === 'string' || Array.isArray(value) ? { from: value } : value;
}
