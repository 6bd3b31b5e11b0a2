import { NUMBERS } from '../../model/numbers.ts';
import type { Page } from '../page/page.ts';
import { textMentions, titleNames } from '../page/says.ts';
import { asksForCookie, hasChallenge, mentionsCheck } from '../page/words/checks.ts';
import { plain } from '../page/words/plain.ts';
import type { Answer } from './answer.ts';
import { type Attempt, failed, succeeded, unexpected } from './failure.ts';
import { declaresMaintenance, noticeIn } from './maintenance.ts';
import { textOf } from './text.ts';

/** Our credentials are missing or wrong. */
const ASKS_WHO = new Set([401, 407]);
/** Refuses this client, not every user: delivery hosts answer automated clients with 511. */
const REFUSES_US = new Set([403, 511]);
/** Headers by which guards say that they ask for a proof: of AWS and Cloudflare. */
const CHALLENGE_HEADERS = ['x-amzn-waf-action', 'cf-mitigated'];

/** The answer if it has an expected status, else the corresponding failure. */
export function expectStatus(
  answer: Answer,
  expected: number | readonly number[] = 200,
): Attempt<Answer> {
  const { status } = answer;
  if (asksForProof(answer)) return failed('throttled', 'blocked', `HTTP ${status}`);
  if ([expected].flat().includes(status)) return succeeded(answer);
  const detail = `HTTP ${status}`;
  const notice = noticeIn(answer);
  if (declaresMaintenance(answer, notice)) return failed('maintenance', 'says_maintenance', detail);
  if (status === 429) return failed('throttled', 'http_status', detail);
  if (ASKS_WHO.has(status)) return failed('credential', 'http_status', detail);
  if (isBlocked(answer, notice)) return failed('throttled', 'blocked', detail);
  if (status === 413) return failed('user_data', 'http_status', detail);
  if (status === 204 || status === 205) return failed('system', 'empty_page', detail);
  return failed('system', 'http_status', detail);
}

function asksForProof({ headers }: Answer): boolean {
  return CHALLENGE_HEADERS.some((it) => headers[it] !== undefined);
}

/** By its status, or because a guard of the site answered in its place. */
function isBlocked({ status }: Answer, notice: Page | null): boolean {
  if (REFUSES_US.has(status)) return true;
  if (notice === null) return false;
  if (status === 412 && /<script/i.test(notice.source)) return true;
  return (
    hasChallenge(notice.source) ||
    (notice.text === '' && asksForCookie(notice.source)) ||
    titleNames(notice.title) === 'blocked' ||
    mentionsCheck(plain(notice.text))
  );
}

/** The answer if complete; a truncated one counts as a broken connection. */
export function expectComplete(answer: Answer): Attempt<Answer> {
  if (answer.complete) return succeeded(answer);
  const announced = answer.content_length === null ? '' : ` of ${answer.content_length}`;
  return failed(
    'network',
    'connection_reset',
    `closed after ${answer.body.length}${announced} bytes`,
  );
}

/** The JSON object of a complete answer with status 200, or the corresponding failure. */
export function expectJson(answer: Answer): Attempt<Record<string, unknown>> {
  const complete = expectComplete(answer);
  if (!complete.ok) return complete;
  const good = expectStatus(answer);
  if (!good.ok) return good;
  const text = textOf(answer);
  if (!text.ok) return unexpected(text.failure.detail);
  try {
    const value: unknown = JSON.parse(text.value);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return succeeded(value as Record<string, unknown>);
    }
    return unexpected('JSON, but not an object');
  } catch {
    return insteadOfJson(answer);
  }
}

/** A page where data was expected: of maintenance, of a guard of the site, or any other. */
export function insteadOfJson(answer: Answer): Attempt<never> {
  const notice = noticeIn(answer);
  if (notice === null || notice.kind !== 'html') {
    return answer.over_limit
      ? failed('self', 'probe_error', `more than ${answer.body.length} bytes of JSON`)
      : unexpected('not JSON');
  }
  return saidInstead(notice, 'JSON') ?? unexpected('HTML instead of JSON');
}

/** A page of maintenance, or of a guard of the site, in place of what was expected; null: none. */
export function noticeInstead(answer: Answer): ReturnType<typeof failed> | null {
  const notice = noticeIn(answer);
  return notice?.kind === 'html' ? saidInstead(notice, 'what was expected') : null;
}

function saidInstead({ title, text, source }: Page, of: string): ReturnType<typeof failed> | null {
  const is_short = text.length <= NUMBERS.page.notice_characters;
  const said = titleNames(title) ?? (is_short ? textMentions(text) : null);
  if (said === 'maintenance') {
    return failed('maintenance', 'says_maintenance', `HTML of maintenance instead of ${of}`);
  }
  if (said === 'blocked' || (is_short && hasChallenge(source))) {
    return failed('throttled', 'blocked', `HTML of a check of visitors instead of ${of}`);
  }
  return null;
}
