import { gzipSync } from 'node:zlib';
import { issue } from '../authority.ts';
import { gbk } from '../gbk.ts';
import { type OddServer, type Reply, TITLE } from '../odd-server.ts';
import { cookiesOf, html, pathOf, raw, reply, UTF8 } from '../reply.ts';
import type { Stage } from '../stage.ts';
import { showing, trusted } from '../trust.ts';

const PAGE = reply();

export function redirect(location: string, status = '302 Found', more: readonly string[] = []) {
  return reply({ status, head: [`Location: ${location}`, ...more], body: '' });
}

/** Redirects from the first path to where it says, and has the page anywhere else. */
const from = (start: string, answer: Buffer, then = PAGE): Reply => {
  return (request) => (pathOf(request) === start ? answer : then);
};

/** From a server of its own to another one that has the page. */
async function elsewhere(stage: Stage, host: string, status?: string): Promise<string> {
  const portal = await stage.plain(PAGE, host.includes('127') ? host : '127.0.0.1');
  const to = portal.replace(/\/\/[\d.]+/, `//${host}`);
  return `${await stage.plain(redirect(`${to}/login`, status))}/`;
}

const hops =
  (count: number): Reply =>
  (request) => {
    const hop = Number(pathOf(request).slice(1));
    return hop < count ? redirect(`/${hop + 1}`) : PAGE;
  };

