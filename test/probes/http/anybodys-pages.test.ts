import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../model/vocabulary.ts';
import { lineOfSite, measured, sendJson, startPortal } from './portal.ts';

const KNOWN = '26000000000000000001';
const OTHER = { number: '26000000000000000009', issued: '' };
const KEYS = `
known: { number: '${KNOWN}' }
unknown: { number: '26000000000000000002' }`;

const MAINTENANCE = '<html><head><title>系统维护中</title></head><body><p>x</p></body></html>';
const LOGIN = '<html><head><title>x</title></head><body><form><input/></form></body></html>';
const XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>hello</p></body></html>';

const saying = (body: string) => startPortal((_, response) => response.end(body));

const NUMBERED = `{ json: { $.data.no: '\${number}' } }`;

/** Absent is what lacks something, which any page does. */
const LACKING: [what: string, found: string, absent: string][] = [
  ['JSON', NUMBERED, '{ json: { $.data.no: { exists: false } } }'],
  ['XML', `{ xml: { //No: '\${number}' } }`, '{ xml: { //No: { exists: false } } }'],
  ['JSON without a text', NUMBERED, "{ json: { $: { exists: true } }, without: '2600' }"],
];

const PAGES: [what: string, body: string, outcome: Outcome, reason: string][] = [
  ['a page of maintenance', MAINTENANCE, 'maintenance', 'says_maintenance'],
  ['a login', LOGIN, 'system', 'unexpected_answer'],
  ['a page that is XML', XHTML, 'system', 'unexpected_answer'],
  ['a text', 'OK', 'system', 'unexpected_answer'],
  ['nothing', '', 'system', 'unexpected_answer'],
];

describe.each(LACKING)('absent by what %s lacks', (kind, found, absent) => {
  const settings = `${KEYS}
query:
  - get: /\${number}
    found: ${found}
    absent: ${absent}`;
  const site = (url: string) => ({ url, functions: ['query', 'sync'], settings });

  test.each(PAGES)('is not shown by %s', async (_, body, outcome, reason) => {
    const portal = await saying(body);
    const line = lineOfSite(site(portal.url));
    expect(await line.run('query', Date.now())).toMatchObject({ outcome, reason });
    expect(await line.look('sync', OTHER)).toMatchObject({ finding: 'failed', outcome });
  });

  test('is shown by an answer of that kind', async () => {
    const no = (number: string) => (kind === 'XML' ? `<a><No>${number}</No></a>` : json(number));
    const none = kind === 'XML' ? '<a/>' : '{"data":null}';
    const portal = await startPortal(({ url }, response) => {
      response.end(url === `/${KNOWN}` ? no(KNOWN) : none);
    });
    const line = lineOfSite(site(portal.url));
    expect(await line.run('query', Date.now())).toMatchObject({ outcome: 'ok' });
    expect(await line.look('sync', OTHER)).toMatchObject({ finding: 'absent', outcome: 'ok' });
  });
});

function json(no: string): string {
  return JSON.stringify({ data: { no } });
}

test.each([
  ['an unknown code', { code: 'E9', data: null }, 'step 1: code E9'],
  ['no code', { data: null }, 'step 1: no code'],
])('what an answer with %s lacks shows no absence', async (_, body, detail) => {
  const settings = `${KEYS}
codes: { json: $.code, ok: '0' }
query:
  - get: /\${number}
    found: { json: { $.data.no: '\${number}' } }
    absent: { json: { $.data.no: { exists: false } } }`;
  const portal = await startPortal((_request, response) => sendJson(response, body));
  const line = lineOfSite({ url: portal.url, functions: ['query', 'sync'], settings });
  expect(await line.run('query', Date.now())).toMatchObject({ outcome: 'system', detail });
  expect(await line.look('sync', OTHER)).toMatchObject({ finding: 'failed' });
});

const CHECK = '<html><head><title>安全验证</title></head><body><p>请完成验证</p></body></html>';
const NOTICES: [what: string, body: string, outcome: Outcome, reason: string][] = [
  ['a page of maintenance', MAINTENANCE, 'maintenance', 'says_maintenance'],
  ['a check of visitors', CHECK, 'throttled', 'blocked'],
  ['a login', LOGIN, 'system', 'unexpected_answer'],
];

