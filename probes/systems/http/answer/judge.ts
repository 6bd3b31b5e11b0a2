import type { Answer } from '../../../exchange/answer.ts';
import { expectComplete, expectStatus, insteadOfJson } from '../../../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../../exchange/failure.ts';
import { withinTime } from '../engine/within-time.ts';
import type { CodeTable } from '../settings/codes.ts';
import type { Conditions } from '../settings/places.ts';
import type { HttpStep } from '../settings/step.ts';
import type { Values } from '../template/template.ts';
import { failingCode } from './codes.ts';
import { unmet } from './conditions.ts';
import { describePlace, firstTextAt } from './places.ts';
import type { Reader } from './reader.ts';

/** What the answer to a step is judged by. */
export interface JudgedBy {
  step: HttpStep;
  codes: readonly CodeTable[];
  values: Values;
}

/**
 * The answer if it is one of the step: complete, without a code that says otherwise, with a status
 * that was expected. A code with a meaning comes before the status, which before others.
 */
export function expectAnswer(reader: Reader, by: JudgedBy): Attempt<Reader> {
  const { step, codes } = by;
  const { answer } = reader;
  const complete = expectComplete(answer);
  if (!complete.ok) return complete;
  const cut = cutShort(reader, by);
  if (cut !== null) return cut;
  const code = withinTime(() => failingCode(codes, reader));
  if (code !== null && code.outcome !== null) {
    return failed(code.outcome, 'error_code', code.detail);
  }
  const good = expectStatus(answer, statusesOf(step));
  if (!good.ok) return good;
  if (code !== null) return failed('system', 'error_code', code.detail);
  return succeeded(reader);
}

function statusesOf({ expect, repeat, found, absent }: HttpStep): number[] {
  const asked = [expect, repeat?.until, found, absent].filter((it) => it !== undefined);
  const named = asked.flatMap(({ status }) => status ?? 200);
  return named.length === 0 ? [200] : named;
}

/** The answer if it meets all that is expected of it; a page in its place is told as such. */
export function expectConditions(reader: Reader, by: JudgedBy): Attempt<Reader> {
  const { step, values } = by;
  if (step.expect === undefined) return succeeded(reader);
  const { expect } = step;
  const missing = withinTime(() => unmet(expect, reader, values));
  return missing === null ? succeeded(reader) : notAsExpected(reader, expect, missing);
}

function notAsExpected(reader: Reader, expected: Conditions, missing: string): Attempt<never> {
  const { answer } = reader;
  if (expected.json !== undefined && reader.json() === undefined) return insteadOfJson(answer);
  if (expected.xml !== undefined && reader.xml() === null) return insteadOfXml(answer);
  return unexpected(`not as expected: ${missing}`);
}

/** Our limit says nothing of an answer that is to be read. */
function cutShort({ answer }: Reader, by: JudgedBy): Attempt<never> | null {
  const { over_limit, body } = answer;
  if (!over_limit || !readsBody(by)) return null;
  const good = expectStatus(answer, statusesOf(by.step));
  if (!good.ok) return good;
  return failed('self', 'answer_too_large', `more than ${body.length} bytes`);
}

function readsBody({ step, codes }: JudgedBy): boolean {
  const { expect, found, absent, repeat, capture = {} } = step;
  const asked = [expect, found, absent, repeat?.until].some(
    (it) => it && (it.json ?? it.xml ?? it.text ?? it.without) !== undefined,
  );
  const is_kept = Object.values(capture).some((place) => !('header' in place));
  return asked || is_kept || codes.some(({ header }) => header === undefined);
}

function insteadOfXml(answer: Answer): Attempt<never> {
  const page = insteadOfJson(answer);
  return page.ok || page.failure.outcome !== 'system' ? page : unexpected('not XML');
}

/** Whether the answer of a query shows the invoice. A code with a meaning comes first. */
export function decideQuery(reader: Reader, by: JudgedBy): Attempt<boolean> {
  const { found = {}, absent = {} } = by.step;
  const { answer } = reader;
  // A notice of maintenance or a guard may come with any status, and says nothing of an invoice.
  const notice = answer.status < 400 ? succeeded(answer) : expectStatus(answer, []);
  if (!notice.ok && !SAYS_SO.has(notice.failure.outcome)) return notice;
  const complete = expectComplete(answer);
  if (!complete.ok) return complete;
  const cut = cutShort(reader, by);
  if (cut !== null) return cut;
  const code = withinTime(() => failingCode(by.codes, reader));
  if (code !== null && code.outcome !== null) {
    return failed(code.outcome, 'error_code', code.detail);
  }
  const is_found = withinTime(() => unmet(found, reader, by.values)) === null;
  const is_absent = withinTime(() => unmet(absent, reader, by.values)) === null;
  if (is_found && is_absent) return unexpected('as for an invoice that is there, and that is not');
  if (is_found || is_absent) return succeeded(is_found);
  const good = expectAnswer(reader, by);
  if (!good.ok) return good;
  const wants_json = (found.json ?? absent.json) !== undefined;
  if (wants_json && reader.json() === undefined) return insteadOfJson(answer);
  return unexpected('neither as for an invoice that is there nor that is not');
}

/**
 * The answer if it is the error that is documented, which comes before what its code would mean of
 * another request. What guards or announces maintenance in its place is told as everywhere.
 */
export function expectDocumented(reader: Reader, by: JudgedBy): Attempt<Reader> {
  const { step, values } = by;
  const complete = expectComplete(reader.answer);
  if (!complete.ok) return complete;
  const cut = cutShort(reader, by);
  if (cut !== null) return cut;
  const has_status = expectStatus(reader.answer, statusesOf(step)).ok;
  const is_it = withinTime(() => unmet(step.expect ?? {}, reader, values)) === null;
  if (has_status && is_it) return succeeded(reader);
  const good = expectAnswer(reader, by);
  return good.ok ? expectConditions(reader, by) : good;
}

/** By its status alone, an answer may be about an invoice. */
const SAYS_SO: ReadonlySet<string> = new Set(['system', 'user_data']);

/** The values that a step keeps of its answer. */
export function captured(reader: Reader, { step }: JudgedBy): Attempt<[string, string][]> {
  const kept: [string, string][] = [];
  for (const [name, place] of Object.entries(step.capture ?? {})) {
    const text = withinTime(() => firstTextAt(place, reader));
    if (text === null || text === '') {
      return unexpected(`nothing at ${describePlace(place)}`);
    }
    kept.push([name, text]);
  }
  return succeeded(kept);
}
