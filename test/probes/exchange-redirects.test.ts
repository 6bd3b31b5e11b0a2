import { afterEach, describe, expect, test } from 'vitest';
import { createCookieJar } from '../../probes/exchange/cookies.ts';
import { closeServers, HELLO, serve } from './odd-exchange.ts';
import { exchangeFor, get, PATIENT_MS } from './raw-server.ts';

afterEach(closeServers);

const redirect = (location: string, status = 302, more = '') =>
  `HTTP/1.1 ${status} Found\r\nLocation: ${location}\r\n${more}Content-Length: 0\r\n\r\n`;

const pathOf = (request: string) => request.split(' ')[1] ?? '';

/** Redirects from / to the location, and says hello anywhere else. */
const from = (location: string, status?: number) =>
  serve((socket, request) =>
    socket.end(pathOf(request) === '/' ? redirect(location, status) : HELLO, 'latin1'),
  );

describe('a redirect (R2)', () => {
  test.for([301, 302, 303, 307, 308])('by %i is followed to another port', async (status) => {
    const there = await serve((socket) => socket.end(HELLO));
    const server = await from(`${there.url}/in`, status);
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt.ok && attempt.value.url.href).toBe(`${there.url}/in`);
    expect(there.received).toHaveLength(1);
  });

  test('tells another host only the host that it came from', async () => {
    const there = await serve((socket) => socket.end(HELLO));
    const server = await from(`${there.url}/in`);
    const referer = `${server.url}/v/secret?cs=1`;
    await exchangeFor(PATIENT_MS).send({ ...get(server.url), headers: { referer } });
    expect(server.received[0]).toContain(`Referer: ${referer}\r\n`);
    expect(there.received[0]).toContain(`Referer: ${server.url}/\r\n`);
  });

  test('to an address with a name of a broken escape is followed', async () => {
    const there = await serve((socket) => socket.end(HELLO));
    const server = await from(there.url.replace('//', '//a%zz@'));
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({ ok: true });
    expect(there.received[0]).toContain(`Authorization: Basic ${btoa('a%zz:')}\r\n`);
  });

  test('is followed to another host', async () => {
    const there = await serve((socket) => socket.end(HELLO));
    const server = await from(there.url.replace('127.0.0.1', 'localhost'));
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt.ok && attempt.value.url.hostname).toBe('localhost');
  });

  // What Chromium 156 asks for next.
  test.for([
    ['/in', '/in'],
    ['in/', '/in/'],
    ['?lang=zh', '/?lang=zh'],
    ['/app#/login', '/app'],
    ['  /in  ', '/in'],
    ['\\portal\\index', '/portal/index'],
    ['/a page', '/a%20page'],
    [Buffer.from('/发票').toString('latin1'), '/%E5%8F%91%E7%A5%A8'],
    ['/\xb7\xa2\xc6\xb1', '/%B7%A2%C6%B1'],
  ] as const)('to "%s" asks for %s', async ([location, path]) => {
    const server = await serve((socket, request) =>
      socket.end(pathOf(request) === '/' ? redirect(location) : HELLO, 'latin1'),
    );
    // A query alone leads to the same path.
    await exchangeFor(600).send(get(server.url));
    expect(pathOf(server.received[1] ?? '')).toBe(path);
  });

  // Each was asked of Chromium 156: ERR_UNSAFE_PORT, and no connection; the others connected.
  test.for([0, 22, 25, 990, 6000, 10_080])('to port %i is refused by browsers', async (port) => {
    const refused = { outcome: 'network', reason: 'browser_refuses', detail: `port ${port}` };
    for (const scheme of ['http', 'https']) {
      const there = `${scheme}://127.0.0.1:${port}/`;
      const server = await from(there);
      for (const start of [server.url, there]) {
        expect(await exchangeFor(PATIENT_MS).send(get(start))).toMatchObject({ failure: refused });
      }
    }
  });

  test.for([24, 4190, 6001])('to port %i is followed', async (port) => {
    const server = await from(`http://127.0.0.1:${port}/`);
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'connection_refused' },
    });
  });

  // Chromium 156: ERR_ADDRESS_UNREACHABLE, for a link without its zone ERR_INVALID_ARGUMENT.
  test.for([
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    '[ff02::1]',
    '[fe80::1]',
    '[::ffff:224.0.0.1]',
  ])('to %s, which no host has, is a failure of theirs', async (host) => {
    const server = await from(`http://${host}:8080/`);
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'host_unreachable' },
    });
  });

  test.for([
    ['http://127.0.0.1:65536/', 'system', 'unexpected_answer'],
    ['http://a..invalid/', 'network', 'name_not_resolved'],
    [`http://${'x'.repeat(64)}.invalid/`, 'network', 'name_not_resolved'],
    [`http://${'x.'.repeat(200)}invalid/`, 'network', 'name_not_resolved'],
    ['http://_a_.invalid/', 'network', 'name_not_resolved'],
  ] as const)('to %s, which is no address, is one too', async ([location, outcome, reason]) => {
    const server = await from(location);
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome, reason },
    });
  });

  test('is followed twenty times, and no more', async () => {
    const server = await serve((socket) => socket.end(redirect('/again')));
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'system', reason: 'redirect_loop' },
    });
    expect(server.received).toHaveLength(21);
  });

  test.for([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'http://[',
    'http://127.0.0.1:99999/',
  ])('to %s is refused, as browsers do', async (location) => {
    const server = await from(location);
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'system', reason: 'unexpected_answer' },
    });
    expect(server.received).toHaveLength(1);
  });

  test.for([
    ['without a location', 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', 302],
    ['to nothing', redirect(''), 302],
    ['by 300', redirect('/in', 300), 300],
    ['by 304', redirect('/in', 304), 304],
  ] as const)('%s is an answer', async ([, answer, status]) => {
    const server = await serve((socket) => socket.end(answer));
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt.ok && attempt.value.status).toBe(status);
    expect(server.received).toHaveLength(1);
  });

  test.for([
    ['held open', 'Content-Length: 9\r\n\r\nmoved', false],
    ['cut', 'Content-Length: 9\r\n\r\nmoved', true],
    ['no gzip', 'Content-Encoding: gzip\r\n\r\nmoved', true],
    ['not begun, as the head ends without an empty line', '', true],
  ] as const)('is followed whose body is %s', async ([, rest, ends]) => {
    const server = await serve((socket, request) => {
      if (pathOf(request) !== '/') socket.end(HELLO);
      else socket[ends ? 'end' : 'write'](`HTTP/1.1 302 Found\r\nLocation: /in\r\n${rest}`);
    });
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt.ok && attempt.value.url.pathname).toBe('/in');
  });

  test('with two locations is refused, with the same twice followed', async () => {
    const same = await serve((socket, request) =>
      socket.end(pathOf(request) === '/' ? redirect('/in', 302, 'Location: /in\r\n') : HELLO),
    );
    expect(await exchangeFor(PATIENT_MS).send(get(same.url))).toMatchObject({ ok: true });
    const two = await serve((socket) => socket.end(redirect('/in', 302, 'Location: /out\r\n')));
    expect(await exchangeFor(PATIENT_MS).send(get(two.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'protocol_error' },
    });
  });

  test('of a POST is an answer, so that nothing is written twice', async () => {
    const server = await serve((socket) => socket.end(redirect('/b', 307)));
    const attempt = await exchangeFor(PATIENT_MS).send({
      ...get(server.url),
      method: 'POST',
      body: '{}',
    });
    expect(attempt.ok && attempt.value.status).toBe(307);
    expect(server.received).toHaveLength(1);
  });
});

