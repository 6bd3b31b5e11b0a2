import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestProxy } from '../../field/proxy.ts';
import { measured, sendJson, startPortal } from './portal.ts';

describe('what was kept', () => {
  const captured = (place: string, then: string) => `
reach:
  - get: /first
    capture: { it: ${place} }
  - get: /second
${then}`;

  test.for<[string, string, string]>([
    ['{ json: "$.a[1].b" }', '{"a":[{"b":1},{"b":"two"}]}', 'two'],
    ['{ json: $.big }', '{"big":26000000000000000001}', '26000000000000000001'],
    ['{ json: $.big }', '{"big":-26000000000000000001}', '-26000000000000000001'],
    ['{ json: $.d }', '{"d":0.12345678901234567891}', '0.12345678901234567891'],
    ['{ json: $.d }', '{"d":1234567.1234567890123}', '1234567.1234567890123'],
    ['{ json: "$.a[?@.k==\'x\'].v" }', '{"a":[{"k":"y","v":1},{"k":"x","v":2}]}', '2'],
    [
      "{ xml: '//Item[2]/Url' }",
      '<s:E xmlns:s="u"><Item><Url>a</Url></Item><Item><Url>b&amp;</Url></Item></s:E>',
      'b&',
    ],
    ['{ xml: "/E/@id" }', '<E id="7"/>', '7'],
    ['{ header: X-Id }', '', 'h-1'],
    ['{ matches: "ticket=(\\\\w+)" }', 'x ticket=ab12;', 'ab12'],
  ])('%s', async ([place, body, value]) => {
    const portal = await startPortal(({ url }, response) => {
      response.setHeader('x-id', 'h-1');
      response.end(url === '/first' ? body : 'ok');
    });
    const settings = captured(place, `    headers: { x-it: '\${it}' }`);
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got[1]?.headers['x-it']).toBe(value);
  });

  test.for([
    ['a header', `    headers: { x-it: '\${it}' }`],
    ['a path that leads upwards', ''],
  ])('cannot end %s', async ([what, then]) => {
    const value = what === 'a header' ? 'a\r\nx-more: 1' : '..';
    const portal = await startPortal((_, response) => sendJson(response, { it: value }));
    const settings = captured('{ json: $.it }', then ?? '').replace(
      '/second',
      what === 'a header' ? '/second' : `/a/\${it}/b`,
    );
    const site = { url: portal.url, functions: ['reach'], settings };
    const found = await measured(site, 'reach');
    expect(found).toMatchObject({ outcome: 'self', reason: 'probe_error' });
    expect(portal.got).toHaveLength(1);
  });

  test('cannot end the name of a file', async () => {
    const portal = await startPortal((_, response) => sendJson(response, { it: 'a"\r\nb/$.pdf' }));
    const settings = `
upload:
  - { get: /, capture: { it: { json: $.it } } }
  - post: /
    multipart: { file: { specimen: pdf, name: 'x\${it}' } }
    expect: { json: { $.it: { exists: true } } }`;
    const site = { url: portal.url, functions: ['upload'], settings };
    expect(await measured(site, 'upload')).toMatchObject({ outcome: 'ok' });
    // As Chromium sends such a name.
    expect(portal.got[1]?.body.toString('latin1')).toContain(
      'name="file"; filename="xa%22%0D%0Ab/$.pdf"\r\n',
    );
  });

  test('cannot change a form, JSON or XML', async () => {
    const portal = await startPortal((_, response) => {
      sendJson(response, { it: `a&b="<c>"}` });
    });
    const site = {
      url: portal.url,
      functions: ['reach'],
      settings: `
reach:
  - get: /
    capture: { it: { json: $.it } }
  - { post: /, form: { it: '\${it}', more: 1 } }
  - { post: /, json: { it: 'x\${it}', more: 1 } }
  - { post: /, xml: '<a>\${it}</a>' }`,
    };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    const bodies = portal.got.slice(1).map(({ body }) => body.toString());
    expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
      it: `a&b="<c>"}`,
      more: '1',
    });
    expect(JSON.parse(bodies[1] ?? '')).toEqual({ it: `xa&b="<c>"}`, more: 1 });
    expect(bodies[2]).toBe('<a>a&amp;b=&quot;&lt;c&gt;&quot;}</a>');
  });
});

