import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fromChinaTime, toChinaTime } from '../../model/china-time.ts';
import {
  AMOUNT,
  EVENT_KEY,
  EVENT_OUTCOMES,
  EVENT_TYPES,
  type EventType,
  FAILURE_CODE,
  functionEndedBy,
  functionOfEvent,
  INVOICE_CODE,
  INVOICE_NUMBER,
  type InvoiceEvent,
  type InvoiceOfEvent,
  LONGEST_DURATION_MS,
  type OwnFunction,
  SHORT_NUMBER,
  TAX_ID,
  type ToldOfFunction,
} from '../../model/event.ts';
import { contradictionIn } from '../../model/said-of-event.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { type EpochMs, FUNCTIONS } from '../../model/vocabulary.ts';

/** A problem of a line's field (JSON pointer). Never contains the line's content. */
export interface LineProblem {
  pointer: string;
  detail: string;
}

/** `id`: of a refused event that may have been taken before; null: nobody knows which it is. */
export type ReadLine = { event: InvoiceEvent } | { problems: LineProblem[]; id: string | null };

/** What events of a system are good for. */
export interface ReportingSystem {
  /** An older event changes nothing. */
  oldest_ms: number;
  /** A check follows its invoices. */
  is_followed: boolean;
  /** What its own traffic tells of. */
  functions: readonly OwnFunction[];
}

export interface LineContext {
  installation: string;
  systems: ReadonlyMap<string, ReportingSystem>;
  now: EpochMs;
}

/** Tolerated clock skew of senders, and between those who issue and those who report it. */
const AHEAD_MS = MINUTE;
/** Clocks that are set right differ by less. */
const ROUNDED_MS = SECOND;
/** An invoice that was issued longer before its event is a misread date. */
const ISSUED_BEFORE_MS = 2 * 366 * DAY;
/** Problems told of one line; a line may have any number of unknown fields. */
const MAX_PROBLEMS = 20;

const ISSUED_EXPECTED = 'expected the date of issue as yyyyMMddHHmmss, on a day that exists';
const NUMBER_EXPECTED = 'expected 20 digits, or 8 beside an `invoice_code`';
const AMOUNT_EXPECTED = 'expected yuan such as 113.00, as a text';
const DURATION_EXPECTED = 'expected whole milliseconds, at most 30 days';
const OWN_FUNCTIONS = FUNCTIONS.filter((fn): fn is OwnFunction => fn !== 'sync');

const line = z.strictObject({
  key: z.string().regex(EVENT_KEY, 'expected 1 to 200 printable ASCII characters'),
  system: z.string('expected the id of a system'),
  type: z.enum(EVENT_TYPES, `expected one of ${EVENT_TYPES.join(', ')}`),
  number: z
    .string(NUMBER_EXPECTED)
    .refine((text) => INVOICE_NUMBER.test(text) || SHORT_NUMBER.test(text), NUMBER_EXPECTED)
    .optional(),
  invoice_code: z.string().regex(INVOICE_CODE, 'expected 10 or 12 digits').optional(),
  issued: z.string(ISSUED_EXPECTED).refine(isChinaTime, ISSUED_EXPECTED).optional(),
  at: z.iso
    .datetime({ offset: true, error: 'expected a time as in ISO 8601 with its zone' })
    .transform((text) => Date.parse(text)),
  at_latest: z.boolean('expected true or false').optional(),
  function: z.enum(OWN_FUNCTIONS, `expected one of ${OWN_FUNCTIONS.join(', ')}`).optional(),
  duration_ms: z
    .int(DURATION_EXPECTED)
    .min(0)
    .max(LONGEST_DURATION_MS, DURATION_EXPECTED)
    .optional(),
  outcome: z.enum(EVENT_OUTCOMES, `expected one of ${EVENT_OUTCOMES.join(', ')}`).optional(),
  amount: z.string(AMOUNT_EXPECTED).regex(AMOUNT, AMOUNT_EXPECTED).optional(),
  tax_id: z.string().regex(TAX_ID, 'expected 15 to 20 digits and letters').optional(),
  code: z
    .string()
    .regex(FAILURE_CODE, 'expected at most 40 letters, digits and _ . : -, no number of an invoice')
    .optional(),
});
type Line = z.infer<typeof line>;

/** Parses one line of a body and hashes its key. */
export function readLine(text: string, { installation, systems, now }: LineContext): ReadLine {
  const parsed = line.safeParse(json(text));
  if (!parsed.success)
    return { problems: parsed.error.issues.flatMap(problemsOf).slice(0, MAX_PROBLEMS), id: null };
  const read = parsed.data;
  const { key, system, type } = read;
  const known = systems.get(system);
  if (!known) return { problems: [problemOf('/system', expectedSystems(systems))], id: null };
  const hash = createHash('sha256').update(`${installation}|event|${system}|${key}`).digest('hex');
  const id = hash.slice(0, 32);
  const problem = problemOfTimes(read, known, now) ?? problemOfFields(read, known);
  if (problem !== null) return { problems: [problem], id };
  return {
    event: {
      id,
      system,
      type,
      at: Math.min(read.at, now),
      // By a clock ahead of ours all that is known is that it has happened by now.
      at_latest: read.at_latest === true || read.at > now + ROUNDED_MS,
      invoice: invoiceOf(read),
      says: saysOf(read),
      told: toldOf(read, known),
    },
  };
}

