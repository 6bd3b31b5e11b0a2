import { Hono } from 'hono';
import { describe, expect, it, test } from 'vitest';
import { bearerToken } from '../../http/bearer.ts';
import { limitBody } from '../../http/body.ts';
import { SECURITY_HEADERS } from '../../http/headers.ts';
import { escapeHtml } from '../../http/html.ts';
import { allowHeader, isAllowed, methodNotAllowed } from '../../http/methods.ts';
import { isSameOrigin, requireSameOrigin } from '../../http/origin.ts';
import { problem } from '../../http/problem.ts';
import { setSecurityHeaders } from '../../http/secure.ts';

it('text is HTML with its marks escaped, between double quotes too', () => {
  expect(escapeHtml(`<b title="a">5 > 3 & 2 < 3</b> '`)).toBe(
    "&lt;b title=&quot;a&quot;&gt;5 &gt; 3 &amp; 2 &lt; 3&lt;/b&gt; '",
  );
});

describe('a problem document', () => {
  it('has the members of RFC 9457, further ones after them, and no empty ones', async () => {
    const answer = problem({
      status: 422,
      title: 'Wrong',
      errors: [{ pointer: '#/a', detail: 'expected b' }],
      extensions: { lines: [1] },
      headers: { 'retry-after': '3' },
    });
    expect(await answer.text()).toBe(
      '{"type":"about:blank","title":"Wrong","status":422,' +
        '"errors":[{"pointer":"#/a","detail":"expected b"}],"lines":[1]}',
    );
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('retry-after')).toBe('3');
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(answer.headers.get(name)).toBe(value);
    }
  });
});

describe('methods', () => {
  it('of an address name HEAD with GET', () => {
    expect(allowHeader(['GET', 'POST'])).toBe('GET, HEAD, POST');
    expect(allowHeader(['POST'])).toBe('POST');
  });

  it.each([
    ['GET', true],
    ['HEAD', true],
    ['PUT', true],
    ['POST', false],
    ['OPTIONS', false],
    ['BREW', false],
  ])('%s on an address of GET and PUT: %s', (method, is_allowed) => {
    expect(isAllowed(method, ['GET', 'PUT'])).toBe(is_allowed);
  });

  it('that are not allowed are told with those that are', async () => {
    const answer = methodNotAllowed(['GET']);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

test.each([
  ['Bearer abc', 'abc'],
  ['bearer   abc', 'abc'],
  ['Bearer', null],
  ['Bearer ', null],
  ['Bearer a b', null],
  ['Basic abc', null],
  [`Bearer ${'x'.repeat(500)}`, 'x'.repeat(500)],
  [`Bearer ${'x'.repeat(501)}`, null],
  ['Bearer é', null],
  [undefined, null],
])('the token in "%s" is %s', (authorization, token) => {
  expect(bearerToken(authorization)).toBe(token);
});

describe('a limited body', () => {
  const app = new Hono();
  app.post('/', limitBody(4), async (c) => c.text(await c.req.text()));
  app.post(
    '/own',
    limitBody(4, (c) => c.text('mine', 413)),
    (c) => c.text('taken'),
  );

  it('is taken up to the limit', async () => {
    const answer = await app.request('/', { method: 'POST', body: 'four' });
    expect([answer.status, await answer.text()]).toEqual([200, 'four']);
  });

  it('is refused above it, in the words of the route if it has some', async () => {
    const answer = await app.request('/', { method: 'POST', body: 'fives' });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      expect.objectContaining({ detail: 'At most 4 bytes are taken.' }),
    ]);
    const own = await app.request('/own', { method: 'POST', body: 'fives' });
    expect(await own.text()).toBe('mine');
  });

  it('is refused however it is sent', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('fi'));
        controller.enqueue(new TextEncoder().encode('ves'));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    const request = new Request('http://localhost/', init);
    expect((await app.request(request)).status).toBe(413);
  });
});

describe('the origin', () => {
  const app = new Hono<{ Variables: { page: { public_url: string } } }>();
  const page = { public_url: 'https://page.example' };
  app.use(setSecurityHeaders, (c, next) => {
    c.set('page', page);
    return next();
  });
  app.get('/', (c) => c.text(String(isSameOrigin(c, page.public_url))));
  app.post('/', requireSameOrigin('Press the button'), (c) => c.text('done'));

  test.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://page.example', host: 'page.example' }, false],
    [{ origin: 'https://page.example', host: 'page.example' }, true],
    // A proxy in front may not hand the name on.
    [{ origin: 'https://page.example', host: '127.0.0.1:8080' }, true],
    [{ origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }, true],
    [{ origin: 'http://127.0.0.1:9000', host: '127.0.0.1:8080' }, false],
    [{ origin: 'http://page.example', host: 'page.example' }, false],
    [{ origin: 'https://page.example:444', host: 'page.example:444' }, false],
    [{ origin: 'http://evil.example', host: 'page.example' }, false],
    [{ origin: 'page.example', host: 'page.example' }, false],
    [{ origin: 'null', host: 'page.example' }, false],
    [{ host: 'page.example' }, false],
  ])('with %j is ours: %s', async (headers, is_ours) => {
    expect(await (await app.request('/', { headers })).text()).toBe(String(is_ours));
    const { status } = await app.request('/', { method: 'POST', headers });
    expect(status).toBe(is_ours ? 200 : 403);
  });

  test.each([
    ['http://127.0.0.1:8080', '127.0.0.1:8080', true],
    ['http://127.0.0.1:9999', '127.0.0.1:9999', true],
    ['http://localhost:9999', 'localhost:9999', true],
    ['http://127.0.0.1:9999', '127.0.0.1:8080', false],
    ['http://evil.example', '127.0.0.1:8080', false],
  ])('%s, sent to %s, is that of a page on this machine: %s', async (origin, host, is_ours) => {
    const local = new Hono();
    local.get('/', (c) => c.text(String(isSameOrigin(c, 'http://127.0.0.1:8080'))));
    const answer = await local.request('/', { headers: { origin, host } });
    expect(await answer.text()).toBe(String(is_ours));
  });

  it('is asked for in words of the place', async () => {
    const answer = await app.request('/', { method: 'POST' });
    expect(await answer.json()).toMatchObject({
      title: 'Only this page may do that',
      detail: 'Press the button; the request names another origin, or none.',
    });
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