describe.each(NOTICES)('%s in place of', (_, body, outcome, reason) => {
  test.each([
    ['words', 'reach', 'reach: [{ get: /, expect: { text: 欢迎 } }]'],
    ['a header', 'reach', 'reach: [{ get: /, expect: { header: { x-id: 7 } } }]'],
    ['a page without words', 'reach', 'reach: [{ get: /, expect: { without: html } }]'],
    [
      'an invoice that words show',
      'query',
      `${KEYS}\nquery: [{ get: /, found: { text: 发票 }, absent: { text: 无此票 } }]`,
    ],
    [
      'an invoice that a status shows',
      'query',
      `${KEYS}\nquery: [{ get: /, found: { status: 200 }, absent: { status: 404 } }]`,
    ],
  ])('%s is told as what it is', async (_what, fn, settings) => {
    const portal = await saying(body);
    const site = { url: portal.url, functions: [fn], settings };
    expect(await measured(site, fn)).toMatchObject({ outcome, reason });
  });
});

test('an invoice in a page is found, whatever else the page mentions', async () => {
  const page = `<title>发票查看</title><p>${KNOWN}</p><p>公告：系统将于周六升级维护</p>`;
  const portal = await startPortal(({ url }, response) => {
    if (url.includes(KNOWN)) response.end(page);
    else response.writeHead(404).end();
  });
  const settings = `${KEYS}
query: [{ get: '/\${number}', found: { text: '\${number}' }, absent: { status: 404 } }]`;
  const site = { url: portal.url, functions: ['query'], settings };
  expect(await measured(site, 'query')).toMatchObject({ outcome: 'ok' });
});

test('words that are empty are nowhere', async () => {
  const portal = await saying('none of it');
  // Of `unknown` no date of issue is given.
  const settings = `${KEYS}
query: [{ get: /, found: { text: '\${issued_date}' }, absent: { text: none } }]`;
  const line = lineOfSite({ url: portal.url, functions: ['query', 'sync'], settings });
  expect(await line.look('sync', { ...OTHER, issued: '' })).toMatchObject({ finding: 'absent' });
});

describe('over plain HTTP, anybody between may have sent', () => {
  test.each<[string, string, string, string, string]>([
    ['a status of pages', '{ status: 200 }', 'x', 'unexpected_answer', 'redirected'],
    ['words', '{ text: x }', 'x', 'unexpected_answer', 'redirected'],
    ['a value', '{ json: { $.a: 1 } }', '{"a":1}', 'unknown_found', 'answered'],
    ['a value of a header', '{ header: { x-a: b } }', 'x', 'unknown_found', 'answered'],
    ['any header', '{ header: { x-a: { exists: true } } }', 'x', 'unexpected_answer', 'redirected'],
  ])('%s, by which an unknown invoice is found', async (_, found, body, reason, reach) => {
    const portal = await startPortal((_request, response) => {
      response.setHeader('x-a', 'b');
      response.end(body);
    });
    const settings = `${KEYS}
query: [{ get: '/\${number}', found: ${found}, absent: { status: 404 } }]`;
    const site = { url: portal.url, functions: ['query'], settings };
    expect(await measured(site, 'query')).toMatchObject({
      outcome: 'system',
      reason,
      contact: { reach },
    });
  });

  test.each<[string, number, string, string, string]>([
    ['words', 200, '{ text: none }', 'unexpected_answer', 'redirected'],
    ['a status of errors', 404, '{ status: 404 }', 'known_not_found', 'answered'],
    ['a value', 200, '{ json: { $.a: none } }', 'known_not_found', 'answered'],
  ])('%s, by which the known invoice is absent', async (_, status, absent, reason, reach) => {
    const portal = await startPortal((_request, response) => {
      sendJson(response, { a: 'none' }, status);
    });
    const settings = `${KEYS}
query: [{ get: '/\${number}', found: { json: { $.a: 1 } }, absent: ${absent} }]`;
    const site = { url: portal.url, functions: ['query'], settings };
    expect(await measured(site, 'query')).toMatchObject({ reason, contact: { reach } });
  });
});

describe('where success has a code, an answer without one', () => {
  const upload = (more: string) => `
codes: { json: $.code, ok: '0' }
upload:
  - post: /
    form: { number: '\${number}' }
${more}`;
  const site = (url: string, more = '') => ({
    url,
    functions: ['upload'],
    settings: upload(more),
  });

  test.each<[string, string, Outcome, string]>([
    ['a page of maintenance', MAINTENANCE, 'maintenance', 'says_maintenance'],
    ['a page', LOGIN, 'system', 'unexpected_answer'],
    ['other JSON', '{"message":"welcome"}', 'system', 'unexpected_answer'],
    ['nothing', '', 'system', 'unexpected_answer'],
  ])('is no success: %s', async (_, body, outcome, reason) => {
    const portal = await saying(body);
    for (const more of ['', '    expect: { status: 200 }']) {
      expect(await measured(site(portal.url, more), 'upload')).toMatchObject({ outcome, reason });
    }
  });

  test('is judged by what is expected of it, and with one by that', async () => {
    const without = await saying('{"id":7}');
    const more = '    expect: { json: { $.id: 7 } }';
    expect(await measured(site(without.url, more), 'upload')).toMatchObject({ outcome: 'ok' });
    const created = await startPortal((_, response) => response.writeHead(201).end());
    const by_status = site(created.url, '    expect: { status: 201 }');
    expect(await measured(by_status, 'upload')).toMatchObject({ outcome: 'ok' });
    const success = await saying('{"code":"0"}');
    expect(await measured(site(success.url), 'upload')).toMatchObject({ outcome: 'ok' });
  });
});