function problemOfTimes(
  { at, issued }: Line,
  { oldest_ms, is_followed }: ReportingSystem,
  now: EpochMs,
): LineProblem | null {
  if (at > now + AHEAD_MS) return problemOf('/at', 'expected a time that has come');
  if (at < now - oldest_ms)
    return problemOf(
      '/at',
      is_followed
        ? 'an invoice accepted this long ago is not followed any more'
        : 'what happened this long ago is not counted any more',
    );
  if (issued === undefined) return null;
  const issued_at = fromChinaTime(issued);
  if (issued_at > at + AHEAD_MS)
    return problemOf('/issued', 'expected a date of issue that is not after `at`');
  if (issued_at < at - ISSUED_BEFORE_MS)
    return problemOf('/issued', 'expected a date of issue at most two years before `at`');
  return null;
}

/** Events that begin or end the journey of an invoice. */
const OF_JOURNEYS: readonly EventType[] = ['accepted', 'issued', 'rejected', 'voided'];

function problemOfFields(read: Line, { is_followed, functions }: ReportingSystem) {
  const { type, number, invoice_code, issued } = read;
  if (number !== undefined && SHORT_NUMBER.test(number) !== (invoice_code !== undefined))
    return problemOf(invoice_code === undefined ? '/number' : '/invoice_code', NUMBER_EXPECTED);
  if (number === undefined && invoice_code !== undefined)
    return problemOf('/number', NUMBER_EXPECTED);
  if (is_followed && OF_JOURNEYS.includes(type)) {
    if (number === undefined) return problemOf('/number', NUMBER_EXPECTED);
    if (issued === undefined && invoice_code === undefined)
      return problemOf('/issued', ISSUED_EXPECTED);
  }
  const contradiction = contradictionIn(read);
  if (contradiction !== null) return problemOf(`/${contradiction.field}`, contradiction.detail);
  const fn = read.function;
  if (type !== 'failed' || (fn !== undefined && functions.includes(fn))) return null;
  const why = functions.length === 0 ? 'none of this system is' : functions.join(', ');
  return problemOf('/function', `expected a function that own traffic tells of: ${why}`);
}

function functionOf(read: Line, told: readonly OwnFunction[]): OwnFunction | undefined {
  return read.function ?? functionOfEvent(read.type, told);
}

/** Of the older form none can be looked for: what systems are asked is the number of 20 digits. */
function invoiceOf({ number, invoice_code, issued }: Line): InvoiceOfEvent | null {
  if (number === undefined || issued === undefined || invoice_code !== undefined) return null;
  return { number, issued };
}

function saysOf({ amount, tax_id }: Line): InvoiceEvent['says'] {
  if (amount === undefined && tax_id === undefined) return null;
  return {
    // Of yuan with two digits, times a hundred, floats are off by less than half a fen.
    amount_fen: amount === undefined ? null : Math.round(Number(amount) * 100),
    tax_id: tax_id?.toUpperCase() ?? null,
  };
}

function toldOf(read: Line, { functions }: ReportingSystem): ToldOfFunction | null {
  const { type, duration_ms = null, outcome, code = null } = read;
  const fn = functionOf(read, functions);
  if (fn === undefined) return null;
  if (type === 'failed') return { function: fn, outcome: outcome ?? 'system', duration_ms, code };
  const is_told = outcome === 'ok' || (duration_ms !== null && functionEndedBy(type) === fn);
  return is_told ? { function: fn, outcome: 'ok', duration_ms, code: null } : null;
}

/** The system of a line, even if the line is otherwise invalid. */
export function systemNamed(text: string): string | null {
  const parsed = z.object({ system: z.string() }).safeParse(json(text));
  return parsed.success ? parsed.data.system : null;
}

function isChinaTime(stamp: string): boolean {
  if (!/^\d{14}$/.test(stamp)) return false;
  const at = fromChinaTime(stamp);
  // 30 February is read as 2 March.
  return !Number.isNaN(at) && toChinaTime(at) === stamp;
}

function problemOf(pointer: string, detail: string): LineProblem {
  return { pointer, detail };
}

function expectedSystems(systems: ReadonlyMap<string, ReportingSystem>): string {
  if (systems.size === 0) return 'no check follows the invoices of any system';
  const ids = [...systems.keys()].join(', ');
  const is_told = [...systems.values()].some(({ functions }) => functions.length > 0);
  const or_told = is_told ? ', or of which own traffic tells' : '';
  return `expected a system whose invoices are followed${or_told}: ${ids}`;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemsOf(issue: z.core.$ZodIssue): LineProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: `/${shown(key)}`, detail: 'is not a known field' }));
  const pointer = issue.path.map((part) => `/${String(part)}`).join('');
  if (pointer === '') return [{ pointer, detail: 'expected a JSON object' }];
  return [{ pointer, detail: issue.message.replace(/^Invalid input: /, '') }];
}

/** Field names are arbitrary input and may contain a number. */
function shown(key: string): string {
  return /^[a-z_]{1,40}$/i.test(key) ? key : '(unreadable)';
}
