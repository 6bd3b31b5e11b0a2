import { describe, expect, test } from 'vitest';
import { allowHeader, isAllowed } from '../../http/methods.ts';
import { ROUTES } from '../../status-page/routes.ts';
import { expandPath } from '../../status-page/serve/route-table.ts';
import { sendRaw } from '../http/raw-request.ts';
import { ask } from './request.ts';
import { seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({ prepare: seedHistory, once: true });

const HOST = 'Host: status.example.invalid';

const raw = (method: string, target: string, ...headers: string[]) =>
  sendRaw(page.url, [`${method} ${target} HTTP/1.1`, 'Connection: close', ...headers]);

/** One path of each row, of something that need not be there. */
const PATHS = ROUTES.map((route) => {
  const [path = ''] = expandPath(route.path, ['en'], { id: 'abc', file: 'a.js', name: 'recover' });
  return [path, route] as const;
});

describe('D2: methods', () => {
  const METHODS = ['TRACE', 'PROPFIND', 'LOCK', 'QUERY', 'PUT', 'PATCH', 'DELETE', 'POST'];

  test.each(PATHS)(
    'of %s come from its row, before anybody is asked who he is',
    async (path, row) => {
      for (const method of METHODS.filter((it) => !isAllowed(it, row.methods))) {
        const { status, headers } = await raw(method, path, HOST, 'Content-Length: 0');
        expect([method, status, headers.allow]).toEqual([method, 405, allowHeader(row.methods)]);
      }
    },
  );
});

/** The same address, as a lenient server or proxy might read it. */
const SPELLINGS: [string, (path: string) => string][] = [
  ['a slash more', (path) => `${path}/`.replace(/\/\/$/, '//')],
  ['two slashes in front', (path) => `/${path}`],
  [
    'an encoded letter',
    (path) => path.replace(/[a-z]/, (it) => `%${it.charCodeAt(0).toString(16)}`),
  ],
  ['an encoded slash', (path) => `${path}%2F`],
  ['a step up', (path) => `/x/..${path}`],
  ['a step to itself', (path) => `/.${path}`],
  ['capitals', (path) => path.toUpperCase()],
  ['a parameter', (path) => `${path};a=b`],
  ['a null', (path) => `${path}%00`],
];

describe('D2: another spelling', () => {
  test.each(SPELLINGS)('of an address, with %s, is none', async (_, spelt) => {
    const known = PATHS.map(([path]) => path);
    for (const path of known.map(spelt).filter((it) => !known.includes(it))) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const { status } = await raw(method, path, HOST, 'Content-Length: 0');
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    }
  });

  test.each([['*'], ['http://status.example.invalid/en/'], ['/en/\\']])(
    '%s, which is no path, is refused in our words',
    async (target) => {
      const { status, headers } = await raw('GET', target, HOST);
      expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([
        400,
        'application/problem+json',
        'nosniff',
      ]);
    },
  );
});

describe('D13: a request for another host', () => {
  const EVIL = ['Host: evil.example', 'Origin: http://evil.example'];

  test.each(PATHS)('%s is sent away', async (path, { methods }) => {
    for (const method of methods) {
      const { status } = await raw(method, path, ...EVIL, 'Content-Length: 0');
      expect([method, status]).toEqual([method, 421]);
    }
  });

  test('beside ours cannot be read', async () => {
    for (const hosts of [
      [HOST, 'Host: evil.example'],
      ['host: evil.example', HOST],
    ]) {
      expect((await raw('GET', '/en/', ...hosts)).status).toBe(400);
    }
  });

  test('is told where the page is, and a browser in words', async () => {
    const answer = await raw('GET', '/en/', ...EVIL);
    expect(JSON.parse(answer.text)).toMatchObject({
      detail: 'The page is at https://status.example.invalid.',
    });
    const shown = await raw('GET', '/en/', ...EVIL, 'Accept: text/html');
    expect(shown.status).toBe(421);
    expect(shown.text).toContain('href="https://status.example.invalid/en/"');
  });

  test('cannot send our forms, though its browser calls it the same origin', async () => {
    for (const header of ['Origin: http://evil.example', 'Sec-Fetch-Site: same-origin']) {
      const { status, headers } = await raw(
        'POST',
        '/admin/en/sign-in',
        'Host: evil.example',
        header,
        'Content-Length: 0',
      );
      expect([header, status, headers['set-cookie']]).toEqual([header, 421, undefined]);
    }
  });

  test('which our own host forwards, is ours by the public address alone', async () => {
    const send = async (origin: string) =>
      (await ask(`${page.url}/en/subscribe`, { method: 'POST', headers: { origin } })).status;
    expect(await send('https://status.example.invalid')).toBe(415);
    expect(await send(page.url)).toBe(415);
    expect(await send('http://status.example.invalid')).toBe(403);
    expect(await send('https://evil.example')).toBe(403);
    expect(await send('null')).toBe(403);
  });
});

describe('D17: a site at https', () => {
  test.each([
    ['GET', '/'],
    ['HEAD', '/en/'],
    ['GET', '/api/v2/status.json'],
    ['GET', '/assets/page-0.js'],
    ['GET', '/history.atom'],
    ['GET', '/en'],
    ['GET', '/admin'],
    ['GET', '/admin/en/'],
    ['GET', '/en/subscribe'],
    ['GET', '/nothing'],
    ['PUT', '/en/'],
    ['OPTIONS', '/en/'],
    ['GET', '/api/v1/maintenances'],
    ['HEAD', '/live'],
    ['GET', '*'],
  ])('is to be asked by https for a year, says %s %s', async (method, path) => {
    const { headers } = await raw(method, path, HOST);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('says so when nothing has changed, too', async () => {
    const { headers } = await ask(`${page.url}/en/`);
    const again = await ask(`${page.url}/en/`, {
      headers: { 'if-none-match': headers.etag ?? '' },
    });
    expect([again.status, again.headers['strict-transport-security']]).toEqual([
      304,
      'max-age=31536000',
    ]);
  });

  test('redirects by language where that is what decides, and says so', async () => {
    const go = (language: string) =>
      ask(`${page.url}/admin`, { headers: { 'accept-language': language } });
    const [english, japanese] = [await go('en'), await go('ja')];
    expect([english.status, english.headers.location, english.headers.vary]).toEqual([
      302,
      '/admin/en/',
      'Accept-Language',
    ]);
    expect(japanese.headers.location).toBe('/admin/ja/');
  });
});

describe('D17: a site at http', () => {
  const configuration = siteConfiguration();
  const plain = usePage({
    configuration: {
      ...configuration,
      page: { ...configuration.page, public_url: 'http://localhost:8080' },
    },
    once: true,
  });

  test.each(['/', '/en/', '/nothing', '/admin'])('does not speak of https at %s', async (path) => {
    const { headers } = await ask(plain.url + path);
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});
