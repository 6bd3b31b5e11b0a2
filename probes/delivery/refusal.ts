import { NUMBERS } from '../../model/numbers.ts';
import type { Answer } from '../exchange/answer.ts';
import { expectStatus } from '../exchange/expect.ts';
import { type Attempt, failed, succeeded } from '../exchange/failure.ts';
import { textOf } from '../exchange/text.ts';
import { type Page, readNotice } from '../page/page.ts';
import { textMentions, titleNames } from '../page/says.ts';
import { hasChallenge } from '../page/words/checks.ts';
import { pathNamesMaintenance } from '../page/words/maintenance.ts';
import { anyOf } from '../page/words/plain.ts';

/** Refuse programs or this address, not every reader. */
const BLOCKED_STATUSES = new Set([401, 403, 405, 407, 412, 451, 511]);
/** The link is not known, not known any more, or not understood. */
const GONE_STATUSES = new Set([400, 404, 410]);

/** The link has expired or was withdrawn: usual with status 200. */
const GONE = new RegExp(
  `${anyOf('链接 二维码 地址')}.{0,6}${anyOf('失效 过期 无效 不存在')}|` +
    anyOf('已失效 已过期 下载失败 文件不存在 发票不存在'),
);
const CAPTCHA = new RegExp(anyOf('验证码 captcha 滑块 疑似攻击'), 'i');
const LOGIN_ADDRESS = /login|logon|signin|passport|tpass|oauth|\bsso\b|\bcas\b/i;
const PASSWORD_FIELD = /<input[^>]{1,200}type\s*=\s*["']?password/i;

/** Scripts without words: a challenge that only a browser passes. */
const FEW_WORDS = 20;
const READ_BYTES = 65_536;

/**
 * The answer if it is neither a refusal nor about a dead link. Delivery hosts answer programs with
 * redirects to a login, with 511, 412 and captchas: that is no outage, and ends the run. A link of
 * ours that is not accepted any more is no outage either.
 */
export function expectServed(answer: Answer, asked: URL): Attempt<Answer> {
  const { status } = answer;
  const shown = `HTTP ${status}`;
  if (isLogin(answer.url) && !isLogin(asked)) return blocked('a redirect to a login');
  if (GONE_STATUSES.has(status)) return failed('user_data', 'link_refused', shown);
  if (BLOCKED_STATUSES.has(status)) return blocked(shown);
  const expected = expectStatus(answer);
  if (expected.ok || expected.failure.outcome === 'maintenance') return expected;
  if (status >= 300 && status < 400) return blocked(`${shown} away from the delivery`);
  if (status >= 400 && status < 500 && status !== 429) {
    return failed('user_data', 'http_status', shown);
  }
  return expected;
}

/**
 * What a notice means that came instead of data (`expects: 'data'`) or of a page of the delivery;
 * the answer if it means nothing of the kind. Headers do not tell what a file is.
 */
export function expectNoNotice(answer: Answer, expects: 'page' | 'data'): Attempt<Answer> {
  const notice = noticeIn(answer);
  if (notice === null) return succeeded(answer);
  const { title, text, source } = notice;
  const is_short = text.length <= NUMBERS.page.notice_characters;
  if ((expects === 'data' || is_short) && GONE.test(`${title} ${text}`)) {
    return failed('user_data', 'link_refused', 'a notice says so');
  }
  if (CAPTCHA.test(text) || hasChallenge(source)) return blocked('a check of visitors');
  if (PASSWORD_FIELD.test(source)) return blocked('a login');
  const is_challenge = /<script/i.test(source) && text.length < FEW_WORDS;
  if (expects === 'data' && is_challenge) return blocked('a script instead of the answer');
  if (notice.kind !== 'html') return succeeded(answer);
  const said = titleNames(title) ?? (is_short ? textMentions(text) : null);
  if (said === 'maintenance') return failed('maintenance', 'says_maintenance', 'a notice says so');
  if (said === 'blocked') return blocked('a check of visitors');
  // In place of data, that it is none is said by who reads it.
  const is_error = said === 'error' && expects === 'page';
  return is_error ? failed('system', 'error_page', 'a page of an error') : succeeded(answer);
}

/**
 * The answer unless a redirect led to a page in place of the file: of programs, hosts get rid that
 * way, and a link that must be opened in a browser first does the same.
 */
export function expectNoDetour(answer: Answer, asked: URL): Attempt<Answer> {
  const is_detour = answer.url.href !== asked.href && noticeIn(answer)?.kind === 'html';
  return is_detour ? blocked('a redirect to a page instead of the file') : succeeded(answer);
}

/** This line is refused, or programs are. */
export function blocked(detail: string) {
  return failed('throttled', 'blocked', detail);
}

/** Whether a redirect is part of a delivery: to a login or a notice of maintenance it is not. */
export function isDelivery(next: URL): boolean {
  return !isLogin(next) && !pathNamesMaintenance(next.pathname);
}

function isLogin({ host, pathname }: URL): boolean {
  return LOGIN_ADDRESS.test(host + pathname);
}

/** The page or message in an answer, by its contents; null: it is a file. */
function noticeIn(answer: Answer): Page | null {
  const body = answer.body.subarray(0, READ_BYTES);
  if (!isNotice(body)) return null;
  const text = textOf({ ...answer, body });
  return text.ok ? readNotice({ text: text.value, media_type: null, body }) : null;
}

/** HTML, JSON or a short message; not XML, PDF or an archive. */
function isNotice(body: Buffer): boolean {
  const start = body
    .toString('latin1', 0, 1_024)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return true;
  if (start.startsWith('<'))
    return /^<(!doctype html|html|head|body|script|meta|title|div|p|!--)/i.test(start);
  return body.length <= NUMBERS.page.notice_characters && !/^(%PDF|PK)/.test(start);
}
