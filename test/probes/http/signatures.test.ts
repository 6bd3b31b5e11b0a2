import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toChinaTime } from '../../../model/china-time.ts';
import { specimenNumber } from '../../../model/run-identity.ts';
import { specimenInvoice } from '../../../probes/specimen/index.ts';
import { createPinduoduo } from '../../../probes/systems/pinduoduo/driver.ts';
import { SIMULATED_CREDENTIALS } from '../../../probes/systems/pinduoduo/settings.ts';
import { exchangeFor, PATIENT_MS } from '../raw-server.ts';
import { startSimulated, testClock } from '../simulated.ts';
import { type Got, lineOfSite, measured, sendJson, startPortal } from './portal.ts';

/** What openssl says of a text, as hex or base64. */
function openssl(args: readonly string[], text: string, as: 'hex' | 'base64' = 'hex'): string {
  return execFileSync('openssl', ['dgst', '-binary', ...args], { input: text }).toString(as);
}

/** The request of a step that is signed so. */
async function signed(sign: string, step: string, more = '', env = {}): Promise<Got> {
  const portal = await startPortal((_, response) => sendJson(response, {}));
  const site = {
    url: portal.url,
    functions: ['reach'],
    env: { WORD: 'w0rd-密', ...env },
    settings: `${more}\nsign: ${sign}\nreach: [${step}]`,
  };
  expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
  const [got] = portal.got;
  if (got === undefined) throw new Error('nothing was sent');
  return got;
}

