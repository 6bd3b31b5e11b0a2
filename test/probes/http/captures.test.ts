import { describe, expect, test } from 'vitest';
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
