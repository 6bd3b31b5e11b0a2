import { expect } from 'vitest';
import { entryPage } from '../../probes/entry-page.ts';
import type { Answer, Request } from '../../probes/exchange/answer.ts';
import type { Exchange } from '../../probes/exchange/exchange.ts';
import { expectJson } from '../../probes/exchange/expect.ts';
import { type Attempt, succeeded } from '../../probes/exchange/failure.ts';
import { reachOptions } from '../../probes/reach.ts';
import { rowsOf } from './row.ts';

const URL_OF_ENTRY = 'http://site.example/';

interface Answered {
  status?: number;
  body?: string;
  headers?: Answer['headers'];
  /** The path at which it was found. */
  path?: string;
}

function answerOf({ status = 200, body = '', headers = HTML, path = '/' }: Answered): Answer {
  const bytes = Buffer.from(body);
  return {
    url: new URL(path, URL_OF_ENTRY),
    status,
    headers,
    body: bytes,
    content_length: bytes.length,
    complete: true,
    is_private: false,
    over_limit: false,
  };
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** What is read on an answer: how well it is known, or outcome and reason. */
async function read(answered: Answered | string, options: object = {}): Promise<string> {
  const given = typeof answered === 'string' ? { body: answered } : answered;
  const notes = new Set<string>();
  const exchange = { observed: { notes }, send: async (_: Request) => succeeded(answerOf(given)) };
  const site = entryPage({
    id: 'site',
    name: { 'zh-CN': '站', en: 'site' },
    driver: 'web',
    environment: 'production',
    url: 'http://site.example',
    settings: {},
    neutral: false,
    ca: null,
  });
  const found = await site.reach?.(exchange as unknown as Exchange, reachOptions.parse(options));
  if (found === undefined) throw new Error('no reach');
  if (!found.ok) return wordOf(found);
  return notes.has('answered_only') ? 'answered only' : 'recognised';
}

function wordOf(attempt: Attempt<unknown>): string {
  if (attempt.ok) return 'ok';
  return `${attempt.failure.outcome} ${attempt.failure.reason}`;
}

const ofApi = (answered: Answered) => wordOf(expectJson(answerOf(answered)));

const MAINTENANCE = 'maintenance says_maintenance';
const BLOCKED = 'throttled blocked';
const NOT_RECOGNISED = 'system not_recognised';
/** 480 characters. */
const LONG = '这里是正文内容。'.repeat(60);

/** How an answer is read. */
export const PAGES = [
  ...rowsOf('PAGE-1', {
    'what title, text or min_text ask for': async () => {
      const page = '<title>发票查验</title><p>请输入';
      expect(await read(page, { title: '发票' })).toBe('recognised');
      expect(await read(page, { text: '输入' })).toBe('recognised');
      expect(await read(page, { min_text: 3 })).toBe('recognised');
      expect(await read(page, { min_text: 4 })).toBe(NOT_RECOGNISED);
    },
    'nothing asked for: any element, and it has answered only': async () =>
      expect(await read('<p>hello')).toBe('answered only'),
    'only beside an expected status': async () => {
      expect(await read({ status: 403, body: '<p>hello' }, { status: 403 })).toBe('answered only');
      expect(await read({ status: 200, body: '<p>hello' }, { status: 403 })).toBe(
        'system http_status',
      );
    },
  }),
  ...rowsOf('PAGE-2', {
    empty: async () => {
      expect(await read('')).toBe('system empty_page');
      expect(await read({ status: 204 })).toBe('system empty_page');
      expect(await read('<html><body></body></html>')).toBe('system empty_page');
    },
    'without what is expected': async () => {
      expect(await read('<title>登录</title>', { title: '发票' })).toBe(NOT_RECOGNISED);
      expect(await read({ body: '{"code":500}', headers: JSON_TYPE })).toBe(NOT_RECOGNISED);
    },
    'with what must be absent': async () =>
      expect(await read('<title>发票</title><p>停用', { title: '发票', absent: '停用' })).toBe(
        'system unexpected_answer',
      ),
    'says that maintenance is under way': async () =>
      expect(await read('<title>系统维护中</title><p>x')).toBe(MAINTENANCE),
    'says that it is an error document': async () => {
      for (const title of ['系统错误', '404 Not Found'])
        expect(await read(`<title>${title}</title><p>x`)).toBe('system error_page');
    },
    'says that it checks its visitor, or sets a cookie by a script and comes again': async () => {
      for (const title of ['安全验证', 'Just a moment...'])
        expect(await read(`<title>${title}</title><p>x`)).toBe(BLOCKED);
      const script = '<script>document.cookie="a=1";location.reload()</script>';
      expect(await read(script)).toBe(BLOCKED);
    },
    'lacks what is expected, but scripts make what is seen': async () => {
      const shell = '<div id="app"></div><script src="/app.js"></script>';
      expect(await read(shell, { title: '发票' })).toBe('unreadable needs_script');
      const writes = `<p>${LONG}<script>document.title = "x"</script>`;
      expect(await read(writes, { title: '发票' })).toBe('unreadable needs_script');
    },
  }),
  ...rowsOf('PAGE-3', {
    'beside a status of at least 400': async () => {
      expect(await read({ status: 503, body: '<p>系统维护' })).toBe(MAINTENANCE);
      expect(await read(`<p>系统维护${LONG}${LONG}`)).toBe('answered only');
    },
    'in the title, but not where it is about maintenance': async () => {
      const titled = (title: string) => read(`<title>${title}</title><p>${LONG}${LONG}`);
      expect(await titled('系统维护中')).toBe(MAINTENANCE);
      expect(await titled('设备维护管理系统')).toBe('answered only');
    },
    'in the path to which it led': async () => {
      expect(await read({ path: '/weihu.html', body: '<p>See you' })).toBe(MAINTENANCE);
      expect(await read({ path: '/login', body: '<p>See you' })).toBe('answered only');
    },
    'in place of the expected text, if at most 500 characters are shown': async () => {
      const shown = (characters: number) =>
        read(`<p>今晚系统维护。${'文'.repeat(characters - 7)}`, { title: '发票' });
      expect(await shown(500)).toBe(MAINTENANCE);
      expect(await shown(501)).toBe(NOT_RECOGNISED);
    },
    'not on a page that shows what is expected': async () =>
      expect(await read('<title>发票</title><p>系统维护', { title: '发票' })).toBe('recognised'),
  }),
  ...rowsOf('PAGE-4', {
    'nothing expected: a short page says it of the present': async () => {
      expect(await read('<p>系统维护中')).toBe(MAINTENANCE);
      expect(await read('<p>系统将于周六维护')).toBe('answered only');
    },
    'and has no field to type in': async () =>
      expect(await read('<p>系统维护中<form><input name="user"></form>')).toBe('answered only'),
  }),
  ...rowsOf('PAGE-5', {
    'maintenance by words, by its header with 5xx, by the name of the page': async () => {
      const weihu = { ...HTML, location: '/weihu.html' };
      expect(await read({ status: 503, body: '<h1>系统维护' })).toBe(MAINTENANCE);
      expect(await read({ status: 503, headers: { ...HTML, 'x-maintenance': '1' } })).toBe(
        MAINTENANCE,
      );
      expect(await read({ status: 302, headers: weihu })).toBe(MAINTENANCE);
      const later = { ...HTML, 'retry-after': '60' };
      expect(await read({ status: 503, headers: later })).toBe('system http_status');
    },
    'our rate, our keys, a guard of the site': async () => {
      expect(await read({ status: 429 })).toBe('throttled http_status');
      for (const status of [403, 511]) expect(await read({ status })).toBe(BLOCKED);
      expect(await read({ status: 412, body: '<script>a()</script>' })).toBe(BLOCKED);
      expect(await read({ status: 412, body: '<p>no' })).toBe('system http_status');
      for (const status of [401, 407])
        expect(await read({ status })).toBe('credential http_status');
    },
    'the rest': async () => {
      for (const status of [400, 404, 405, 500, 502, 503])
        expect(await read({ status, body: '<p>no' })).toBe('system http_status');
    },
  }),
  ...rowsOf('PAGE-6', {
    'the same statuses': () => {
      expect(ofApi({ status: 429 })).toBe('throttled http_status');
      expect(ofApi({ status: 500 })).toBe('system http_status');
    },
    'HTML instead of JSON: maintenance if it says so': () => {
      expect(ofApi({ body: '<title>系统维护</title><p>x' })).toBe(MAINTENANCE);
      expect(ofApi({ body: '<title>首页</title><p>x' })).toBe('system unexpected_answer');
    },
    'JSON that mentions it says nothing': () =>
      expect(ofApi({ body: '{"msg":"系统维护中"}', headers: JSON_TYPE })).toBe('ok'),
  }),
];
