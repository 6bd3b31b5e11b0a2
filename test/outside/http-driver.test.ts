import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../model/time.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import {
  type Got,
  lineOfSite,
  type SiteParts,
  sendJson,
  startPortal,
} from '../probes/http/portal.ts';
import { freePort } from '../process/ports.ts';
import { read } from '../tidy/repository.ts';
import { answersAt, startProgram } from './other-program.ts';

const ROOT = join(import.meta.dirname, '../..');
const KNOWN = { number: '26000000000000000001', issued: '20260302100000' };
/** As docs/http-driver.md shows them. */
const settingsOf = (name: string) => read(`config/systems/${name}.yaml`);
const FILE: Buffer = Buffer.from(specimenFile('pdf', specimenInvoice(KNOWN.number, KNOWN.issued)));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'http-driver-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Measures a system in full: what is uploaded is seen, by looks and in a query, and downloaded. */
async function expectAllMeasured(site: Omit<SiteParts, 'functions'>) {
  const line = lineOfSite({ ...site, functions: ['upload', 'query', 'sync', 'download'] });
  const upload = await line.run('upload', systemClock.now());
  expect(upload).toMatchObject({ outcome: 'ok', reason: null });
  const { number = '', issued = '' } = upload.accepted ?? {};
  expect(number).toMatch(/^\d{20}$/);
  expect(await line.look('sync', { number, issued })).toMatchObject({ finding: 'found' });
  const other = { number: '26000000000000000009', issued };
  expect(await line.look('sync', other)).toMatchObject({ finding: 'absent', outcome: 'ok' });
  expect(await line.run('query', systemClock.now())).toMatchObject({ outcome: 'ok' });
  const download = await line.run('download', systemClock.now());
  expect(download).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
  return { line, accepted: { number, issued } };
}

test('the npm package oidc-provider gives tokens, kept until they expire', async () => {
  const word = 'a-word-of-32-characters-at-least!';
  const program = [join(import.meta.dirname, 'oidc-provider.mjs'), 'piaokuang', word];
  const provider = await startProgram(process.execPath, program, {
    cwd: ROOT,
    isReady: (lines) => lines.length > 0,
  });
  const [issuer = ''] = provider.lines;
  const files = new Map<string, Buffer>([[KNOWN.number, FILE]]);
  const tokens = new Set<string>();
  const pair = `piaokuang:${encodeURIComponent(word)}`;
  const credentials = Buffer.from(pair).toString('base64');
  // A store that lets in whom the provider knows; the provider is reached below it.
  const portal = await startPortal(async ({ method, url, headers, body }, response) => {
    if (url === '/token') {
      const type = 'application/x-www-form-urlencoded';
      const { authorization = '' } = headers;
      const answer = await fetch(`${issuer}/token`, {
        method,
        headers: { authorization, 'content-type': type },
        body: body.toString(),
      });
      return sendJson(response, await answer.json(), answer.status);
    }
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const known = await fetch(`${issuer}/token/introspection`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${credentials}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ token }),
    });
    const { active, scope } = (await known.json()) as { active: boolean; scope?: string };
    if (!active || scope !== 'invoices') return sendJson(response, {}, 401);
    tokens.add(token);
    const number = url.split('/').at(-1) ?? '';
    if (method === 'PUT') files.set(number, body);
    const file = files.get(number);
    if (method === 'PUT') return sendJson(response, {}, 201);
    response.writeHead(file === undefined ? 404 : 200);
    response.end(file);
  });
  const site = {
    url: portal.url,
    env: { CLIENT_SECRET: word },
    settings: settingsOf('oauth-store'),
  };
  await expectAllMeasured(site);
  expect(tokens.size).toBe(1);
  expect(provider.lines.filter((line) => line === 'granted')).toHaveLength(1);

  const wrong = lineOfSite({ ...site, functions: ['download'], env: { CLIENT_SECRET: 'wrong' } });
  const refused = await wrong.run('download', systemClock.now());
  expect(refused).toMatchObject({ outcome: 'credential' });
  expect(JSON.stringify(refused)).not.toMatch(/wrong|Basic/);
});