describe('a signature', () => {
  test('of 诺诺, HMAC-SHA1 over the parameters and the body, is what openssl says', async () => {
    const got = await signed(
      `{ method: hmac-sha1, secret: { env: WORD }, encoding: base64,
         into: { header: X-Nuonuo-Sign },
         text: 'a=services&l=v1&p=open&k=\${app}&i=\${uuid_hex}&n=\${nonce}&t=\${now_s}\
&f=\${body}' }`,
      `{ post: /open/v1/services, json: { order: { orderNo: '样张-1' } },
         query: { senid: '\${uuid_hex}', nonce: '\${nonce}', timestamp: '\${now_s}',
           appkey: '\${app}' } }`,
      'values: { app: k-1 }',
    );
    const asked = new URL(got.url, 'http://x').searchParams;
    const value = (name: string) => asked.get(name) ?? '';
    expect(value('senid')).toMatch(/^[0-9a-f]{32}$/);
    expect(value('nonce')).toMatch(/^\d{8}$/);
    const body = got.body.toString('utf8');
    expect(body).toBe('{"order":{"orderNo":"样张-1"}}');
    const text =
      `a=services&l=v1&p=open&k=k-1&i=${value('senid')}&n=${value('nonce')}` +
      `&t=${value('timestamp')}&f=${body}`;
    expect(got.headers['x-nuonuo-sign']).toBe(
      openssl(['-sha1', '-hmac', 'w0rd-密'], text, 'base64'),
    );
  });

  test('of 百望, MD5 over sorted parameters that are not empty and the body', async () => {
    const got = await signed(
      `{ method: md5, secret: { env: WORD }, text: '\${secret}\${sorted}\${body}\${secret}',
         sorted: { of: query, skip_empty: true }, encoding: upper_hex, into: { query: sign } }`,
      `{ post: /router/rest, json: { a: 1 },
         query: { version: '6.0', method: baiwang.output.format.query,
           token: '\${nothing}', appKey: '\${app}' } }`,
      "values: { app: k, nothing: '' }",
    );
    const sign = new URL(got.url, 'http://x').searchParams.get('sign');
    const text = `w0rd-密appKeykmethodbaiwang.output.format.queryversion6.0{"a":1}w0rd-密`;
    expect(sign).toBe(openssl(['-md5'], text).toUpperCase());
  });

  test('over sorted pairs, as in the example of 拼多多, by md5sum', async () => {
    const got = await signed(
      `{ method: md5, secret: { env: WORD }, text: '\${secret}\${sorted}\${secret}',
         encoding: upper_hex, into: { field: sign } }`,
      `{ post: /, form: { type: pdd.order.number.list.get, client_id: 1000,
         access_token: '\${authorised}', timestamp: '1480411125',
         data_type: XML, version: V1, memo: 样张, order_status: 1, page: 1, page_size: 10 } }`,
      'values: { authorised: asd78172s8ds9a921j9qqwda12312w1w21211 }',
      { WORD: 'testSecret' },
    );
    const form = new URLSearchParams(got.body.toString('latin1'));
    // As in test/probes/pinduoduo.test.ts, by md5sum.
    expect(form.get('sign')).toBe('F378B3C89D38EBD1F55BBBC4B6030D16');
    expect([...form.keys()].at(-1)).toBe('sign');
  });

  test('in pairs, HMAC-SHA256, over GBK as it is sent', async () => {
    const got = await signed(
      `{ method: hmac-sha256, secret: { env: WORD }, text: '\${http_method} \${path} \${sorted}',
         sorted: { between: '=', pairs: '&' }, into: { header: x-sign } }`,
      '{ post: /a/b, form: { name: 发票, id: 7 } }',
      'charset: gbk',
      { WORD: 'word' },
    );
    // The name in GBK, by iconv.
    expect(got.body.toString('latin1')).toBe('name=%B7%A2%C6%B1&id=7');
    expect(got.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=gbk');
    const text = Buffer.concat([
      Buffer.from('POST /a/b id=7&name='),
      Buffer.from('b7a2c6b1', 'hex'),
    ]);
    const digest = execFileSync('openssl', ['dgst', '-binary', '-sha256', '-hmac', 'word'], {
      input: text,
    });
    expect(got.headers['x-sign']).toBe(digest.toString('hex'));
  });

  test('by HMAC has its key in GBK too', async () => {
    const got = await signed(
      `{ method: hmac-sha1, secret: { env: WORD }, text: '\${path}', into: { header: x-sign } }`,
      '{ get: /a }',
      'charset: gbk',
      { WORD: '密' },
    );
    // The key in GBK, by iconv.
    const key = ['-sha1', '-mac', 'HMAC', '-macopt', 'hexkey:c3dc'];
    expect(got.headers['x-sign']).toBe(openssl(key, '/a'));
  });

  test.for(['rsa-sha1', 'rsa-sha256'])('%s is verified by openssl', async (method) => {
    const folder = mkdtempSync(join(tmpdir(), 'signed-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = (name: string) => join(folder, name);
    const silent = { stdio: 'pipe' } as const;
    execFileSync('openssl', ['genrsa', '-out', file('key.pem'), '2048'], silent);
    execFileSync(
      'openssl',
      ['rsa', '-in', file('key.pem'), '-pubout', '-out', file('pub.pem')],
      silent,
    );
    const got = await signed(
      `{ method: ${method}, key: { env: KEY }, text: '\${body}', encoding: base64,
         into: { header: x-sign } }`,
      '{ post: /, text: 样张 }',
      '',
      { KEY: readFileSync(file('key.pem'), 'utf8') },
    );
    writeFileSync(file('sign'), Buffer.from(String(got.headers['x-sign']), 'base64'));
    const args = [
      'dgst',
      `-${method.slice(4)}`,
      '-verify',
      file('pub.pem'),
      '-signature',
      file('sign'),
    ];
    expect(execFileSync('openssl', args, { input: '样张' }).toString()).toBe('Verified OK\n');
  });
});

describe('in GBK', () => {
  const site = (url: string, step: string, name: string) => ({
    url,
    functions: ['reach'],
    settings: `
charset: gbk
values: { name: '${name}' }
reach: [${step}]`,
  });

  test('pipes take the bytes of a value as it is sent', async () => {
    const portal = await startPortal((_, response) => sendJson(response, {}));
    const step = `{ get: /, headers: { x-hex: '\${name | hex}', x-64: '\${name | base64}',
      x-url: '\${name | url}', x-md5: '\${name | md5}' } }`;
    expect(await measured(site(portal.url, step, '发票'), 'reach')).toMatchObject({
      outcome: 'ok',
    });
    // The bytes by iconv, their digest by md5sum, base64 by coreutils.
    expect(portal.got[0]?.headers).toMatchObject({
      'x-hex': 'b7a2c6b1',
      'x-64': 't6LGsQ==',
      'x-url': '%B7%A2%C6%B1',
      'x-md5': '7998b235119b7076009e5aab2ad9f79e',
    });
  });

  test.for([
    `{ post: /, form: { a: '\${name}' } }`,
    `{ post: /, json: { a: '\${name}' } }`,
    `{ post: /, xml: '<a>\${name}</a>' }`,
    `{ post: /, multipart: { a: '\${name}' } }`,
    `{ get: '/\${name}' }`,
    `{ get: /, query: { a: '\${name | md5}' } }`,
  ])('what it does not have is not sent as a question mark: %s', async (step) => {
    const portal = await startPortal((_, response) => sendJson(response, {}));
    expect(await measured(site(portal.url, step, '𠮷野'), 'reach')).toMatchObject({
      outcome: 'self',
      reason: 'probe_error',
      detail: 'step 1: a value has a character that GBK does not have',
    });
    expect(portal.got).toEqual([]);
  });
});

describe('拼多多 in YAML', () => {
  const settings = readFileSync('config/systems/pinduoduo.yaml', 'utf8');
  const { client_secret, access_token } = SIMULATED_CREDENTIALS;
  const env = { PINDUODUO_TOKEN: access_token, PINDUODUO_SECRET: client_secret };

  test('sends what the driver sends, byte for byte', async () => {
    const portal = await startPortal((_, response) =>
      sendJson(response, { invoice_detail_upload_response: { serial_no: '1' } }),
    );
    const clock = testClock();
    const site = { url: portal.url, functions: ['upload'], settings, env };
    const slot_at = clock.now();
    const found = await lineOfSite(site, { clock }).run('upload', slot_at);
    expect(found).toMatchObject({ outcome: 'ok', detail: null });
    const number = specimenNumber({ installation: 'test', check: 'upload', slot_at });
    const driver = createPinduoduo({
      id: 'portal',
      name: { 'zh-CN': 'x', en: 'x' },
      driver: 'pinduoduo',
      environment: 'sandbox',
      url: portal.url,
      settings: SIMULATED_CREDENTIALS,
      ca: null,
      neutral: false,
    });
    const exchange = exchangeFor(PATIENT_MS, { clock, contact: 'ops@example.org' });
    await driver.upload(exchange, specimenInvoice(number, toChinaTime(slot_at)));
    const [by_yaml, by_driver] = portal.got;
    expect(by_yaml?.body.equals(by_driver?.body ?? Buffer.of())).toBe(true);
    expect(by_yaml?.body.length).toBeGreaterThan(10_000);
    expect([by_yaml?.method, by_yaml?.url]).toEqual([by_driver?.method, by_driver?.url]);
    expect(Object.entries(by_yaml?.headers ?? {})).toEqual(
      Object.entries(by_driver?.headers ?? {}),
    );
  });

  test('is accepted by its simulator, and says what its codes mean', async () => {
    const simulated = await startSimulated();
    onTestFinished(() => simulated.close());
    const site = { url: `${simulated.url}/pinduoduo`, functions: ['upload'], settings, env };
    const upload = () =>
      lineOfSite(site, { clock: simulated.clock }).run('upload', simulated.clock.now());
    expect(await upload()).toMatchObject({ outcome: 'ok' });
    await simulated.drill('pinduoduo', { kind: 'maintenance' });
    expect(await upload()).toMatchObject({ outcome: 'maintenance', detail: 'step 1: code 70033' });
    await simulated.endDrills('pinduoduo');
    const wrong = { ...site, env: { ...env, PINDUODUO_SECRET: 'wrong' } };
    const refused = await lineOfSite(wrong, { clock: simulated.clock }).run('upload', 0);
    expect(refused).toMatchObject({ outcome: 'credential', detail: 'step 1: code 20004' });
  });

  test.for<[unknown, string]>([
    ['2000000', 'user_data'],
    [2000000, 'user_data'],
    ['4000000', 'system'],
    [null, 'system'],
  ])('50001 is decided by sub_code %s: %s', async ([sub_code, outcome]) => {
    const portal = await startPortal((_, response) =>
      sendJson(response, { error_response: { error_code: 50001, sub_code } }),
    );
    const site = { url: portal.url, functions: ['upload'], settings, env };
    expect(await measured(site, 'upload')).toMatchObject({ outcome, reason: 'error_code' });
  });
});