/** Where a page sends its visitors on, and how. */
export const REDIRECTS: readonly OddServer[] = [
  {
    id: 'to-another-port',
    cases: 'R2',
    about: 'redirects to another port',
    starts: (stage) => elsewhere(stage, '127.0.0.1'),
  },
  {
    id: 'to-another-host',
    cases: 'R2',
    about: 'redirects to another host',
    starts: (stage) => elsewhere(stage, 'localhost'),
  },
  {
    id: 'to-another-address',
    cases: 'R2',
    about: 'redirects to another address',
    starts: (stage) => elsewhere(stage, '127.0.0.2'),
  },
  ...['301 Moved', '303 See Other', '307 Temporary', '308 Permanent'].map((status) => ({
    id: `to-another-port-${status.slice(0, 3)}`,
    cases: 'R2',
    about: `redirects to another port by ${status}`,
    starts: (stage: Stage) => elsewhere(stage, '127.0.0.1', status),
  })),
  {
    id: 'to-https',
    cases: 'R2',
    about: 'redirects to https on another port',
    starts: async (stage) => {
      const to = await stage.secure(trusted(), PAGE);
      return `${await stage.plain(redirect(`${to}/`))}/`;
    },
  },
  {
    id: 'to-http',
    cases: 'R2',
    about: 'redirects from https to http',
    starts: async (stage) => {
      const to = await stage.plain(PAGE);
      return `${await stage.secure(trusted(), redirect(`${to}/`))}/`;
    },
  },
  {
    id: 'to-no-protocol',
    about: 'redirects to //host:port',
    starts: async (stage) => {
      const to = await stage.plain(PAGE);
      return `${await stage.plain(redirect(to.replace('http:', '')))}/`;
    },
  },
  { id: 'to-relative', about: 'redirects to a relative path', serves: from('/', redirect('in/')) },
  {
    id: 'to-query-only',
    about: 'redirects to a query',
    serves: from('/', redirect('?lang=zh')),
  },
  {
    id: 'to-fragment',
    about: 'redirects to an address with a fragment',
    serves: from('/', redirect('/#/login')),
    judged: { outcome: 'system', reason: 'redirect_loop', because: 'the same page, for ever' },
  },
  {
    id: 'to-page-with-fragment',
    about: 'redirects to a page with a fragment',
    serves: from('/', redirect('/app#/login')),
  },
  {
    id: 'to-chinese-path',
    about: 'redirects to a path in UTF-8 as it is',
    serves: from('/', redirect(Buffer.from('/发票/查验').toString('latin1'))),
  },
  {
    id: 'to-gbk-path',
    about: 'redirects to a path in GBK as it is',
    serves: from('/', redirect('/\xb7\xa2\xc6\xb1')),
  },
  {
    id: 'to-path-with-blank',
    about: 'redirects to a path with a blank',
    serves: from('/', redirect('/a page')),
  },
  {
    id: 'to-backslash',
    about: 'redirects to a path with backslashes',
    serves: from('/', redirect('\\portal\\index')),
  },
  { id: 'to-three-slashes', about: 'redirects to ///a', serves: from('/', redirect('/.///a')) },
  {
    id: 'location-padded',
    about: 'pads its location with blanks',
    serves: from('/', raw(['HTTP/1.1 302 Found', 'Location:   /in   ', 'Content-Length: 0'], '')),
  },
  {
    id: 'location-twice',
    about: 'gives the same location twice',
    serves: from('/', redirect('/in', '302 Found', ['Location: /in'])),
  },
  {
    id: 'locations-differ',
    about: 'gives two locations',
    serves: from('/', redirect('/in', '302 Found', ['Location: /out'])),
  },
  {
    id: 'location-empty',
    about: 'redirects to nothing',
    serves: from('/', redirect('')),
    judged: { outcome: 'system', because: 'a status of redirection that leads nowhere' },
  },
  {
    id: 'location-missing',
    about: 'redirects without a location',
    serves: reply({ status: '302 Found' }),
    judged: { outcome: 'system', reason: 'http_status', because: 'the status is not expected' },
  },
  {
    id: 'location-with-200',
    about: 'gives a location with 200',
    serves: from('/', reply({ head: [UTF8, 'Location: /gone'] })),
  },
  {
    id: 'choices',
    about: 'redirects by 300',
    serves: from('/', redirect('/in', '300 Multiple Choices')),
    judged: { outcome: 'system', because: 'a browser does not follow, and shows nothing' },
  },
  { id: 'to-data', about: 'redirects to data:', serves: redirect('data:text/html,hello') },
  { id: 'to-file', about: 'redirects to a file', serves: redirect('file:///etc/hostname') },
  { id: 'to-script', about: 'redirects to a script', serves: redirect('javascript:alert(1)') },
  { id: 'to-bad-address', about: 'redirects to no address', serves: redirect('http://[') },
  {
    id: 'to-bad-port',
    about: 'redirects to port 99999',
    serves: redirect('http://127.0.0.1:99999/'),
  },
  {
    id: 'to-closed-port',
    about: 'redirects to a port where nobody is',
    starts: async (stage) => {
      return `${await stage.plain(redirect(`http://${await stage.nobody()}/`))}/`;
    },
  },
  {
    id: 'to-broken-name',
    about: 'redirects to a name that does not exist',
    serves: redirect('http://nobody.invalid/'),
  },
  { id: 'hops-5', about: 'redirects five times', serves: hops(5) },
  { id: 'hops-10', about: 'redirects ten times', serves: hops(10) },
  { id: 'hops-19', about: 'redirects nineteen times', serves: hops(19) },
  {
    id: 'hops-40',
    about: 'redirects forty times',
    serves: hops(40),
    judged: { outcome: 'system', reason: 'redirect_loop', because: 'browsers give up at 20' },
  },
  {
    id: 'loop',
    about: 'redirects to itself',
    serves: redirect('/'),
    judged: { outcome: 'system', reason: 'redirect_loop', because: 'it never ends' },
  },
  {
    id: 'ping-pong',
    about: 'redirects between two paths',
    serves: (request) => redirect(pathOf(request) === '/' ? '/b' : '/'),
    judged: { outcome: 'system', reason: 'redirect_loop', because: 'it never ends' },
  },
  {
    id: 'redirect-with-page',
    about: 'sends a page with its redirect',
    serves: from('/', reply({ status: '302 Found', head: ['Location: /in', UTF8] })),
  },
  {
    id: 'redirect-cut',
    about: 'sends less than it said with its redirect',
    serves: from('/', raw(['HTTP/1.1 302 Found', 'Location: /in', 'Content-Length: 999'], 'moved')),
  },
  {
    id: 'redirect-held',
    about: 'keeps the body of its redirect open',
    serves: (request, socket) => {
      if (pathOf(request) !== '/') return PAGE;
      socket.write(raw(['HTTP/1.1 302 Found', 'Location: /in'], 'moved'));
      return null;
    },
  },
  {
    id: 'redirect-bad-gzip',
    about: 'calls the plain body of its redirect gzip',
    serves: from(
      '/',
      reply({ status: '302 Found', head: ['Location: /in', 'Content-Encoding: gzip'], body: 'a' }),
    ),
  },
  {
    id: 'redirect-http-1.0',
    about: 'redirects by HTTP/1.0 without a length',
    serves: from('/', raw(['HTTP/1.0 302 Found', 'Location: /in'], '')),
  },
  {
    id: 'refresh-header',
    about: 'sends visitors on by a Refresh header',
    serves: from('/', reply({ head: [UTF8, 'Refresh: 0; url=/in'], body: '<p>请稍候</p>' })),
  },
  {
    id: 'meta-refresh',
    about: 'sends visitors on by a meta refresh',
    serves: from(
      '/',
      reply({ body: '<meta http-equiv="refresh" content="0;url=/in"><p>正在跳转</p>' }),
    ),
  },
  {
    id: 'meta-refresh-quoted',
    about: 'sends visitors on by a meta refresh in its own quotes',
    serves: from(
      '/',
      reply({ body: `<META HTTP-EQUIV='Refresh' CONTENT='0; URL="/in"'><p>正在跳转</p>` }),
    ),
  },
  {
    id: 'meta-refresh-page',
    about: 'refreshes its page every five minutes',
    serves: reply({ body: html(TITLE, '<meta http-equiv="refresh" content="300">') }),
  },
  {
    id: 'script-redirect',
    about: 'sends visitors on by a script',
    serves: from('/', reply({ body: '<html><script>location.replace("/in")</script></html>' })),
  },
  {
    id: 'sso',
    cases: 'R2 R3',
    about: 'sends visitors through a sign-on elsewhere that comes back with a ticket',
    starts: signOn,
  },
  {
    id: 'sso-other-host',
    cases: 'R2 R3',
    about: 'sends visitors through a sign-on on another host that keeps a cookie too',
    starts: (stage) => signOn(stage, 'localhost'),
  },
  {
    id: 'to-self-signed',
    about: 'redirects to a server that has signed its certificate itself',
    starts: async (stage) => {
      const to = await stage.secure(showing(issue({ names: ['127.0.0.1'] })), PAGE);
      return `${await stage.plain(redirect(`${to}/`))}/`;
    },
  },
  {
    id: 'to-error',
    about: 'redirects to an error',
    serves: from('/', redirect('/in'), reply({ status: '500 Error' })),
    judged: { outcome: 'system', reason: 'http_status', because: 'the status is an error' },
  },
  {
    id: 'to-8-kb',
    about: 'redirects to an address of 8 kB, as a SAML request is',
    serves: from('/', redirect(`/in?SAMLRequest=${'x'.repeat(8_000)}`)),
  },
  {
    id: 'to-60-kb',
    about: 'redirects to an address of 60 kB',
    serves: from('/', redirect(`/in?SAMLRequest=${'x'.repeat(60_000)}`)),
  },
  {
    id: 'redirect-gbk-gzip',
    cases: 'R2 R3 R4 R6',
    about: 'redirects with a cookie to a page in gzip and GBK',
    serves: (request) =>
      cookiesOf(request) === 'a=1'
        ? reply({
            head: ['Content-Type: text/html', 'Content-Encoding: gzip'],
            body: gzipSync(gbk(html().replace('utf-8', 'gbk'))),
          })
        : redirect('/', '302 Found', ['Set-Cookie: a=1']),
  },
  {
    id: 'meta-refresh-elsewhere',
    cases: 'R2',
    about: 'sends visitors on to another port by a meta refresh',
    starts: async (stage) => {
      const to = await stage.plain(PAGE);
      const body = `<meta http-equiv="refresh" content="0;url=${to}/"><p>正在跳转</p>`;
      return `${await stage.plain(reply({ body }))}/`;
    },
  },
  {
    id: 'script-redirect-elsewhere',
    cases: 'R2',
    about: 'sends visitors on to another port by a script',
    starts: async (stage) => {
      const to = await stage.plain(PAGE);
      const body = `<html><script>window.location.href = "${to}/"</script></html>`;
      return `${await stage.plain(reply({ body }))}/`;
    },
  },
  {
    id: 'script-redirect-top',
    about: 'sends visitors on by top.location in an onload',
    serves: from('/', reply({ body: `<body onload="top.location='/in'"></body>` })),
  },
  {
    id: 'to-upper-case-scheme',
    about: 'redirects to HTTP://',
    starts: async (stage) => {
      const to = (await stage.plain(PAGE)).replace('http:', 'HTTP:');
      return `${await stage.plain(redirect(to))}/`;
    },
  },
  { id: 'to-one-slash', about: 'redirects to http:/in', serves: from('/', redirect('http:/in')) },
  {
    id: 'to-name-and-password',
    about: 'redirects to an address with a name and a password',
    starts: async (stage) => {
      const to = (await stage.plain(PAGE)).replace('//', '//guest:guest@');
      return `${await stage.plain(redirect(`${to}/`))}/`;
    },
  },
];

/** portal → sign-on → portal?ticket → cookie → portal. */
async function signOn(stage: Stage, host = '127.0.0.1'): Promise<string> {
  let portal = '';
  const sign_on = await stage.plain((request) =>
    redirect(`${portal}/?ticket=ST-1`, '302 Found', [`Set-Cookie: TGC=${pathOf(request).length}`]),
  );
  const at = sign_on.replace('127.0.0.1', host);
  portal = await stage.plain((request) => {
    if (pathOf(request).includes('ticket')) {
      return redirect('/', '302 Found', ['Set-Cookie: JSESSIONID=1; Path=/; HttpOnly']);
    }
    return cookiesOf(request).includes('JSESSIONID=1') ? PAGE : redirect(`${at}/login?service=a`);
  });
  return `${portal}/`;
}
