import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../model/vocabulary.ts';
import { specimenFile, specimenInvoice } from '../../../probes/specimen/index.ts';
import { lineOfSite, measured, sendJson, startPortal } from './portal.ts';

const KNOWN = { number: '26000000000000000001', issued: '20260302100000' };
const KEYS = `
known: { number: '${KNOWN.number}', issued: '${KNOWN.issued}' }
unknown: { number: '26000000000000000002' }`;
const FILE = Buffer.from(specimenFile('pdf', specimenInvoice(KNOWN.number, KNOWN.issued)));

const QUERY = `${KEYS}
query:
  - get: /invoices/\${number}
    found: { json: { $.number: '\${number}' } }
    absent: { status: 404 }`;

const query = (url: string) => ({ url, functions: ['query', 'sync'], settings: QUERY });

describe('a query', () => {
  test('finds the invoice that exists and not the other, and so do looks', async () => {
    const portal = await startPortal(({ url }, response) => {
      const is_known = url === `/invoices/${KNOWN.number}`;
      sendJson(response, is_known ? { number: KNOWN.number } : {}, is_known ? 200 : 404);
    });
    const line = lineOfSite(query(portal.url));
    expect(await line.run('query', Date.now())).toMatchObject({ outcome: 'ok', reason: null });
    expect(portal.got.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /invoices/${KNOWN.number}`,
      'GET /invoices/26000000000000000002',
    ]);
    expect(await line.look('sync', KNOWN)).toMatchObject({ finding: 'found', outcome: 'ok' });
    const other = { number: '26000000000000000009', issued: '' };
    expect(await line.look('sync', other)).toMatchObject({ finding: 'absent', outcome: 'ok' });
  });

  test.for<[string, number, string, string, Outcome, string]>([
    ['always found', 200, 'application/json', '{"number":"N"}', 'system', 'unknown_found'],
    ['never found', 404, 'application/json', '{}', 'system', 'known_not_found'],
    ['another shape', 200, 'application/json', '{"no":1}', 'system', 'unexpected_answer'],
    ['no JSON', 200, 'text/plain', 'OK', 'system', 'unexpected_answer'],
    ['HTML', 200, 'text/html', '<html><p>x', 'system', 'unexpected_answer'],
    ['a failure', 500, 'text/plain', '', 'system', 'http_status'],
    [
      'a page of maintenance',
      503,
      'text/html',
      '<h1>系统维护中</h1>',
      'maintenance',
      'says_maintenance',
    ],
    [
      'maintenance as 404',
      404,
      'text/html',
      '<title>系统维护中</title>',
      'maintenance',
      'says_maintenance',
    ],
    ['refused', 403, 'text/plain', '', 'throttled', 'blocked'],
    ['too many', 429, 'text/plain', '', 'throttled', 'http_status'],
    ['who are you', 401, 'text/plain', '', 'credential', 'http_status'],
  ])('%s: HTTP %i is %s', async ([_, status, type, body, outcome, reason]) => {
    const portal = await startPortal(({ url }, response) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body.replace('"N"', `"${url.split('/').at(-1)}"`));
    });
    expect(await measured(query(portal.url), 'query')).toMatchObject({ outcome, reason });
  });
});

describe('codes of theirs', () => {
  const settings = `${KEYS}
codes:
  json: $.code
  ok: '0000'
  outcomes: { E1: degraded, E2: credential, E3: user_data, E4: maintenance, E5: throttled }
query:
  - get: /invoices/\${number}
    found: { json: { $.code: '0000' } }
    absent: { json: { $.code: E9500 } }`;

  test.for<[unknown, number, Outcome, string]>([
    ['E1', 200, 'degraded', 'step 1: code E1'],
    ['E1', 500, 'degraded', 'step 1: code E1'],
    ['E2', 200, 'credential', 'step 1: code E2'],
    ['E3', 400, 'user_data', 'step 1: code E3'],
    ['E4', 200, 'maintenance', 'step 1: code E4'],
    ['E5', 200, 'throttled', 'step 1: code E5'],
    ['E6', 200, 'system', 'step 1: code E6'],
    ['E6', 429, 'throttled', 'step 1: HTTP 429'],
    // A code with an outcome comes before the status.
    ['E3', 401, 'user_data', 'step 1: code E3'],
    ['E1', 403, 'degraded', 'step 1: code E1'],
    ['E1', 503, 'degraded', 'step 1: code E1'],
    ['E5', 404, 'throttled', 'step 1: code E5'],
    ['E6', 401, 'credential', 'step 1: HTTP 401'],
    ['E6', 403, 'throttled', 'step 1: HTTP 403'],
    ['E6', 503, 'system', 'step 1: HTTP 503'],
    ['<script>', 200, 'system', 'step 1: code unreadable'],
    ['0000', 200, 'system', 'an invoice that does not exist was found'],
  ])('%s with HTTP %i is %s', async ([code, status, outcome, detail]) => {
    const portal = await startPortal((_, response) => sendJson(response, { code }, status));
    const site = { url: portal.url, functions: ['query'], settings };
    expect(await measured(site, 'query')).toMatchObject({ outcome, detail });
  });
});

describe('a download', () => {
  const settings = (last: string) => `${KEYS}
download:
  - get: /invoices/\${number}
    prerequisite: query
    capture: { file_id: { json: $.file.id } }
  - get: /files/\${file_id}.\${format}
${last}`;
  const download = (url: string, last = '') => ({
    url,
    functions: ['download'],
    settings: settings(last),
  });

  test('goes through the integrity check, by what earlier steps captured', async () => {
    const portal = await startPortal(({ url }, response) => {
      if (url.startsWith('/invoices')) sendJson(response, { file: { id: 'a/../b?c' } });
      else response.end(FILE);
    });
    const found = await measured(download(portal.url), 'download');
    expect(found).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
    // The captured value stays one segment.
    expect(portal.got.at(-1)?.url).toBe('/files/a%2F..%2Fb%3Fc.pdf');
  });

  test('of a damaged file is corrupt, of another invoice a mismatch', async () => {
    const other = specimenFile('pdf', specimenInvoice('26000000000000000009', KNOWN.issued));
    for (const [body, outcome] of [
      [FILE.subarray(0, FILE.length / 2), 'corrupt'],
      [Buffer.from(other), 'mismatch'],
    ] as const) {
      const portal = await startPortal(({ url }, response) => {
        if (url.startsWith('/invoices')) sendJson(response, { file: { id: 1 } });
        else response.end(body);
      });
      expect(await measured(download(portal.url), 'download')).toMatchObject({ outcome });
    }
  });

  test('in base64 within JSON is read from there', async () => {
    const portal = await startPortal(({ url }, response) => {
      const data = url.startsWith('/invoices')
        ? { file: { id: 1 } }
        : { content: FILE.toString('base64') };
      sendJson(response, data);
    });
    const site = download(portal.url, '    file: { json: $.content }');
    const found = await measured(site, 'download');
    expect(found).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
  });

  test.for<[string, string, Outcome, string]>([
    ['HTML in place of it', '<!doctype html><p>', 'system', 'unexpected_answer'],
    ['JSON in place of it', '{"a":1}', 'system', 'unexpected_answer'],
    ['words about it', '<html>链接已失效', 'system', 'unexpected_answer'],
    ['a short text', '文件不存在', 'system', 'unexpected_answer'],
    ['a login', '<html><input type="password">', 'throttled', 'blocked'],
    ['neither words nor file', '\x01\x02', 'corrupt', 'not_a_file'],
  ])('%s is %s', async ([_, body, outcome, reason]) => {
    const portal = await startPortal(({ url }, response) => {
      if (url.startsWith('/invoices')) sendJson(response, { file: { id: 1 } });
      else response.end(body);
    });
    const found = await measured(download(portal.url), 'download');
    expect(found).toMatchObject({ outcome, reason });
  });

  test('by an address that was captured may be a link of ours that has expired', async () => {
    const portal = await startPortal(({ url }, response) => {
      if (url === '/links') sendJson(response, { address: '/old' });
      else response.end('<html>链接已失效');
    });
    const site = {
      url: portal.url,
      functions: ['download'],
      settings: `${KEYS}
download:
  - { get: /links, capture: { address: { json: $.address } } }
  - get: \${address}`,
    };
    expect(await measured(site, 'download')).toMatchObject({
      outcome: 'user_data',
      reason: 'link_refused',
    });
  });

  test('waits for the step of another function, whose failure is not its own', async () => {
    const portal = await startPortal((_, response) => sendJson(response, {}, 500));
    expect(await measured(download(portal.url), 'download')).toMatchObject({
      outcome: 'prerequisite',
      reason: 'waits_for_query',
      detail: 'step 1: system, http_status, HTTP 500',
    });
  });

  test('by a captured address at another host shows it no credentials and no headers', async () => {
    const store = await startPortal((_, response) => response.end(FILE));
    const portal = await startPortal((_, response) => {
      sendJson(response, { url: `${store.url}/signed?x=1` });
    });
    const site = {
      url: portal.url,
      functions: ['download'],
      env: { TOKEN: 'hush-hush' },
      settings: `${KEYS}
auth: { bearer: { token: { env: TOKEN } } }
download:
  - get: /links/\${number}
    headers: { x-tenant: '7' }
    capture: { address: { json: $.url } }
  - get: \${address}
    headers: { x-tenant: '7' }`,
    };
    const found = await measured(site, 'download');
    expect(found).toMatchObject({ outcome: 'ok' });
    expect(portal.got[0]?.headers).toMatchObject({
      authorization: 'Bearer hush-hush',
      'x-tenant': '7',
    });
    expect(store.got[0]?.url).toBe('/signed?x=1');
    expect(store.got[0]?.headers).not.toHaveProperty('authorization');
    expect(store.got[0]?.headers).not.toHaveProperty('x-tenant');
  });

  test('by a redirect to another host shows it no credentials and no headers', async () => {
    const store = await startPortal((_, response) => response.end(FILE));
    const portal = await startPortal((_, response) => {
      response.writeHead(302, { location: `${store.url}/f` });
      response.end();
    });
    const site = {
      url: portal.url,
      functions: ['download'],
      env: { WORD: 'hush-hush' },
      settings: `${KEYS}
auth: { basic: { user: me, password: { env: WORD } } }
download:
  - get: /files/\${number}
    headers: { x-tenant: '7' }`,
    };
    expect(await measured(site, 'download')).toMatchObject({ outcome: 'ok' });
    // By curl -u me:hush-hush.
    expect(portal.got[0]?.headers.authorization).toBe('Basic bWU6aHVzaC1odXNo');
    expect(store.got[0]?.headers).not.toHaveProperty('authorization');
    expect(store.got[0]?.headers).not.toHaveProperty('x-tenant');
  });
});

describe('an upload', () => {
  test('sends the synthetic invoice as a form with its file, and is followed', async () => {
    const portal = await startPortal((_, response) => sendJson(response, { id: 7 }, 201));
    const site = {
      url: portal.url,
      functions: ['upload'],
      settings: `
upload:
  - post: /invoices
    multipart:
      number: \${number}
      total: \${total_yuan}
      file: { specimen: pdf, name: '\${number}.pdf' }
    expect: { status: 201, json: { $.id: { exists: true } } }`,
    };
    const found = await measured(site, 'upload');
    expect(found).toMatchObject({ outcome: 'ok', accepted: { number: expect.any(String) } });
    const [got] = portal.got;
    const form = await new Response(new Uint8Array(got?.body ?? []), {
      headers: { 'content-type': got?.headers['content-type'] ?? '' },
    }).formData();
    const number = String(form.get('number'));
    expect(number).toBe(found.accepted?.number);
    const invoice = specimenInvoice(number, found.accepted?.issued ?? '');
    expect(form.get('total')).toBe((invoice.total_fen / 100).toFixed(2));
    const file = form.get('file') as File;
    expect([file.name, file.type]).toEqual([`${number}.pdf`, 'application/pdf']);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(
      Buffer.from(specimenFile('pdf', invoice)),
    );
  });
});