describe('an address that was captured', () => {
  test('means what it means in its answer', async () => {
    const portal = await startPortal(({ url }, response) => {
      sendJson(response, url === '/api/v1/list' ? { at: 'next/page?a=1' } : {});
    });
    const settings = `
reach:
  - { get: /v1/list, capture: { at: { json: $.at } } }
  - get: \${at}`;
    const site = { url: `${portal.url}/api`, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got[1]?.url).toBe('/api/v1/next/page?a=1');
  });

  test.each(['http://', 'ftp://files.example.org/a', 'javascript:void(0)'])(
    'that is %s is an answer of the system',
    async (at) => {
      const portal = await startPortal((_, response) => sendJson(response, { at }));
      const settings = `
reach:
  - { get: /list, capture: { at: { json: $.at } } }
  - get: \${at}`;
      const found = await measured({ url: portal.url, functions: ['reach'], settings }, 'reach');
      expect(found).toMatchObject({
        outcome: 'system',
        reason: 'unexpected_answer',
        detail: 'step 2: the captured address is no web address',
      });
      expect(portal.got).toHaveLength(1);
    },
  );

  test('is at another origin where its answer came from there', async () => {
    const store = await startPortal((_, response) => sendJson(response, { at: '../file' }));
    const portal = await startPortal((_, response) => {
      response.writeHead(302, { location: `${store.url}/deep/er/list` }).end();
    });
    const settings = `
auth: { bearer: { token: { env: WORD } } }
reach:
  - { get: /list, capture: { at: { json: $.at } } }
  - { get: '\${at}', headers: { x-tenant: 7 }, query: { a: 1 } }`;
    const site = { url: portal.url, functions: ['reach'], settings, env: { WORD: 'hush-hush' } };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got.map(({ url }) => url)).toEqual(['/list']);
    expect(store.got.map(({ url }) => url)).toEqual(['/deep/er/list', '/deep/file']);
    for (const { headers } of store.got) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('x-tenant');
    }
  });

  test('is asked without the cookies of the run, and leaves none', async () => {
    const store = await startPortal((_, response) => {
      response.setHeader('set-cookie', 'there=1');
      sendJson(response, {});
    });
    const portal = await startPortal(({ url }, response) => {
      if (url === '/in') response.setHeader('set-cookie', 'sid=7');
      sendJson(response, { there: `${store.url}/s`, here: `${portal.url}/h` });
    });
    const settings = `
reach:
  - { get: /in, capture: { there: { json: $.there }, here: { json: $.here } } }
  - get: \${there}
  - get: \${here}`;
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(store.got.map(({ headers }) => headers.cookie)).toEqual([undefined]);
    expect(portal.got.map(({ headers }) => headers.cookie)).toEqual([undefined, 'sid=7']);
  });

  test('blames no other host that somebody between may have named', async () => {
    const store = await startPortal((_, response) => sendJson(response, {}, 500));
    const portal = await startPortal((_, response) => {
      sendJson(response, { at: store.url.replace('127.0.0.1', 'localhost') });
    });
    const settings = `
reach:
  - { get: /, capture: { at: { json: $.at } } }
  - get: \${at}`;
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({
      outcome: 'system',
      contact: { host: '127.0.0.1', reach: 'redirected' },
    });
  });

  test('leads from a public host to no private one', async () => {
    const inside = await startPortal((_, response) => sendJson(response, {}));
    const portal = await startPortal((_, response) => sendJson(response, { at: inside.url }));
    const proxy = await startTestProxy({ names: { 'portal.example': '127.0.0.1' } });
    onTestFinished(() => proxy.close());
    const settings = `
reach:
  - { get: /, capture: { at: { json: $.at } } }
  - get: \${at}`;
    const site = (url: string) => ({ url, functions: ['reach'], settings, proxy: proxy.url });
    const from_public = portal.url.replace('127.0.0.1', 'portal.example');
    expect(await measured(site(from_public), 'reach')).toMatchObject({
      outcome: 'self',
      reason: 'redirect_refused',
    });
    expect(inside.got).toEqual([]);
    expect(await measured(site(portal.url), 'reach')).toMatchObject({ outcome: 'ok' });
    expect(inside.got).toHaveLength(1);
  });
});

describe('a redirect', () => {
  const redirecting = () =>
    startPortal(({ url }, response) => {
      if (url === '/from') response.writeHead(302, { location: '/to' }).end();
      else sendJson(response, {});
    });

  test('that is expected is not followed', async () => {
    const portal = await redirecting();
    const settings = 'reach: [{ get: /from, expect: { status: 302, header: { location: /to } } }]';
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got.map(({ url }) => url)).toEqual(['/from']);
  });

  test('is followed otherwise', async () => {
    const portal = await redirecting();
    const site = { url: portal.url, functions: ['reach'], settings: 'reach: [{ get: /from }]' };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got.map(({ url }) => url)).toEqual(['/from', '/to']);
  });
});
