import { z } from 'zod';
import {
  EVENT_OUTCOMES,
  EVENT_TYPES,
  type EventType,
  FAILURES,
  type OwnFailure,
  type OwnFunction,
} from '../../../model/event.ts';
import { contradictionIn } from '../../../model/said-of-event.ts';
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

/** By path, the texts that may stand there. */
const textsByPath = z.record(jsonPath, z.preprocess(asList, z.array(said).min(1).max(100)));

/** A text of the body, or what a table says of it. */
function tableOf<T extends z.ZodType<string>>(value: T) {
  return z.strictObject({
    from: paths,
    values: z.record(z.string(), value).optional(),
    /** By a regular expression in it, the first that matches; where the table has no value. */
    matches: z.record(pattern, value).optional(),
    otherwise: value.optional(),
  });
}

const text = z.preprocess(asValue, tableOf(said));
export type MappedText = z.infer<typeof text>;

/** Nobody tells it in words of ours. */
const outcome = tableOf(z.enum(FAILURES, `expected one of ${FAILURES.join(', ')}`)).refine(
  ({ values, matches, otherwise }) => (values ?? matches ?? otherwise) !== undefined,
  'expected a table: values, matches or otherwise',
);

const OWN_FUNCTIONS = FUNCTIONS.filter((fn): fn is OwnFunction => fn !== 'sync');
const ownFunction = z.enum(OWN_FUNCTIONS, `expected one of ${OWN_FUNCTIONS.join(', ')}`);
const eventOutcome = z.enum(EVENT_OUTCOMES, `expected one of ${EVENT_OUTCOMES.join(', ')}`);

/** What a state of theirs is: a stage, a result of a function, or nothing to be told. */
const meaning = z.preprocess(
  asMeaning,
  z
    .strictObject({
      type: z.enum(
        ['ignored', ...EVENT_TYPES],
        `expected a stage, ignored, or {type: failed, function: issue}: ${EVENT_TYPES.join(', ')}`,
      ),
      function: ownFunction.exactOptional(),
      outcome: eventOutcome.exactOptional(),
      /** It has no time of its own. */
      at: z.literal('received', 'expected received').exactOptional(),
    })
    .superRefine(({ type, ...more }, context) => {
      const problem = problemIn(type, more);
      if (problem === null) return;
      context.addIssue({ code: 'custom', path: [problem.field], message: problem.detail });
    }),
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

/** RFC 9110, 15.3.5 and 15.3.6. */
const WITHOUT_BODY = [204, 205];

const answer = z
  .strictObject({
    status: z.int().min(200).max(299).default(200),
    json: z.record(z.string(), z.unknown()).optional(),
    text: z.string().max(1_000).optional(),
  })
  .refine(({ status, json, text }) => {
    const bodies = [json, text].filter((it) => it !== undefined).length;
    return bodies === (WITHOUT_BODY.includes(status) ? 0 : 1);
  }, 'expected one of json and text: the answer that is expected; of status 204 and 205 none');

export const callbackMapping = z
  .strictObject({
    body: z.enum(['form', 'json'], 'expected form or json'),
    /** Absent: what the sender says, else UTF-8. */
    charset: z.enum(['utf-8', 'gbk'], 'expected utf-8 or gbk').optional(),
    /** Of all that are there, each has one of its texts; else the body cannot be mapped. */
    when: textsByPath.default({}),
    /** Any of them: the body is answered, and tells of nothing that is counted. */
    ignored: textsByPath.default({}),
    json_in: z.preprocess(asList, z.array(fieldName).max(5)).default([]),
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
    outcome: outcome.optional(),
    code: text.optional(),
    answer,
  })
  .superRefine(({ when, ignored, json_in }, context) => {
    for (const [key, texts] of Object.entries({ when, ignored }))
      for (const path of Object.keys(texts))
        if (json_in.some((name) => isBelow(path, name)))
          context.addIssue({
            code: 'custom',
            path: [key, path],
            message: 'is asked before json_in is read; expected a field beside it',
          });
  });
export type CallbackMapping = z.infer<typeof callbackMapping>;

/** The mapping of a system of whose `told` functions own traffic tells: no other may fail. */
export function callbackMappingOf(told: readonly OwnFunction[]) {
  return callbackMapping.superRefine(({ type }, context) => {
    const { values, otherwise, absent } = type;
    const meanings = [
      ...Object.entries(values).map(([value, it]) => ({ path: ['values', value], it })),
      { path: ['otherwise'], it: otherwise },
      { path: ['absent'], it: absent },
    ];
    const known = told.length === 0 ? 'none of this system is' : told.join(', ');
    for (const { path, it } of meanings)
      if (it?.type === 'failed' && it.function !== undefined && !told.includes(it.function))
        context.addIssue({
          code: 'custom',
          path: ['type', ...path, 'function'],
          message: `expected a function that own traffic tells of: ${known}`,
        });
  });
}

interface Result {
  function?: OwnFunction;
  outcome?: 'ok' | OwnFailure;
  at?: 'received';
}

function problemIn(type: EventType | 'ignored', more: Result) {
  if (type === 'ignored') {
    const [field] = Object.keys(more);
    return field === undefined ? null : { field, detail: 'is not said of what is ignored' };
  }
  if (type === 'failed' && more.function === undefined)
    return { field: 'function', detail: 'expected the function that failed' };
  return contradictionIn({ type, ...more });
}

function isBelow(path: string, name: string): boolean {
  const [first = ''] = name.split('.');
  const rest = [`$.${first}`, `$['${first}']`, `$["${first}"]`].find((it) => path.startsWith(it));
  return rest !== undefined && /^[.[]|^$/.test(path.slice(rest.length));
}

function asList(value: unknown): unknown {
  return Array.isArray(value) || value === undefined ? value : [value];
}

function asMeaning(value: unknown): unknown {
  return typeof value === 'string' ? { type: value } : value;
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
