import { z } from 'zod';
import { DAY, MINUTE } from '../model/time.ts';
import {
  type EpochMs,
  type FileFormat,
  FORMATS,
  type InvoiceFunction,
} from '../model/vocabulary.ts';
import type { Drill, DrillKind, SimulatorDefinition } from '../probes/simulator.ts';
import { DAMAGES } from '../probes/specimen/damage.ts';

/** Drills must end by themselves. */
const LONGEST_AHEAD_MS = DAY;

const INSTANT = 'must be a time as in ISO 8601 with its zone, e.g. 2026-03-01T12:00:00+08:00';
const instant = z.iso
  .datetime({ offset: true, error: INSTANT })
  .transform((text) => Date.parse(text));

/** A problem of an input field (JSON pointer). */
export interface InputProblem {
  pointer: string;
  detail: string;
}

export type DrillInput = { drill: Omit<Drill, 'id'> } | { problems: InputProblem[] };

/** Parses the description of a drill for */
export function readDrill(
  input: unknown,
  system: string,
  definition: SimulatorDefinition,
  now: EpochMs,
): DrillInput {
  const parsed = drillSchema(definition, now).safeParse(input);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap(problemsOf) };
  const given: DrillFields = parsed.data;
  return {
    drill: {
      system,
      kind: given.kind,
      function: given.function ?? null,
      format: given.format ?? null,
      // A drill cannot disturb the past.
      from: Math.max(given.from ?? now, now),
      until: given.until,
      ms: given.ms ?? null,
      code: given.code ?? null,
      rate: given.rate ?? null,
    },
  };
}

/** The fields of all kinds together. */
interface DrillFields {
  kind: DrillKind;
  from?: EpochMs | undefined;
  until: EpochMs;
  function?: InvoiceFunction | undefined;
  format?: FileFormat | undefined;
  ms?: number;
  code?: number;
  rate?: number;
}

/** The kinds this system supports, each with its own fields. */
function drillSchema({ functions, drills }: SimulatorDefinition, now: EpochMs) {
  const hours = {
    from: instant.optional(),
    until: instant
      .refine((until) => until > now, 'must lie in the future')
      .refine((until) => until <= now + LONGEST_AHEAD_MS, 'must be at most 24 hours ahead'),
  };
  const fn = { function: z.enum(functions).optional() };
  const format = { format: z.enum(FORMATS).optional() };
  const kinds = [
    z.strictObject({ kind: z.literal('latency'), ...hours, ...fn, ms: z.int().min(1).max(MINUTE) }),
    z.strictObject({
      kind: z.literal('error_code'),
      ...hours,
      ...fn,
      code: z.int().min(2).max(99_999),
    }),
    z.strictObject({ kind: z.enum(['outage', 'maintenance', 'throttling']), ...hours, ...fn }),
    z.strictObject({ kind: z.literal('stalled_sync'), ...hours }),
    z.strictObject({
      kind: z.literal('slow_sync'),
      ...hours,
      rate: z.number().min(0.01).max(0.99),
    }),
    z.strictObject({
      kind: z.enum(DAMAGES),
      ...hours,
      ...format,
    }),
  ] as const;
  return z
    .discriminatedUnion('kind', kinds, { error: `must be one of: ${drills.join(', ')}` })
    .refine(({ kind }) => drills.includes(kind), {
      path: ['kind'],
      error: `must be one of: ${drills.join(', ')}`,
    })
    .refine(({ from, until }) => from === undefined || from < until, {
      path: ['from'],
      error: 'must lie before until',
    });
}

function problemsOf(issue: z.core.$ZodIssue): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer([key]),
      detail: 'is not known for this kind',
    }));
  }
  return [{ pointer: pointer(issue.path), detail: issue.message }];
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