describe('a page that is reached by steps, of which nothing is expected', () => {
  const reached = async (body: string, status = 200) => {
    const portal = await startPortal((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    });
    const settings = `reach: [{ get: /, expect: { status: ${status} } }]`;
    return await measured({ url: portal.url, functions: ['reach'], settings }, 'reach');
  };

  test.each<[string, Outcome, string]>([
    [MAINTENANCE, 'maintenance', 'says_maintenance'],
    [CHECK, 'throttled', 'blocked'],
    ['<title>404 Not Found</title><h1>Not Found</h1>', 'system', 'error_page'],
  ])('is not well where it says so itself: %s', async (body, outcome, reason) => {
    expect(await reached(body)).toMatchObject({ outcome, reason });
  });

  test.each<[string, number]>([
    [LOGIN, 200],
    ['<title>404 Not Found</title><h1>Not Found</h1>', 404],
    [XHTML, 200],
    ['', 200],
  ])('is well where it does not: %s', async (body, status) => {
    const found = await reached(body, status);
    expect(found).toMatchObject({ outcome: 'ok', notes: ['answered_only'] });
  });
});

describe('what the last step captures is to be there', () => {
  test.each(['upload', 'reach', 'api'])('in %s', async (fn) => {
    const portal = await saying('{"a":1}');
    const settings = `${KEYS}
${fn}: [{ get: /, expect: { json: { $.a: 1 } }, capture: { id: { json: $.id } } }]`;
    const found = await measured({ url: portal.url, functions: [fn], settings }, fn);
    expect(found).toMatchObject({ outcome: 'system', detail: 'step 1: nothing at json $.id' });
  });
});

test.each<[string, string[]]>([
  ['', ['answered_only']],
  [', expect: { status: 200 }', ['answered_only']],
  [', expect: { without: error }', ['answered_only']],
  [', expect: { json: { $.b: { exists: false } } }', ['answered_only']],
  [', expect: { json: { $.a: 1 } }', []],
  [', expect: { text: a }', []],
  [', capture: { a: { json: $.a } }', []],
  [', codes: { json: $.a, ok: 1 }', []],
])('a page that is reached by steps%s has the notes %j', async (more, notes) => {
  const portal = await saying('{"a":1}');
  const settings = `reach: [{ get: / }, { get: /${more} }]`;
  const found = await measured({ url: portal.url, functions: ['reach'], settings }, 'reach');
  expect(found).toMatchObject({ outcome: 'ok', notes });
});

describe('a value', () => {
  test.each<[unknown, boolean]>([
    [undefined, false],
    [null, false],
    ['', false],
    [0, true],
    [false, true],
    ['x', true],
    [[], true],
  ])('%j exists: %s', async (value, exists) => {
    const portal = await startPortal((_, response) => sendJson(response, { a: value }));
    for (const wanted of [true, false]) {
      const settings = `reach: [{ get: /, expect: { json: { $.a: { exists: ${wanted} } } } }]`;
      const found = await measured({ url: portal.url, functions: ['reach'], settings }, 'reach');
      expect(found.outcome).toBe(wanted === exists ? 'ok' : 'system');
    }
  });

  test.each<[string, string, boolean]>([
    ['1.0', '1', true],
    ['"1.0"', '1', true],
    ['100', "'100.00'", true],
    ['1e2', '100', true],
    ['"1.0"', "'1'", false],
    ['"01"', '1', false],
    ['26000000000000000001', "'26000000000000000001'", true],
    ['26000000000000000001', "'26000000000000000000'", false],
    ['-26000000000000000001', "'-26000000000000000001'", true],
    ['-26000000000000000001', "'-26000000000000000000'", false],
    ['0.12345678901234567891', "'0.12345678901234567891'", true],
    ['0.12345678901234567891', "'0.12345678901234567892'", false],
  ])('%s is as %s: %s', async (written, wanted, is_same) => {
    const portal = await saying(`{"a":${written}}`);
    const settings = `reach: [{ get: /, expect: { json: { $.a: ${wanted} } } }]`;
    const found = await measured({ url: portal.url, functions: ['reach'], settings }, 'reach');
    expect(found.outcome).toBe(is_same ? 'ok' : 'system');
  });
});
