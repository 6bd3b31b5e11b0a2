import { gzipSync } from 'node:zlib';
import { type OddServer, TITLE } from '../odd-server.ts';
import { html, pathOf, reply, UTF8 } from '../reply.ts';
import { redirect } from './redirects.ts';

const any = {};
const page = (title: string, text: string, more = '') =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head>
<body><p>${text}</p>${more}</body></html>`;
const MAINTENANCE = page('系统维护', '系统维护中，预计 18:00 恢复。');
const LONG = '<p>纳税人可以在本平台查验增值税专用发票、普通发票和电子发票。</p>'.repeat(40);

const error = (because: string) => ({ outcome: 'system', because }) as const;
const status = {
  outcome: 'system',
  reason: 'http_status',
  because: 'the status is an error',
} as const;
const blocked = (because: string) =>
  ({ outcome: 'throttled', reason: 'blocked', because }) as const;
const maintenance = (because: string) =>
  ({ outcome: 'maintenance', reason: 'says_maintenance', because }) as const;

/** Statuses, and pages of errors, maintenance and captchas under any status. */
export const STATUSES: readonly OddServer[] = [
  { id: '500', about: 'answers 500', serves: reply({ status: '500 Error' }), judged: status },
  {
    id: '502',
    about: 'answers 502',
    serves: reply({ status: '502 Bad', body: html('502 Bad Gateway') }),
    judged: status,
  },
  {
    id: '503',
    about: 'answers 503',
    serves: reply({ status: '503 Busy', body: html('503') }),
    judged: status,
  },
  {
    id: '504',
    about: 'answers 504',
    serves: reply({ status: '504 Late', body: '' }),
    judged: status,
  },
  {
    id: '520',
    about: 'answers 520',
    serves: reply({ status: '520 Web Server', body: html('520') }),
    judged: status,
  },
  {
    id: '404',
    about: 'answers 404',
    serves: reply({ status: '404 Not Found', body: html('404') }),
    judged: status,
  },
  {
    id: '999',
    about: 'answers 999',
    serves: reply({ status: '999 No', body: html('999') }),
    judged: error('unknown'),
  },
  {
    id: '404-expected',
    about: 'answers 404, as expected',
    options: { status: 404 },
    serves: reply({ status: '404 Not Found', body: html('404') }),
    judged: { outcome: 'ok', because: 'the check expects this status' },
  },
  {
    id: '401',
    about: 'asks for a name and a password',
    options: any,
    serves: reply({
      status: '401 Who',
      head: [UTF8, 'WWW-Authenticate: Basic realm="erp"'],
      body: html('401'),
    }),
    judged: { outcome: 'credential', because: 'it is there, and asks who we are' },
  },
  {
    id: '429',
    about: 'answers 429',
    serves: reply({ status: '429 Slow Down', body: html('429') }),
    judged: { outcome: 'throttled', because: 'we ask too often' },
  },
  {
    id: '403',
    about: 'answers 403',
    serves: reply({ status: '403 Forbidden', body: html('403 Forbidden') }),
    judged: blocked('it refuses us, perhaps nobody else'),
  },
  {
    id: '403-waf',
    about: 'answers 403 with the page of a firewall',
    serves: reply({ status: '403 Forbidden', body: page('访问被拦截', '您的请求疑似攻击行为') }),
    judged: blocked('it refuses us, perhaps nobody else'),
  },
  {
    id: '511',
    about: 'answers 511',
    serves: reply({ status: '511 Network Authentication Required', body: html('511') }),
    judged: blocked('it refuses programs'),
  },
  {
    id: '412-script',
    about: 'answers 412 with a script that sets a cookie and comes again',
    serves: (request) =>
      /cookie: *seen=1/i.test(request)
        ? reply()
        : reply({
            status: '412 Precondition Failed',
            body: '<html><script>document.cookie="seen=1";location.reload()</script></html>',
          }),
    judged: blocked('a page only for those who run its script'),
  },
  {
    id: '412-plain',
    about: 'answers 412 without a script',
    serves: reply({ status: '412 Precondition Failed', body: html('412') }),
    judged: status,
  },
  {
    id: '521-script',
    about: 'answers 521 with a script that sets a cookie and comes again',
    serves: (request) =>
      /cookie: *seen=1/i.test(request)
        ? reply()
        : reply({
            status: '521 ',
            body: '<script>document.cookie="seen=1";location.reload()</script>',
          }),
    judged: blocked('a page only for those who run its script'),
  },
  {
    id: '200-script-cookie',
    about: 'answers 200 with a script that sets a cookie and comes again',
    serves: (request) =>
      /cookie: *seen=1/i.test(request)
        ? reply()
        : reply({ body: '<script>document.cookie="seen=1";location.reload()</script>' }),
    judged: blocked('a page only for those who run its script'),
  },
  {
    id: 'captcha',
    about: 'asks for a captcha with 200',
    serves: reply({
      body: page('安全验证', '请完成验证码', '<form><img src="/captcha.png"><input></form>'),
    }),
    judged: blocked('it asks whether we are a person'),
  },
  {
    id: 'captcha-slide',
    about: 'asks for a slide with 403',
    serves: reply({
      status: '403 Forbidden',
      body: page('人机验证', '请拖动滑块完成验证', '<div id="captcha"></div>'),
    }),
    judged: blocked('it asks whether we are a person'),
  },
  {
    id: '503-maintenance',
    about: 'answers 503 with the words of maintenance',
    serves: reply({ status: '503 Busy', body: MAINTENANCE }),
    judged: maintenance('a status of errors and the words'),
  },
  {
    id: '500-maintenance-english',
    about: 'answers 500 with English words of maintenance',
    serves: reply({
      status: '500 Error',
      body: page('Service', 'The site is down for scheduled maintenance.'),
    }),
    judged: maintenance('a status of errors and the words'),
  },
  {
    id: '503-maintenance-gbk',
    cases: 'R4',
    about: 'answers 503 with the words of maintenance in GBK',
    serves: reply({
      status: '503 Busy',
      head: ['Content-Type: text/html; charset=gbk'],
      body: Buffer.from(
        '<html><title>\xcf\xb5\xcd\xb3\xce\xac\xbb\xa4</title><p>x</html>',
        'latin1',
      ),
    }),
    judged: maintenance('a status of errors and the words'),
  },
  {
    id: '200-maintenance-title',
    cases: 'W15',
    about: 'answers 200 with the title 系统维护',
    serves: reply({ body: MAINTENANCE }),
    judged: maintenance('it says so in its title'),
  },
  {
    id: '200-maintenance-title-any',
    cases: 'W15',
    about: 'answers 200 with the title 系统维护, and nothing is expected',
    options: any,
    serves: reply({ body: MAINTENANCE }),
    judged: maintenance('it says so in its title'),
  },
  {
    id: '200-maintenance-text',
    cases: 'W15',
    about: 'answers 200 with a short text of maintenance and no title',
    serves: reply({ body: '<html><body><p>系统维护中</p></body></html>' }),
    judged: maintenance('the marker is missing and the short text says so'),
  },
  {
    id: '200-maintenance-references',
    cases: 'R5 W15',
    about: 'answers 200 with the title 系统维护 in references',
    serves: reply({ body: page('&#31995;&#32479;&#32500;&#25252;', '请稍后再试') }),
    judged: maintenance('it says so in its title'),
  },
  {
    id: '200-maintenance-path',
    cases: 'W15',
    about: 'redirects to a page of maintenance that answers 200',
    serves: (request) =>
      pathOf(request) === '/'
        ? redirect('/weihu/index.html')
        : reply({ body: page('通知', '请稍后再试') }),
    judged: maintenance('the final path says so'),
  },
  {
    id: '200-maintenance-elsewhere',
    cases: 'R2 W15',
    about: 'redirects to a page of maintenance on another port',
    starts: async (stage) => {
      const to = await stage.plain(reply({ body: page('通知', '请稍后再试') }));
      return `${await stage.plain(redirect(`${to}/maintenance.html`))}/`;
    },
    judged: maintenance('the final path says so'),
  },
  {
    id: '200-announced',
    cases: 'W15',
    about: 'has the expected title and announces maintenance of next Sunday',
    serves: reply({
      body: html(TITLE).replace('</body>', '<p>公告：系统维护 2026-12-06 00:00</p></body>'),
    }),
  },
  {
    id: '200-announced-any',
    cases: 'W15',
    about: 'announces maintenance in a long page, and nothing is expected',
    options: any,
    serves: reply({ body: page('发票平台', '公告：本周日系统升级维护', LONG) }),
    judged: { outcome: 'ok', because: 'a long page with another title is not the notice itself' },
    notes: ['answered_only'],
  },
  {
    id: '200-hidden-words',
    cases: 'W15',
    about: 'has the words of maintenance in a script and in hidden elements',
    serves: reply({
      body: html(TITLE, '<script>var msg = "系统维护中";</script>').replace(
        '</body>',
        '<div style="display:none">系统维护中</div></body>',
      ),
    }),
  },
  {
    id: '200-link-words',
    cases: 'W15',
    about: 'has a long page without the title and a link 系统维护',
    serves: reply({ body: page('发票平台', '<a href="/m">系统维护</a>', LONG) }),
    judged: error('another title; the long page is not the notice itself'),
  },
  {
    id: '200-error-title',
    cases: 'W15',
    about: 'answers 200 with the title 系统错误',
    options: any,
    serves: reply({ body: page('系统错误', '系统繁忙，请稍后再试') }),
    judged: { outcome: 'system', reason: 'error_page', because: 'it says so in its title' },
  },
  {
    id: '200-error-404',
    cases: 'W15',
    about: 'answers 200 with the title 404 Not Found',
    options: any,
    serves: reply({ body: page('404 Not Found', 'nginx') }),
    judged: { outcome: 'system', reason: 'error_page', because: 'it says so in its title' },
  },
  {
    id: '200-error-502',
    cases: 'W15',
    about: 'answers 200 with the title 502 Bad Gateway',
    options: any,
    serves: reply({ body: page('502 Bad Gateway', 'openresty') }),
    judged: { outcome: 'system', reason: 'error_page', because: 'it says so in its title' },
  },
  {
    id: '200-error-stack',
    cases: 'W15',
    about: 'answers 200 with a stack trace instead of the expected title',
    serves: reply({ body: page('Error', 'java.lang.NullPointerException at a.b.C') }),
    judged: error('it is not the expected page'),
  },
  {
    id: '200-title-of-errors',
    about: 'has the expected title, which speaks of errors',
    options: { title: '错误发票查询' },
    serves: reply({ body: html('错误发票查询') }),
  },
  {
    id: '200-title-of-upkeep',
    about: 'has the expected title, which speaks of upkeep',
    options: { title: '客户信息维护' },
    serves: reply({ body: html('客户信息维护') }),
  },
  {
    id: '403-program',
    about: 'answers 403 to all but browsers',
    serves: (request) =>
      /^user-agent: .*Chrome/im.test(request)
        ? reply()
        : reply({ status: '403 Forbidden', body: html('403 Forbidden') }),
    judged: blocked('it refuses programs, and we do not hide that we are one'),
  },
  {
    id: '200-empty-html',
    cases: 'W15',
    about: 'answers 200 with an empty html element',
    options: any,
    serves: reply({ body: '<html><head></head><body></body></html>' }),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: '200-maintenance-english',
    cases: 'W15',
    about: 'answers 200 with the title Site Maintenance',
    options: any,
    serves: reply({ body: page('Site Maintenance', 'We will be back soon.') }),
    judged: maintenance('it says so in its title'),
  },
  {
    id: '200-upgrade',
    cases: 'W15',
    about: 'answers 200 with a short text 系统正在升级 and no title',
    options: any,
    serves: reply({ body: '<html><body><div>系统正在升级，请稍后访问。</div></body></html>' }),
    judged: maintenance('the short text says so'),
  },
  {
    id: '200-maintenance-gbk',
    cases: 'R4 W15',
    about: 'answers 200 with the title 系统维护 in GBK',
    options: any,
    serves: reply({
      head: ['Content-Type: text/html'],
      body: Buffer.from(
        '<html><meta charset=gbk><title>\xcf\xb5\xcd\xb3\xce\xac\xbb\xa4</title><p>x</html>',
        'latin1',
      ),
    }),
    judged: maintenance('it says so in its title'),
  },
  {
    id: '200-maintenance-gzip',
    cases: 'R6 W15',
    about: 'answers 200 with the title 系统维护 in gzip',
    options: any,
    serves: reply({ head: [UTF8, 'Content-Encoding: gzip'], body: gzipSync(MAINTENANCE) }),
    judged: maintenance('it says so in its title'),
  },
  {
    id: '200-upkeep-of-equipment',
    cases: 'W15',
    about: 'is an application for the upkeep of equipment, and nothing is expected',
    options: any,
    serves: reply({ body: page('设备维护管理系统', '设备台账、维护计划、维护记录', LONG) }),
    judged: { outcome: 'ok', because: 'its title is about maintenance of other things' },
    notes: ['answered_only'],
  },
  {
    id: '200-json-maintenance',
    cases: 'W15',
    about: 'answers 200 with JSON that says maintenance',
    options: any,
    serves: reply({ head: ['Content-Type: application/json'], body: '{"msg":"系统维护中"}' }),
    judged: { outcome: 'not_well', because: 'no element; it says that it is under maintenance' },
  },
  ...[201, 202, 207, 226, 299].map((code) => ({
    id: String(code),
    about: `answers ${code}`,
    serves: reply({ status: `${code} Fine` }),
  })),
  {
    id: '205',
    about: 'answers 205',
    serves: reply({ status: '205 Reset Content' }),
  },
  {
    id: '407',
    about: 'asks as a proxy for a name and a password',
    serves: reply({
      status: '407 Proxy Authentication Required',
      head: [UTF8, 'Proxy-Authenticate: Basic realm="a"'],
    }),
  },
  {
    id: '401-windows',
    about: 'asks for a sign-on of Windows',
    serves: reply({
      status: '401 Unauthorized',
      head: [UTF8, 'WWW-Authenticate: Negotiate', 'WWW-Authenticate: NTLM'],
    }),
    judged: { outcome: 'credential', because: 'it is there, and asks who we are' },
  },
  {
    id: '206',
    about: 'answers 206 unasked',
    serves: reply({ status: '206 Partial', head: [UTF8, 'Content-Range: bytes 0-9/99'] }),
  },
  {
    id: '203',
    about: 'answers 203',
    serves: reply({ status: '203 Non-Authoritative' }),
  },
];
