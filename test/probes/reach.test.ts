import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { System } from '../../model/configuration.ts';
import type { Outcome, Reason } from '../../model/vocabulary.ts';
import { entryPage } from '../../probes/entry-page.ts';
import { reachOptions } from '../../probes/reach.ts';
import { encode } from '../field/pages/encode.ts';
import { exchangeFor, PATIENT_MS, type RawServer, startRawServer } from './raw-server.ts';

let answer: Buffer[] = [];
let server: RawServer;
beforeAll(async () => {
  server = await startRawServer((socket) => {
    const n = server.received.length - first;
    socket.end(answer[Math.min(n, answer.length) - 1] ?? '');
  });
});
afterAll(() => server.close());
let first = 0;

/** One answer as bytes; `more` are further header lines. */
function http(status: number, body: string | Buffer = '', more = ''): Buffer {
  const bytes = Buffer.from(body as string);
  const head = `HTTP/1.1 ${status} Said\r\n${more}Content-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

const HTML = 'Content-Type: text/html; charset=utf-8\r\n';
const page = (body: string, status = 200) => http(status, body, HTML);

type Ending = 'expected' | 'answered' | [Outcome, Reason];

/** What becomes of a reach that is answered so, one answer per request, the last again. */
async function reach(answers: Buffer | Buffer[], options: object = {}): Promise<Ending> {
  answer = [answers].flat();
  first = server.received.length;
  const exchange = exchangeFor(PATIENT_MS);
  const driver = entryPage(site(`${server.url}/entry`));
  const reached = await driver.reach?.(exchange, reachOptions.parse(options));
  if (!reached?.ok) return [reached?.failure.outcome ?? 'self', reached?.failure.reason as Reason];
  return exchange.observed.notes.has('answered_only') ? 'answered' : 'expected';
}

function site(url: string): System {
  const name = { 'zh-CN': 'site', en: 'site' };
  const rest = { environment: 'production', neutral: false, ca: null, settings: {} } as const;
  return { id: 'site', name, driver: 'web', url, ...rest };
}

const TITLE = '发票查验平台';
const HELLO = '<title>Hello</title><p>Welcome';
const LONG = `<p>${'这里是很长的正文。'.repeat(80)}`;
const FORM = '<form><input name="user"><input type="password"></form>';

const UNREAD: Ending = ['unreadable', 'needs_script'];

const CASES: Record<string, [string, Buffer | Buffer[], object, Ending][]> = {
  'a status': [
    ['200 with a page', page(HELLO), {}, 'answered'],
    ['the expected one', page(HELLO, 403), { status: 403 }, 'answered'],
    ['one of several', page(HELLO, 401), { status: [200, 401] }, 'answered'],
    ['the expected one, with nothing in it', http(401), { status: 401 }, 'answered'],
    [
      'the expected one, and the page that is',
      page(HELLO, 404),
      { status: 404, title: 'Hello' },
      'expected',
    ],
    ['that should not have been', page(HELLO), { status: 403 }, ['system', 'http_status']],
    ['500', page(HELLO, 500), {}, ['system', 'http_status']],
    ['404', page('<title>404</title>', 404), {}, ['system', 'http_status']],
    ['404 that guesses', page('<p>页面不存在,可能正在维护', 404), {}, ['system', 'http_status']],
    ['503', http(503, 'Service Unavailable', 'Retry-After: 60\r\n'), {}, ['system', 'http_status']],
    [
      '503 of maintenance',
      http(503, 'Scheduled maintenance'),
      {},
      ['maintenance', 'says_maintenance'],
    ],
    [
      '503 with a header',
      http(503, '', 'X-Maintenance: 1\r\n'),
      {},
      ['maintenance', 'says_maintenance'],
    ],
    [
      '503 in GBK',
      http(503, encode('<h1>系统维护', 'gbk')),
      {},
      ['maintenance', 'says_maintenance'],
    ],
    [
      '502 with a footer',
      page(`<h1>502</h1>系统维护:信息中心`, 502),
      {},
      ['system', 'http_status'],
    ],
    [
      '403 of maintenance',
      page('<h1>系统维护中</h1>', 403),
      {},
      ['maintenance', 'says_maintenance'],
    ],
    ['429', page(HELLO, 429), {}, ['throttled', 'http_status']],
    ['401', page(HELLO, 401), {}, ['credential', 'http_status']],
    ['407', page(HELLO, 407), {}, ['credential', 'http_status']],
    ['403', page(HELLO, 403), {}, ['throttled', 'blocked']],
    ['511', page(HELLO, 511), {}, ['throttled', 'blocked']],
    ['412 with a script', page('<script>$_ts={}</script>', 412), {}, ['throttled', 'blocked']],
    ['412 without', page('<p>no', 412), {}, ['system', 'http_status']],
    ['405 of a guard', page('<title>405</title>您的访问被阻断', 405), {}, ['throttled', 'blocked']],
    ['503 of a guard', page('<title>Just a moment...</title>', 503), {}, ['throttled', 'blocked']],
    [
      '202 of a guard',
      http(202, '', 'x-amzn-waf-action: challenge\r\n'),
      {},
      ['throttled', 'blocked'],
    ],
    [
      '521 of a guard',
      page('<script>document.cookie="__jsl_clearance=x"</script>', 521),
      {},
      ['throttled', 'blocked'],
    ],
    [
      '521 with a script that sets a cookie and comes again',
      page('<script>document.cookie="a=1";location.reload()</script>', 521),
      {},
      ['throttled', 'blocked'],
    ],
    [
      '500 with a text and such a script',
      page('<p>Oops<script>document.cookie="a=1";location.reload()</script>', 500),
      {},
      ['system', 'http_status'],
    ],
    [
      '500 with news of maintenance among others',
      page(`<h1>500</h1>${LONG}<a>关于系统升级维护的公告</a>`, 500),
      {},
      ['system', 'http_status'],
    ],
    [
      '404 with such a title',
      page('<title>关于系统升级的公告</title>', 404),
      {},
      ['system', 'http_status'],
    ],
    ['204', http(204), {}, ['system', 'empty_page']],
    ['203 with a page', page(HELLO, 203), {}, 'answered'],
    [
      '404, as expected, with an error document',
      page('<title>404', 404),
      { status: 404 },
      'answered',
    ],
  ],
  'a page that scripts make': [
    ['shell', page('<div id="app"></div><script src="/a.js"></script>'), { title: TITLE }, UNREAD],
    [
      'a form that is sent at once',
      page('<body onload="document.forms[0].submit()"><form method="post"></form>'),
      { title: TITLE },
      UNREAD,
    ],
    [
      'title written by a script',
      page(`<p>${LONG}<script>document.title = "x"</script>`),
      { title: TITLE },
      UNREAD,
    ],
    [
      'a script that does nothing to it',
      page('<p>Hello<script>var a = 1;</script>'),
      { title: TITLE },
      ['system', 'not_recognised'],
    ],
    [
      'data',
      page('<p>Hello<script type="application/ld+json">{}</script>'),
      { title: TITLE },
      ['system', 'not_recognised'],
    ],
    ['nothing expected', page('<div></div><script src="/a.js"></script>'), {}, 'answered'],
  ],
  'a file to save': [
    [
      'with the title in it',
      http(200, `<title>${TITLE}`, `${HTML}Content-Disposition: attachment; filename=a.html\r\n`),
      { title: TITLE },
      ['system', 'not_recognised'],
    ],
    [
      'shown all the same',
      http(200, `<title>${TITLE}`, `${HTML}Content-Disposition: inline; filename=a.html\r\n`),
      { title: TITLE },
      'expected',
    ],
  ],
  'W15: a 200 that is not the page': [
    ['nothing at all', http(200), {}, ['system', 'empty_page']],
    ['nothing where a title is expected', http(200), { title: TITLE }, ['system', 'empty_page']],
    [
      'no element',
      page('<!doctype html><!-- x --><html><body> </body></html>'),
      {},
      ['system', 'empty_page'],
    ],
    [
      '{"code":500}',
      http(200, '{"code":500}', 'Content-Type: application/json\r\n'),
      {},
      ['system', 'not_recognised'],
    ],
    ['{"code":500} as a page', page('{"code":500}'), {}, ['system', 'not_recognised']],
    ['a word', http(200, 'hello'), {}, ['system', 'not_recognised']],
    ['the title 系统错误', page(`<title>系统错误</title>${LONG}`), {}, ['system', 'error_page']],
    [
      'that title beside the expected one',
      page(`<title>${TITLE} - 系统错误</title>${LONG}`),
      { title: TITLE },
      ['system', 'error_page'],
    ],
    ['the text 系统维护中', page('<p>系统维护中</p>'), {}, ['maintenance', 'says_maintenance']],
    [
      'that text, without an element',
      http(200, '系统维护中'),
      {},
      ['maintenance', 'says_maintenance'],
    ],
    [
      'that text in place of the title',
      page('<p>今晚系统维护</p>'),
      { title: TITLE },
      ['maintenance', 'says_maintenance'],
    ],
    [
      'that text as JSON',
      http(200, '{"msg":"系统维护中"}'),
      {},
      ['maintenance', 'says_maintenance'],
    ],
    [
      'the title 系统维护中',
      page(`<title>${TITLE} 系统维护中</title>${LONG}`),
      { title: TITLE },
      ['maintenance', 'says_maintenance'],
    ],
    [
      'an announcement in place of the page',
      page(`<title>系统升级公告</title>${LONG}`),
      { title: TITLE },
      ['maintenance', 'says_maintenance'],
    ],
    [
      'a long text with the words',
      page(`<title>x</title>${LONG}系统维护中`),
      { title: TITLE },
      ['system', 'not_recognised'],
    ],
    [
      'another title',
      page(`<title>登录</title>${TITLE}`),
      { title: TITLE },
      ['system', 'not_recognised'],
    ],
    ['no title', page(`<p>${TITLE}`), { title: TITLE }, ['system', 'not_recognised']],
    [
      'a redirect to maintenance',
      [http(302, '', 'Location: /weihu.html\r\n'), page('<p>See you')],
      {},
      ['maintenance', 'says_maintenance'],
    ],
    [
      'a redirect to that folder',
      [http(302, '', 'Location: /maintenance/\r\n'), page('<p>See you')],
      {},
      ['maintenance', 'says_maintenance'],
    ],
    ['a check of visitors', page('<title>安全验证</title><p>x'), {}, ['throttled', 'blocked']],
    [
      'a script of a guard',
      page('<script>var arg1="acw_sc__v2"</script>'),
      { title: TITLE },
      ['throttled', 'blocked'],
    ],
    ['too little text', page('<p>short'), { min_text: 6 }, ['system', 'not_recognised']],
    ['without the text', page(HELLO), { text: '发票' }, ['system', 'not_recognised']],
    [
      'with the text where nobody sees it',
      page(`<p hidden>${TITLE}</p><!--${TITLE}-->`),
      { text: TITLE },
      ['system', 'not_recognised'],
    ],
    [
      'with what must not be there',
      page(HELLO),
      { title: 'Hello', absent: ['x', 'Welcome'] },
      ['system', 'unexpected_answer'],
    ],
  ],
  'W15: a 200 that is well, whatever it mentions': [
    [
      'an announcement on the expected page',
      page(`<title>${TITLE}</title><a>关于系统升级的公告</a>系统将于周六停机维护`),
      { title: TITLE },
      'expected',
    ],
    [
      'an announcement as the title, the text is there',
      page(`<title>关于系统升级的公告</title>${LONG}${TITLE}`),
      { text: TITLE },
      'expected',
    ],
    ['the title 设备维护管理系统', page(`<title>设备维护管理系统</title><p>登录`), {}, 'answered'],
    [
      'Maintenance Portal Login',
      page('<title>Maintenance Portal Login</title><p>x'),
      {},
      'answered',
    ],
    [
      'an announcement beside a form',
      page(`<p>系统维护中的公告: 正在升级</p>${FORM}`),
      {},
      'answered',
    ],
    ['a form with a check of visitors', page(`<p>安全验证</p>${FORM}`), {}, 'answered'],
    [
      'a redirect to an application of that name',
      [http(302, '', 'Location: /maintenance/\r\n'), page(`<title>设备</title>${FORM}`)],
      {},
      'answered',
    ],
    ['a long page with the words', page(`<p>系统维护中${LONG}`), {}, 'answered'],
    ['a picture', http(200, Buffer.from('89504e470d0a1a0a', 'hex')), {}, 'answered'],
    [
      'an application without text',
      page('<title>x</title><div id="app"></div><script src="a.js"></script>'),
      {},
      'answered',
    ],
    [
      'a frameset',
      page(`<title>${TITLE}</title><frameset><frame src="a"></frameset>`),
      { title: TITLE },
      'expected',
    ],
    [
      'a frameset whose text is in a frame',
      page(`<title>${TITLE}</title><frameset><frame src="a"></frameset>`),
      { title: TITLE, text: '登录' },
      'answered',
    ],
    [
      'XML',
      http(200, '<?xml version="1.0"?><definitions/>', 'Content-Type: text/xml\r\n'),
      {},
      'answered',
    ],
    ['a word that is expected', http(200, 'OK'), { text: 'OK' }, 'expected'],
    [
      'JSON that is expected',
      http(200, '{"status":"UP"}', 'Content-Type: application/json\r\n'),
      { text: '"UP"' },
      'expected',
    ],
    ['one of several titles', page(HELLO), { title: ['x', 'Hello'] }, 'expected'],
    ['one of several texts', page(HELLO), { text: ['x', 'come'] }, 'expected'],
    ['text enough', page('<p>six le</p> <b>tters</b>'), { min_text: 10 }, 'expected'],
    [
      'in other widths and lines',
      page('<title>发票\n 查验平台（２０２６）</title><p>x'),
      { title: '发票查验平台(2026)' },
      'expected',
    ],
    [
      'without what must not be there',
      page(HELLO),
      { title: 'Hello', absent: '系统错误' },
      'expected',
    ],
  ],
  'R4 to R7: a title': [
    [
      'R4: in GBK by <meta>',
      http(
        200,
        encode(`<meta charset=gb2312><title>${TITLE}</title>`, 'gbk'),
        'Content-Type: text/html\r\n',
      ),
      { title: TITLE },
      'expected',
    ],
    [
      'R4: in GBK by the header',
      http(
        200,
        encode(`<title>${TITLE}</title>`, 'gbk'),
        'Content-Type: text/html;charset=GBK\r\n',
      ),
      { title: TITLE },
      'expected',
    ],
    [
      'R4: in GBK that nobody declares',
      http(200, encode(`<title>${TITLE}</title>`, 'gbk')),
      { title: TITLE },
      'expected',
    ],
    [
      'R5: in character references',
      page('<title>&#21457;&#x7968;&#26597;&#39564;&#24179;&#21488;</title>'),
      { title: TITLE },
      'expected',
    ],
    [
      'R7: behind 16 kB of script',
      page(`<script>${'"<title>x</title>";'.repeat(900)}</script><title>${TITLE}</title>`),
      { title: TITLE },
      'expected',
    ],
    [
      'of a page to which <meta> leads',
      [page('<meta http-equiv="refresh" content="0;url=/login">'), page(`<title>${TITLE}</title>`)],
      { title: TITLE },
      'expected',
    ],
    [
      'of a page to which <meta> leads after a while',
      [
        page('<meta http-equiv="refresh" content="5; url=/login">5 秒后跳转到登录页'),
        page(`<title>${TITLE}</title>`),
      ],
      { title: TITLE },
      'expected',
    ],
    [
      'of a page that is left after a while',
      [
        page(`<title>${TITLE}</title><meta http-equiv="refresh" content="5; url=/login">`),
        page('<title>x</title>'),
      ],
      { title: TITLE },
      'expected',
    ],
    [
      'of a page to which a header leads',
      [http(200, '<p>请稍候', `${HTML}Refresh: 0; url=/in\r\n`), page(`<title>${TITLE}</title>`)],
      { title: TITLE },
      'expected',
    ],
    [
      'of a page that sets a cookie and leads to itself',
      [
        http(
          200,
          '<meta http-equiv=refresh content="0;url=/entry/">',
          `${HTML}Set-Cookie: a=1\r\n`,
        ),
        page(`<title>${TITLE}</title>`),
      ],
      { title: TITLE },
      'expected',
    ],
    [
      'of a page to which a script leads',
      [
        page('<script>window.location.href = "login.jsp";</script>'),
        page(`<title>${TITLE}</title>`),
      ],
      { title: TITLE },
      'expected',
    ],
    [
      'of a page that leads to itself',
      page('<meta http-equiv=refresh content="0;url=/a">'),
      { title: TITLE },
      ['system', 'not_recognised'],
    ],
  ],
  'a broken answer': [
    ['half a page', page(HELLO).subarray(0, -2), {}, ['network', 'connection_reset']],
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.for(cases)('%s', async ([, answers, options, ending]) => {
    expect(await reach(answers, options)).toEqual(ending);
  });
});

test('one page is asked for by one request', async () => {
  await reach(page(HELLO), { path: '/now?x=1' });
  expect(server.received.slice(first)).toHaveLength(1);
  expect(server.received.at(-1)).toMatch(/^GET \/entry\/now\?x=1 /);
});

test('min_bytes is refused with the new name', () => {
  const { error } = reachOptions.safeParse({ min_bytes: 100 });
  expect(error?.issues[0]?.message).toContain('min_text');
});

test('R6: gzip that nobody asked for', async () => {
  const body = gzipSync(`<title>${TITLE}</title><p>你好`);
  const zipped = http(200, body, `${HTML}Content-Encoding: gzip\r\n`);
  expect(await reach(zipped, { title: TITLE, min_text: 2 })).toBe('expected');
});