test('the npm package oidc-provider lets in by a login, and refuses as its API says', async () => {
  const word = 'a-word-of-32-characters-at-least!';
  const program = [join(import.meta.dirname, 'oidc-provider.mjs'), 'piaokuang', word];
  const provider = await startProgram(process.execPath, program, {
    cwd: ROOT,
    isReady: (lines) => lines.length > 0,
  });
  const [url = ''] = provider.lines;
  // RFC 6749, 4.4 and 5.2: the grant of this client, and one that the server does not know.
  const settings = `
auth: { basic: { user: piaokuang, password: { env: WORD } } }
login:
  - post: /token
    form: { grant_type: client_credentials, scope: invoices }
    capture: { token: { json: $.access_token } }
api:
  - post: /token
    form: { grant_type: carrier_pigeon }
    expect: { status: 400, json: { $.error: unsupported_grant_type } }`;
  const site = { url, functions: ['login', 'api'], settings };
  const line = lineOfSite({ ...site, env: { WORD: encodeURIComponent(word) } });
  for (const fn of site.functions)
    expect(await line.run(fn, systemClock.now())).toMatchObject({ outcome: 'ok', reason: null });
  expect(provider.lines.filter((it) => it === 'granted')).toHaveLength(1);

  const wrong = lineOfSite({ ...site, env: { WORD: 'wrong' } });
  expect(await wrong.run('login', systemClock.now())).toMatchObject({ outcome: 'credential' });
  // It says who is not known rather than what is not supported: the documented error is another.
  expect(await wrong.run('api', systemClock.now())).toMatchObject({ outcome: 'credential' });
});

test("Debian's nginx is measured as a WebDAV store", async () => {
  const at = folder();
  chmodSync(at, 0o755);
  const port = await freePort();
  for (const name of ['data', 'temp']) mkdirSync(join(at, name));
  const hash = execFileSync('openssl', ['passwd', '-apr1', 'w0rd']).toString().trim();
  writeFileSync(join(at, 'users'), `me:${hash}\n`);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    join(at, 'nginx.conf'),
    `daemon off; ${user} worker_processes 1; pid ${at}/pid; error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${at}/temp;
  server {
    listen 127.0.0.1:${port};
    root ${at}/data;
    auth_basic store; auth_basic_user_file ${at}/users;
    location / { dav_methods PUT DELETE; create_full_put_path on; client_max_body_size 5m; }
  }
}
`,
  );
  mkdirSync(join(at, 'data/2026'));
  writeFileSync(join(at, `data/2026/${KNOWN.number}.pdf`), FILE);
  const url = `http://127.0.0.1:${port}`;
  await startProgram('/usr/sbin/nginx', ['-p', at, '-c', join(at, 'nginx.conf')], {
    cwd: at,
    isReady: answersAt(url),
  });
  await expectAllMeasured({
    url,
    env: { STORE_PASSWORD: 'w0rd' },
    settings: settingsOf('webdav'),
  });
});

