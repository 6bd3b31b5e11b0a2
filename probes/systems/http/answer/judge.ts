import type { Answer } from '../../../exchange/answer.ts';
import {
  expectComplete,
  expectStatus,
  insteadOfJson,
  noticeInstead,
} from '../../../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../../exchange/failure.ts';
import { Unread } from '../engine/unread.ts';
import type { CodeTable } from '../settings/codes.ts';
import type { Conditions } from '../settings/places.ts';
import { tellsAnswer } from '../settings/says.ts';
import type { HttpStep } from '../settings/step.ts';
import type { Values } from '../template/template.ts';
import { type CodesSay, saidByCodes, tablesFor } from './codes.ts';
import { ofOtherKind, unmet } from './conditions.ts';
import { describePlace, firstTextAt } from './places.ts';
import type { Reader } from './reader.ts';

/** What the answer to a step is judged by. */
export interface JudgedBy {
  step: HttpStep;
  codes: readonly CodeTable[];
  values: Values;
  /** Its body is a file, which says nothing of codes. */
  is_file: boolean;
}

/**
 * The answer if it is one of the step: complete, without a code that says otherwise, with a status
 * that was expected. A code with a meaning comes before the status, which before others.
 */
export function expectAnswer(reader: Reader, by: JudgedBy): Attempt<Reader> {
  const said = beforeStatus(reader, by);
  if (!said.ok) return said;
  const good = expectStatus(reader.answer, expectedStatuses(by.step));
  return good.ok ? expectCodeOf(said.value, reader, by, conditionsOf(by.step)) : good;
}

/** What codes say that have no outcome, of an answer that is whole. */
export function beforeStatus(reader: Reader, by: JudgedBy): Attempt<CodesSay> {
  const complete = expectComplete(reader.answer);
  if (!complete.ok) return complete;
  const cut = cutShort(reader, by);
  if (cut !== null) return cut;
  const said = codesIn(reader, by);
  if (typeof said === 'string' || said.outcome === null) return succeeded(said);
  return failed(said.outcome, 'error_code', said.detail);
}

function codesIn(reader: Reader, { codes, is_file }: JudgedBy): CodesSay {
  try {
    return reader.within(() => saidByCodes(tablesFor(codes, reader), reader));
  } catch (error) {
    // A file may be larger than any answer that has a code.
    const is_large = error instanceof Unread && error.reason === 'answer_too_large';
    if (is_file && is_large) return 'nothing';
    throw error;
  }
}

/**
 * The answer unless its code is none of success, or it has none where success has one: a page has
 * none, and comes with the same status. What is told of it by other conditions needs no code.
 */
export function expectCodeOf(
  said: CodesSay,
  reader: Reader,
  { codes, is_file }: JudgedBy,
  conditions: readonly Conditions[],
): Attempt<Reader> {
  if (typeof said !== 'string') return failed('system', 'error_code', said.detail);
  const [table] = codes.filter(({ ok }) => ok.length > 0);
  const is_told = said === 'success' || is_file || conditions.some(tellsAnswer);
  if (is_told || table === undefined) return succeeded(reader);
  const place: Conditions = {
    ...(table.json === undefined ? {} : { json: {} }),
    ...(table.xml === undefined ? {} : { xml: {} }),
  };
  return insteadOf(place, reader) ?? unexpected('no code');
}

function conditionsOf({ expect, repeat, found, absent }: HttpStep): Conditions[] {
  return [expect, repeat?.until, found, absent].filter((it) => it !== undefined);
}

/** The statuses that an answer to a step may have. */
export function expectedStatuses(step: HttpStep): number[] {
  const named = conditionsOf(step).flatMap(({ status }) => status ?? 200);
  return named.length === 0 ? [200] : named;
}

/** The answer if it meets all that is expected of it; a page in its place is told as such. */
export function expectConditions(reader: Reader, by: JudgedBy): Attempt<Reader> {
  const { step, values } = by;
  if (step.expect === undefined) return succeeded(reader);
  const { expect } = step;
  const missing = reader.within(() => unmet(expect, reader, values));
  if (missing === null) return succeeded(reader);
  return insteadOf(expect, reader) ?? unexpected(`not as expected: ${missing}`);
}

/**
 * Whatever is in place of JSON or XML, and of anything else a page that says that it is maintained,
 * or that it checks its visitor; null: nothing of that is.
 */
export function insteadOf(expected: Conditions, reader: Reader): Attempt<never> | null {
  const kind = reader.within(() => ofOtherKind(expected, reader));
  if (kind === null) return noticeInstead(reader.answer);
  return kind === 'json' ? insteadOfJson(reader.answer) : insteadOfXml(reader.answer);
}

/** Our limit says nothing of an answer that is to be read. */
function cutShort(reader: Reader, by: JudgedBy): Attempt<never> | null {
  const { over_limit, body } = reader.answer;
  if (!over_limit || !readsBody(reader, by)) return null;
  const good = expectStatus(reader.answer, expectedStatuses(by.step));
  if (!good.ok) return good;
  return failed('self', 'answer_too_large', `more than ${body.length} bytes`);
}

function readsBody(reader: Reader, { step, codes }: JudgedBy): boolean {
  const asked = conditionsOf(step).some(
    (it) => (it.json ?? it.xml ?? it.text ?? it.without) !== undefined,
  );
  const is_kept = Object.values(step.capture ?? {}).some((place) => !('header' in place));
  const has_code = tablesFor(codes, reader).some(({ header }) => header === undefined);
  return asked || is_kept || step.file !== undefined || has_code;
}

function insteadOfXml(answer: Answer): Attempt<never> {
  const page = insteadOfJson(answer);
  return page.ok || page.failure.outcome !== 'system' ? page : unexpected('not XML');
}

/** By its status alone, an answer may be about an invoice. */
const SAYS_SO: ReadonlySet<string> = new Set(['system', 'user_data']);

/**
 * The answer unless a guard or a notice of maintenance came in its place, as it may with any status
 * of errors: these say nothing of what was asked.
 */
export function expectNoGuard(answer: Answer): Attempt<Answer> {
  if (answer.status < 400) return succeeded(answer);
  const notice = expectStatus(answer, []);
  return notice.ok || SAYS_SO.has(notice.failure.outcome) ? succeeded(answer) : notice;
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
  const has_status = expectStatus(reader.answer, expectedStatuses(step)).ok;
  const is_it = reader.within(() => unmet(step.expect ?? {}, reader, values)) === null;
  if (has_status && is_it) return succeeded(reader);
  const good = expectAnswer(reader, by);
  return good.ok ? expectConditions(reader, by) : good;
}

/** The values that a step keeps of its answer. */
export function captured(reader: Reader, { step }: JudgedBy): Attempt<[string, string][]> {
  const kept: [string, string][] = [];
  for (const [name, place] of Object.entries(step.capture ?? {})) {
    const text = reader.within(() => firstTextAt(place, reader));
    if (text === null || text === '') {
      return unexpected(`nothing at ${describePlace(place)}`);
    }
    kept.push([name, text]);
  }
  return succeeded(kept);
}
