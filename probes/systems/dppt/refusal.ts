import type { Answer } from '../../exchange/answer.ts';
import { expectStatus } from '../../exchange/expect.ts';
import { type Attempt, failed, succeeded } from '../../exchange/failure.ts';

/** Refuse programs or this address, not every reader. */
const BLOCKED_STATUSES = new Set([401, 403, 405, 407, 412, 451, 511]);
const GONE_STATUSES = new Set([404, 410]);

/** The link has expired or was withdrawn: usual with status 200. */
const GONE = anyOf([
  '(链接|二维码|地址).{0,6}(失效|过期|无效|不存在)',
  '已失效',
  '已过期',
  '下载失败',
  '文件不存在',
  '发票不存在',
]);
/** A page for programs: a captcha, or the notice of a firewall. */
const CAPTCHA = anyOf([
  '验证码',
  'captcha',
  '滑块',
  '拖动.{0,6}验证',
  '人机',
  '安全验证',
  '访问(过于)?频繁',
  '访问(异常|受限|被拒绝|被阻断)',
  '请求.{0,6}(拦截|拒绝)',
  '疑似攻击',
  'access denied',
  'request (was )?(blocked|rejected)',
  'web ?application firewall',
]);
const LOGIN_ADDRESS = /login|logon|signin|passport|tpass|oauth|\bsso\b|\bcas\b/i;
const PASSWORD_FIELD = /<input[^>]{1,200}type\s*=\s*["']?password/i;

/** Scripts without words: a challenge that only a browser passes. */
const FEW_WORDS = 20;
const READ_CHARACTERS = 65_536;

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
  if (status >= 300 && status < 400) {
    const maintenance = expectStatus(answer);
    if (!maintenance.ok && maintenance.failure.outcome === 'maintenance') return maintenance;
    return blocked(`${shown}, which a page of this step does not follow`);
  }
  if (status > 400 && status < 500 && status !== 429) {
    return failed('user_data', 'http_status', shown);
  }
  if (status === 400) return failed('user_data', 'link_refused', shown);
  return expectStatus(answer);
}

/**
 * What a page means that came instead of data (`expects: 'data'`) or in its place among the steps;
 * the answer if it means nothing of the kind.
 */
export function expectNoNotice(answer: Answer, expects: 'page' | 'data'): Attempt<Answer> {
  if (!isText(answer.body)) return succeeded(answer);
  const text = answer.body.toString('utf8', 0, READ_CHARACTERS);
  const words = visibleWords(text);
  if (GONE.test(words)) return failed('user_data', 'link_refused', 'a page says so');
  if (CAPTCHA.test(words)) return blocked('a captcha or the page of a firewall');
  if (PASSWORD_FIELD.test(text)) return blocked('a login');
  const is_challenge = /<script/i.test(text) && words.length < FEW_WORDS;
  if (expects === 'data' && is_challenge) return blocked('a script instead of the answer');
  return succeeded(answer);
}

export function blocked(detail: string) {
  return failed('throttled', 'blocked', detail);
}

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(words.join('|'), 'i');
}

function isLogin({ host, pathname }: URL): boolean {
  return LOGIN_ADDRESS.test(host + pathname);
}

/** HTML or JSON: not a file, whatever the headers say. */
function isText(body: Buffer): boolean {
  const start = body
    .toString('latin1', 0, 1_024)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return true;
  return /^<(!doctype html|html|head|body|script|meta|title|div|!--)/i.test(start);
}

function visibleWords(text: string): string {
  return text
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