test('json-server with json-server-auth is measured by its JWT', async () => {
  const at = folder();
  const port = await freePort();
  const invoice = { id: KNOWN.number, issued: KNOWN.issued, file: FILE.toString('base64') };
  writeFileSync(join(at, 'db.json'), JSON.stringify({ users: [], invoices: [invoice] }));
  const bin = join(ROOT, 'node_modules/json-server-auth/dist/bin.js');
  const args = [bin, join(at, 'db.json'), '--port', String(port), '--host', '127.0.0.1'];
  const url = `http://127.0.0.1:${port}`;
  await startProgram(process.execPath, args, { cwd: at, isReady: answersAt(url) });
  await fetch(`${url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'me@example.org', password: 'w0rd' }),
  });
  await expectAllMeasured({
    url,
    env: { PORTAL_PASSWORD: 'w0rd' },
    settings: settingsOf('jwt-portal'),
  });
});

/** The fields of a form in GBK, by the decoder of the runtime. */
function formInGbk(body: Buffer): Map<string, string> {
  const bytes = (text: string) =>
    Buffer.from(
      text
        .replaceAll('+', ' ')
        .replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    );
  const decoded = (text = '') => new TextDecoder('gbk', { fatal: true }).decode(bytes(text));
  const pairs = body
    .toString('latin1')
    .split('&')
    .map((pair) => pair.split('='));
  return new Map(pairs.map(([name, value]) => [decoded(name), decoded(value)]));
}

/** What a system in another style answers: XML in GBK, in a SOAP envelope. */
function envelope(inner: string): Buffer {
  const ascii = `<?xml version="1.0" encoding="GBK"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><r:Result xmlns:r="urn:r">
${inner}</r:Result></s:Body></s:Envelope>`;
  // 成功 in GBK.
  return Buffer.concat(
    ascii
      .split('OK')
      .flatMap((part, at) => [
        ...(at === 0 ? [] : [Buffer.from('b3c9b9a6', 'hex')]),
        Buffer.from(part, 'latin1'),
      ]),
  );
}

test('SOAP-like XML, signed forms, GBK and a file that is waited for', async () => {
  const word = 'w0rd';
  const names = new Map([[KNOWN.number, '']]);
  const files = new Map<string, Buffer>([[KNOWN.number, FILE]]);
  const jobs = new Map<string, number>();
  function answer({ method, url, body }: Got): Buffer {
    const said = (inner: string) => envelope(`<Code>0000</Code><Message>OK</Message>${inner}`);
    const failed = (code: string) => envelope(`<Code>${code}</Code>`);
    if (method === 'GET') {
      const [, job = ''] = /^\/jobs\/(\w+)$/.exec(url) ?? [];
      const asked = (jobs.get(job) ?? 0) + 1;
      jobs.set(job, asked);
      const state = asked < 3 ? 'RUNNING' : 'DONE';
      const file = state === 'DONE' ? `<Url>/files?id=${job}&amp;type=pdf</Url>` : '';
      return said(`<State>${state}</State>${file}`);
    }
    const form = formInGbk(body);
    const sign = form.get('sign');
    form.delete('sign');
    const text = [...form]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map((pair) => pair.join('='))
      .join('&');
    const md5 = createHash('md5');
    // The signature is over what was sent, in GBK: iconv says which bytes.
    const input = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GBK'], {
      input: `${text}&key=${word}`,
    });
    if (sign !== md5.update(input).digest('hex')) return failed('E401');
    const number = form.get('number') ?? '';
    if (url === '/upload') {
      names.set(number, form.get('buyer') ?? '');
      files.set(number, Buffer.from(form.get('file') ?? '', 'base64'));
      return said('<Accepted>1</Accepted>');
    }
    if (url === '/export') return said(`<Job>j${number}</Job>`);
    return files.has(number) ? said(`<Number>${number}</Number>`) : failed('E404');
  }
  const portal = await startPortal((got, response) => {
    const [, number = ''] = /^\/files\?id=j(\d+)&type=pdf$/.exec(got.url) ?? [];
    if (number !== '') return void response.end(files.get(number));
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(answer(got));
  });
  const site = {
    url: portal.url,
    env: { SIGNING_KEY: word },
    settings: settingsOf('xml-forms'),
  };
  const { accepted } = await expectAllMeasured(site);
  const { buyer } = specimenInvoice(accepted.number, accepted.issued);
  expect(names.get(accepted.number)).toBe(buyer.name);
  expect([...jobs.values()]).toEqual([3]);

  const wrong = lineOfSite({ ...site, functions: ['query'], env: { SIGNING_KEY: 'other' } });
  expect(await wrong.run('query', systemClock.now())).toMatchObject({
    outcome: 'credential',
    reason: 'error_code',
    detail: 'step 1: code E401',
  });
});