describe('cookies (R3)', () => {
  /** Redirects to itself until the cookie comes back. */
  const gate = (set: string, wanted = 'waf=1', to = '/') =>
    serve((socket, request) => {
      const sent = /^Cookie: (.*)\r$/m.exec(request)?.[1]?.split('; ') ?? [];
      const answer = redirect(to, 302, `Set-Cookie: ${set}\r\n`);
      socket.end(sent.includes(wanted) ? HELLO : answer, 'latin1');
    });

  // What Chromium 156 sends back.
  test.for([
    ['waf=1', 'waf=1'],
    ['waf=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=600', 'waf=1'],
    ['waf=1; expires=Wednesday, 09-Jun-49 10:18:14 GMT', 'waf=1'],
    ['waf=1; Expires=never', 'waf=1'],
    ['waf=1; Domain=127.0.0.1', 'waf=1'],
    ['waf=1; Secure', 'waf=1'],
    ['waf="a b"', 'waf="a b"'],
    ['waf=a=b==', 'waf=a=b=='],
    ['waf', 'waf'],
    ['waf=\xcb\xb0', 'waf=\xcb\xb0'],
  ] as const)('%s comes back', async ([set, wanted]) => {
    const server = await gate(set, wanted);
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({ ok: true });
    expect(server.received).toHaveLength(2);
  });

  test.for([
    'waf=1; Path=/other',
    'waf=1; Domain=example.com',
    'waf=1; Domain=0.0.1',
    'waf=1; Max-Age=0',
    'waf=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    '__Host-waf=1; Path=/',
    `waf=${'x'.repeat(5_000)}`,
  ])('%s does not come back', async (set) => {
    const server = await gate(set);
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { reason: 'redirect_loop' },
    });
    expect(server.received.join('')).not.toMatch(/^Cookie:/m);
  });

  test('belong to a path and below, the longer first', async () => {
    const server = await serve((socket, request) => {
      const set = 'Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; Path=/in\r\n';
      socket.end(pathOf(request) === '/' ? redirect('/in/page', 302, set) : HELLO);
    });
    await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(server.received[1]).toContain('Cookie: b=2; a=1\r\n');
  });

  test('are kept within the run, for all ports of a host, and not beyond', async () => {
    const setter = await serve((socket) =>
      socket.end(HELLO.replace('\r\n', '\r\nSet-Cookie: a=1\r\n')),
    );
    const other = await serve((socket) => socket.end(HELLO));
    const exchange = exchangeFor(PATIENT_MS);
    await exchange.send(get(setter.url));
    await exchange.send(get(other.url));
    await exchange.send(get(other.url.replace('127.0.0.1', 'localhost')));
    await exchangeFor(PATIENT_MS).send(get(other.url));
    expect(other.received.map((request) => /^Cookie: .*$/m.test(request))).toEqual([
      true,
      false,
      false,
    ]);
  });

  // By the public suffix list (publicsuffix.org, of ICANN): the first five are on it.
  test.for<[string, string, boolean]>([
    ['portal.gov.cn', 'gov.cn', false],
    ['a.portal.com.cn', 'com.cn', false],
    ['portal.bj.cn', 'bj.cn', false],
    ['portal.co.uk', 'co.uk', false],
    ['portal.cn', 'cn', false],
    ['a.jd.cn', 'jd.cn', true],
    ['a.portal.com.cn', 'portal.com.cn', true],
    ['a.chinatax.gov.cn', 'chinatax.gov.cn', true],
  ])('of %s for all hosts below %s are kept: %s', ([host, domain, is_kept]) => {
    const jar = createCookieJar(() => 0);
    jar.take(new URL(`https://${host}/`), [`a=1; Domain=${domain}`]);
    const other = new URL(`https://other.${domain}/`);
    expect(jar.headerFor(other)).toEqual(is_kept ? { cookie: 'a=1' } : {});
  });

  test('of a request that has its own are not those of the run', async () => {
    const seen: string[] = [];
    const server = await serve((socket, request) => {
      seen.push(/^Cookie: (.*)\r$/m.exec(request)?.[1] ?? '');
      const set = 'Set-Cookie: own=1\r\n';
      const leads = pathOf(request) === '/leads';
      socket.end(leads ? redirect('/led', 302, set) : HELLO.replace('\r\n', `\r\n${set}`));
    });
    const exchange = exchangeFor(PATIENT_MS);
    await exchange.send({ ...get(`${server.url}/leads`), own_cookies: true });
    await exchange.send(get(server.url));
    await exchange.send({ ...get(server.url), own_cookies: true });
    expect(seen).toEqual(['', 'own=1', '', '']);
  });
});
