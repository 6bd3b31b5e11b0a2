import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { sendJson, siteOf, startPortal } from '../probes/http/portal.ts';
import { dataFolder, runCommand } from './run-command.ts';

const KNOWN = { number: '26000000000000000001', issued: '20260302100000' };
const FILE = Buffer.from(specimenFile('pdf', specimenInvoice(KNOWN.number, KNOWN.issued)));
/** With characters that are written in another way in each place. */
const WORD = `hush "&+密/*('<~!)hush`;
const SETTINGS = `
known: { number: '${KNOWN.number}', issued: '${KNOWN.issued}' }
auth: { oauth: { token_path: /token, client_id: me, client_secret: { env: WORD } } }
secrets: { word: { env: WORD } }
sign:
  method: md5
  secret: { env: OTHER }
  text: \${secret}\${sorted}
  into: { query: sign }
download:
  - post: /login
    query: { a: '\${word}', b: '\${word | base64}', c: '\${word | md5 | upper}' }
    form: { a: '\${word}', number: '\${number}' }
    expect: { json: { $.session_token: { exists: true } } }
    prerequisite: login
    capture: { ticket: { json: $.session_token }, who: { json: $.who } }
  - post: /json
    json:
      a: ['\${word}']
      b: 'x\${word | sha256}'
      c: '\${ticket}'
      d: { $json: { in: '\${word}', who: '\${who}' } }
      e: '\${word | md5 | sha1 | slice 2 30}'
      f: '\${word | upper | base64 | hex}'
    headers: { x-key: { env: OTHER }, x-hex: '\${word | hex}' }
  - post: /xml/\${word}
    xml: <a who="\${who}">\${word}</a>
  - get: /files/\${number}
    headers: { x-session-token: '\${ticket}' }`;

/** As PHP writes it: with slashes escaped. */
const SESSION = String.raw`{"session_token":"hush\/session","who":"hush <who>"}`;

async function explain(check: string, settings = SETTINGS) {
  const portal = await startPortal(({ url, body }, response) => {
    if (url === '/token') sendJson(response, { access_token: 'hush-token', expires_in: 60 });
    else if (url.startsWith('/login')) response.end(SESSION);
    else if (url.startsWith('/json')) sendJson(response, { said: WORD, back: 'hush-token' });
    else if (url.startsWith('/xml')) response.end(body);
    else response.end(FILE);
  });
  const folder = dataFolder();
  const file = join(folder, 'my.yaml');
  writeFileSync(file, siteOf({ url: portal.url, settings, functions: ['download'] }));
  const args = ['--config', file, '--explain', check];
  const env = { WORD, OTHER: 'hush-other' };
  return { ...(await runCommand('check.ts', folder, args, env)), url: portal.url, portal };
}

test('each request of a check and its answer are printed, secrets concealed', async () => {
  const { code, stdout, stderr, url, portal } = await explain('download');
  expect(stderr).not.toMatch(/hush|Error/);
  expect(stdout).toMatch(/^= ok: file sound/m);
  expect(code).toBe(0);
  expect(stdout.match(/^\S.*: (GET|POST) .*$/gm)).toEqual([
    `oauth: POST ${url}/token`,
    expect.stringContaining(`download, step 1: POST ${url}/login?a=•••&b=•••&c=•••&sign=`),
    expect.stringContaining(`download, step 2: POST ${url}/json?sign=`),
    expect.stringContaining(`download, step 3: POST ${url}/xml/•••?sign=`),
    expect.stringContaining(`download, step 4: GET ${url}/files/${KNOWN.number}?sign=`),
  ]);
  expect(stdout).toContain('> authorization: •••');
  expect(stdout).toContain(`> a=•••&number=${KNOWN.number}`);
  expect(stdout).toContain('< {"session_token":"•••","who":"•••"}');
  expect(stdout).toContain('> <a who="•••">•••</a>');
  expect(stdout).toContain('> x-session-token: •••');
  expect(stdout).toMatch(/^= ok: file sound/m);
  expect(stdout).toContain(`< (a file, ${FILE.length} bytes)`);
  // The server was sent them.
  expect(portal.got[1]?.headers.authorization).toBe('Bearer hush-token');
  expect(new URLSearchParams(portal.got[1]?.body.toString()).get('a')).toBe(WORD);
  expect(stdout).not.toMatch(/hush|68757368|aHVzaC|%E5%AF%86|密|who&gt;/i);
  // What the pipes made of it, by what the server was sent.
  const json = JSON.parse(portal.got[2]?.body.toString() ?? '');
  expect(JSON.parse(json.d)).toEqual({ in: WORD, who: 'hush <who>' });
  for (const value of [json.b.slice(1), json.e, json.f]) expect(stdout).not.toContain(value);
});

test('nor are they shown in GBK', async () => {
  const settings = `
known: { number: '${KNOWN.number}', issued: '${KNOWN.issued}' }
charset: gbk
secrets: { word: { env: WORD } }
download:
  - post: /form
    query: { a: 'x\${word}', b: '\${word | md5}', c: '\${word | base64}', d: '\${word | url}' }
    form: { a: 'x\${word}' }
  - { post: /xml, xml: '<a>\${word}</a>' }
  - get: /files/\${number}`;
  const { code, stdout, url, portal } = await explain('download', settings);
  expect(code).toBe(0);
  // 密 in GBK.
  expect(portal.got[0]?.body.toString('latin1')).toContain('%C3%DC');
  expect(stdout).toContain(`download, step 1: POST ${url}/form?a=x•••&b=•••&c=•••&d=•••`);
  expect(stdout).toContain('> a=x•••');
  expect(stdout).toContain('> <a>•••</a>');
  expect(stdout).not.toMatch(/hush|%C3%DC|密|aHVzaC/i);
});

test('a check that there is not is refused with those there are', async () => {
  const { code, stderr } = await explain('uplaod');
  expect(code).toBe(2);
  expect(stderr).toContain('there is no check "uplaod"; known: download');
});
