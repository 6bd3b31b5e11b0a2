import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fromChinaTime, toChinaTime } from '../../model/china-time.ts';
import { EVENT_KEY, EVENT_TYPES, INVOICE_NUMBER, type InvoiceEvent } from '../../model/event.ts';
import { DAY, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** A problem of a line's field (JSON pointer). Never contains the line's content. */
export interface LineProblem {
  pointer: string;
  detail: string;
}

export type ReadLine = { event: InvoiceEvent } | { problems: LineProblem[] };

export interface LineContext {
  installation: string;
  /** Followed systems by id, and their limit on the age of events. */
  followed: ReadonlyMap<string, { lost_after_ms: number }>;
  now: EpochMs;
}

/** Tolerated clock skew of senders, and between those who issue and those who report it. */
const AHEAD_MS = MINUTE;
/** An invoice that was issued longer before its event is a misread date. */
const ISSUED_BEFORE_MS = 2 * 366 * DAY;
/** Problems told of one line; a line may have any number of unknown fields. */
const MAX_PROBLEMS = 20;

const ISSUED_EXPECTED = 'expected the date of issue as yyyyMMddHHmmss, on a day that exists';

const line = z.strictObject({
  key: z.string().regex(EVENT_KEY, 'expected 1 to 200 printable ASCII characters'),
  system: z.string('expected the id of a system'),
  type: z.enum(EVENT_TYPES, `expected one of ${EVENT_TYPES.join(', ')}`),
  number: z.string('expected 20 digits').regex(INVOICE_NUMBER, 'expected 20 digits'),
  issued: z.string(ISSUED_EXPECTED).refine(isChinaTime, ISSUED_EXPECTED),
  at: z.iso
    .datetime({ offset: true, error: 'expected a time as in ISO 8601 with its zone' })
    .transform((text) => Date.parse(text)),
});

/** Parses one line of a body and hashes its key. */
export function readLine(text: string, { installation, followed, now }: LineContext): ReadLine {
  const parsed = line.safeParse(json(text));
  if (!parsed.success)
    return { problems: parsed.error.issues.flatMap(problemsOf).slice(0, MAX_PROBLEMS) };
  const { key, system, at, ...rest } = parsed.data;
  const known = followed.get(system);
  if (!known) return refused('/system', expectedSystems([...followed.keys()]));
  if (at > now + AHEAD_MS) return refused('/at', 'expected a time that has come');
  if (at < now - known.lost_after_ms)
    return refused('/at', 'an invoice accepted this long ago is not followed any more');
  const issued = fromChinaTime(rest.issued);
  if (issued > at + AHEAD_MS)
    return refused('/issued', 'expected a date of issue that is not after `at`');
  if (issued < at - ISSUED_BEFORE_MS)
    return refused('/issued', 'expected a date of issue at most two years before `at`');
  const id = createHash('sha256').update(`${installation}|event|${system}|${key}`).digest('hex');
  return { event: { id: id.slice(0, 32), system, at: Math.min(at, now), ...rest } };
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

function refused(pointer: string, detail: string): ReadLine {
  return { problems: [{ pointer, detail }] };
}

function expectedSystems(ids: readonly string[]): string {
  return ids.length === 0
    ? 'no check follows the invoices of any system'
    : `expected a system whose invoices are followed: ${ids.join(', ')}`;
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
