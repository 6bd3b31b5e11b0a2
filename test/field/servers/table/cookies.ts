import type { OddServer, Reply } from '../odd-server.ts';
import { cookiesOf, pathOf, reply, UTF8 } from '../reply.ts';
import { trusted } from '../trust.ts';
import { redirect } from './redirects.ts';

const PAGE = reply();

/** Redirects to the same address until the cookie comes back. */
function gate(set: readonly string[], wanted = 'waf=1', to = '/'): Reply {
  return (request) =>
    cookiesOf(request).split('; ').includes(wanted)
      ? PAGE
      : redirect(
          to,
          '302 Found',
          set.map((cookie) => `Set-Cookie: ${cookie}`),
        );
}

const LOOP = 'a browser sends this cookie not back either, and loops';
const loops = { outcome: 'system', reason: 'redirect_loop', because: LOOP } as const;

/** Cookies that must come back, and some that must not. */
export const COOKIES: readonly OddServer[] = [
  { id: 'cookie', cases: 'R3', about: 'waits for its cookie', serves: gate(['waf=1']) },
  {
    id: 'cookie-307',
    cases: 'R3',
    about: 'waits for its cookie, redirecting by 307',
    serves: (request) =>
      cookiesOf(request) === 'waf=1' ? PAGE : redirect('/', '307 Again', ['Set-Cookie: waf=1']),
  },
  {
    id: 'cookie-attributes',
    cases: 'R3',
    about: 'waits for its cookie, which has every attribute',
    serves: gate([
      'waf=1; Expires=Wed, 09 Jun 2049 10:18:14 GMT; Max-Age=600; Path=/; HttpOnly; SameSite=Lax',
    ]),
  },
  {
    id: 'cookie-old-date',
    about: 'waits for its cookie, whose date is written the old way',
    serves: gate(['waf=1; expires=Wednesday, 09-Jun-49 10:18:14 GMT; path=/']),
  },
  {
    id: 'cookie-two',
    about: 'waits for two cookies, set one after the other',
    serves: (request) => {
      const cookies = cookiesOf(request).split('; ');
      if (!cookies.includes('a=1')) return redirect('/', '302 Found', ['Set-Cookie: a=1']);
      if (!cookies.includes('b=2')) return redirect('/', '302 Found', ['Set-Cookie: b=2']);
      return PAGE;
    },
  },
  {
    id: 'cookie-replaced',
    about: 'waits until its cookie has another value',
    serves: (request) => {
      const count = Number(/n=(\d)/.exec(cookiesOf(request))?.[1] ?? 0);
      return count === 3 ? PAGE : redirect('/', '302 Found', [`Set-Cookie: n=${count + 1}`]);
    },
  },
  {
    id: 'cookie-deleted',
    about: 'waits until a cookie is gone',
    serves: (request) => {
      if (pathOf(request) === '/') return redirect('/b', '302 Found', ['Set-Cookie: a=1; Path=/']);
      if (pathOf(request) === '/c') return cookiesOf(request) === '' ? PAGE : redirect('/');
      return redirect('/c', '302 Found', ['Set-Cookie: a=; Path=/; Max-Age=0']);
    },
  },
  {
    id: 'cookie-quoted',
    about: 'waits for its cookie with quotes',
    serves: gate(['waf="a b"'], 'waf="a b"'),
  },
  {
    id: 'cookie-equals',
    about: 'waits for its cookie with = in its value',
    serves: gate(['waf=a=b=='], 'waf=a=b=='),
  },
  { id: 'cookie-nameless', about: 'waits for a cookie without =', serves: gate(['waf'], 'waf') },
  {
    id: 'cookie-gbk',
    about: 'waits for its cookie in GBK',
    serves: gate(['waf=\xcb\xb0'], 'waf=\xcb\xb0'),
  },
  {
    id: 'cookie-path',
    about: 'sets its cookie for the path that it redirects to',
    serves: gate(['waf=1; Path=/in'], 'waf=1', '/in/page'),
  },
  {
    id: 'cookie-default-path',
    about: 'waits below a path for its cookie of that path',
    starts: async (stage) => `${await stage.plain(gate(['waf=1'], 'waf=1', 'b'))}/portal/a`,
  },
  {
    id: 'cookie-other-path',
    about: 'sets its cookie for another path',
    serves: gate(['waf=1; Path=/other']),
    judged: loops,
  },
  {
    id: 'cookie-other-domain',
    about: 'sets its cookie for another domain',
    serves: gate(['waf=1; Domain=example.com']),
    judged: loops,
  },
  {
    id: 'cookie-own-address',
    about: 'sets its cookie for its own address as domain',
    serves: gate(['waf=1; Domain=127.0.0.1']),
  },
  {
    id: 'cookie-expired',
    about: 'sets its cookie with a date of the past',
    serves: gate(['waf=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT']),
    judged: loops,
  },
  {
    id: 'cookie-bad-date',
    about: 'sets its cookie with a date that is none',
    serves: gate(['waf=1; Expires=never']),
  },
  {
    id: 'cookie-other-port',
    about: 'waits for a cookie that another port of it sets',
    starts: async (stage) => {
      let portal = '';
      const setter = await stage.plain(() =>
        redirect(`${portal}/`, '302 Found', ['Set-Cookie: waf=1; Path=/']),
      );
      portal = await stage.plain((request) =>
        cookiesOf(request) === 'waf=1' ? PAGE : redirect(`${setter}/set`),
      );
      return `${portal}/`;
    },
  },
  {
    id: 'cookie-secure',
    about: 'waits over https for its Secure cookie',
    starts: async (stage) => `${await stage.secure(trusted(), gate(['waf=1; Secure']))}/`,
  },
  {
    id: 'cookie-host-prefix',
    about: 'waits over https for its __Host- cookie',
    starts: async (stage) => {
      const set = gate(['__Host-waf=1; Secure; Path=/'], '__Host-waf=1');
      return `${await stage.secure(trusted(), set)}/`;
    },
  },
  {
    id: 'cookie-refresh',
    cases: 'R3',
    about: 'sets its cookie and sends visitors on by a meta refresh',
    serves: (request) =>
      cookiesOf(request) === 'waf=1'
        ? PAGE
        : reply({
            head: [UTF8, 'Set-Cookie: waf=1'],
            body: '<meta http-equiv=refresh content="0;url=/"><p>安全检查</p>',
          }),
  },
  {
    id: 'cookie-many',
    about: 'waits for the last of 60 cookies',
    serves: gate(
      Array.from({ length: 60 }, (_, n) => `c${n}=1`),
      'c59=1',
    ),
  },
  {
    id: 'cookie-secure-http',
    about: 'waits over http for its Secure cookie',
    serves: gate(['waf=1; Secure']),
  },
  {
    id: 'cookie-none-http',
    about: 'sets its cookie with SameSite=None and without Secure',
    serves: gate(['waf=1; SameSite=None']),
  },
  {
    id: 'cookie-strict',
    about: 'waits for its cookie with SameSite=Strict',
    serves: gate(['waf=1; SameSite=Strict']),
  },
  {
    id: 'cookie-5-kb',
    about: 'waits for its cookie of 5 kB',
    serves: gate([`waf=1${'x'.repeat(5_000)}`], `waf=1${'x'.repeat(5_000)}`),
  },
  {
    id: 'cookie-4-kb',
    about: 'waits for its cookie of 4 kB',
    serves: gate([`waf=1${'x'.repeat(4_000)}`], `waf=1${'x'.repeat(4_000)}`),
  },
  {
    id: 'cookie-control-character',
    about: 'sets its cookie with a control character',
    serves: gate(['waf=a\x01b'], 'waf=a\x01b'),
  },
  {
    id: 'cookie-empty-name',
    about: 'waits for a cookie without a name',
    serves: gate(['=waf'], 'waf'),
  },
  {
    id: 'cookie-negative-age',
    about: 'sets its cookie with a negative age',
    serves: gate(['waf=1; Max-Age=-1']),
  },
  {
    id: 'cookie-bad-age',
    about: 'waits for its cookie, whose age is no number',
    serves: gate(['waf=1; Max-Age=session']),
  },
];
