import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../model/vocabulary.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { createPinduoduo } from '../../probes/systems/pinduoduo/driver.ts';
import { SIMULATED_CREDENTIALS } from '../../probes/systems/pinduoduo/settings.ts';
import { type CallParameters, signature } from '../../probes/systems/pinduoduo/sign.ts';
import { exchangeFor, PATIENT_MS, startRawServer } from './raw-server.ts';
import { demoAt, type Simulated, startSimulated } from './simulated.ts';

const INVOICE = specimenInvoice('26000000000000000001', '20260302100000');

describe('the signature', () => {
  test('is upper-case MD5 over secret, sorted pairs and secret, in UTF-8, without sign', () => {
    // md5 of testSecret access_token asd78… client_id 1000 … version V1 testSecret, by md5sum.
    const parameters = {
      type: 'pdd.order.number.list.get',
      sign: 'is left out',
      client_id: 1000,
      access_token: 'asd78172s8ds9a921j9qqwda12312w1w21211',
      timestamp: '1480411125',
      data_type: 'XML',
      version: 'V1',
      memo: '样张',
      order_status: 1,
      page: 1,
      page_size: 10,
    };
    expect(signature(parameters, 'testSecret')).toBe('F378B3C89D38EBD1F55BBBC4B6030D16');
  });

  test('changes with every value and with the secret', () => {
    const call = { a: '1', b: '2' };
    const signs = [
      signature(call, 's'),
      signature({ ...call, b: '3' }, 's'),
      signature(call, 't'),
      signature({ a: '1' }, 's'),
    ];
    expect(new Set(signs).size).toBe(4);
  });
});

/** The platform's table of error codes. */
const CODES: [Outcome, number[]][] = [
  ['user_data', [10000, 10001, 21001, 21002, 52004]],
  ['credential', [10016, 10017, 20004, 20005, 20031, 20032, 30000, 30001, 10019]],
  ['credential', [70032, 70034, 70035]],
  ['maintenance', [20034, 70033]],
  ['system', [50000, 50002, 52001, 52002, 99999]],
  ['throttled', [52101, 70031, 70036]],
  ['degraded', [52102, 52103]],
];

function answering(body: string, status = 200, headers = '') {
  const length = Buffer.byteLength(body);
  const head = `HTTP/1.1 ${status} Said\r\n${headers}Content-Length: ${length}\r\n\r\n`;
  return startRawServer((socket) => socket.end(head + body));
}

async function uploadTo(url: string) {
  const [system] = demoAt(url).systems;
  if (system === undefined) throw new Error('no system');
  const driver = createPinduoduo({ ...system, url });
  const attempt = await driver.upload?.(exchangeFor(PATIENT_MS), INVOICE);
  if (attempt === undefined) throw new Error('no upload');
  return attempt;
}

const error = (error_code: number, sub_code: string | number | null = null) =>
  JSON.stringify({ error_response: { error_msg: 'x', sub_msg: '', sub_code, error_code } });

describe('an error of the platform', () => {
  test.for(CODES)('is %s: %o', async ([outcome, codes]) => {
    for (const code of codes) {
      const server = await answering(error(code));
      expect(await uploadTo(server.url)).toMatchObject({
        failure: { outcome, reason: 'error_code', detail: `error_code ${code}` },
      });
      await server.close();
    }
  });

  test.for([
    ['2000000', 'user_data'],
    [2000000, 'user_data'],
    ['4000000', 'system'],
    [null, 'system'],
  ] as const)('50001 is decided by sub_code %s: %s', async ([sub_code, outcome]) => {
    const server = await answering(error(50001, sub_code));
    expect(await uploadTo(server.url)).toMatchObject({ failure: { outcome } });
    await server.close();
  });
});

const STRANGE: [string, number, string, string, Outcome, string][] = [
  ['HTML with 200', 200, '<html>', '', 'system', 'HTML instead of JSON'],
  ['nothing', 200, '', '', 'system', 'not JSON'],
  ['a list', 200, '[]', '', 'system', 'JSON, but not an object'],
  ['another object', 200, '{"ok":1}', '', 'system', 'neither a serial_no nor an error_response'],
  [
    'an error without code',
    200,
    '{"error_response":{}}',
    '',
    'system',
    'error_response without error_code',
  ],
  ['502', 502, 'Bad Gateway', '', 'system', 'HTTP 502'],
  ['a redirect', 302, '', 'Location: /login\r\n', 'system', 'HTTP 302'],
  ['503', 503, 'busy', '', 'system', 'HTTP 503'],
  ['503 with X-Maintenance', 503, '', 'X-Maintenance: 1\r\n', 'maintenance', 'HTTP 503'],
  ['503 with a maintenance page', 503, '<h1>系统维护中</h1>', '', 'maintenance', 'HTTP 503'],
  ['429', 429, '', '', 'throttled', 'HTTP 429'],
  ['403', 403, '', '', 'throttled', 'HTTP 403'],
  ['511', 511, '', '', 'throttled', 'HTTP 511'],
  ['413', 413, '', '', 'user_data', 'HTTP 413'],
];

test.for(STRANGE)('an answer of %s', async ([, status, body, headers, outcome, detail]) => {
  const server = await answering(body, status, headers);
  expect(await uploadTo(server.url)).toMatchObject({ ok: false, failure: { outcome, detail } });
  await server.close();
});

test('a redirect of the call to a maintenance page is maintenance', async () => {
  const server = await answering('', 302, 'Location: /weihu.html\r\n');
  expect(await uploadTo(server.url)).toMatchObject({ failure: { outcome: 'maintenance' } });
  await server.close();
});

describe('the simulator', () => {
  let simulated: Simulated;
  beforeAll(async () => {
    simulated = await startSimulated();
  });
  afterAll(() => simulated.close());

  const call = (): CallParameters => ({
    type: 'pdd.invoice.detail.upload',
    client_id: SIMULATED_CREDENTIALS.client_id,
    access_token: SIMULATED_CREDENTIALS.access_token,
    timestamp: Math.floor(simulated.clock.now() / 1_000),
    data_type: 'JSON',
    version: 'V1',
    order_sn: '260302-000000000000001',
    business_type: 0,
    invoice_kind: 0,
    invoice_type: 0,
    invoice_time: simulated.clock.now(),
    payee_operator: '样张',
    payer_name: '样张',
    sum_price: 100,
    sum_tax: 13,
    tax_rate: 13,
    invoice_no: '26000000000000000009',
    invoice_amount: 113,
    invoice_file_content: Buffer.from(specimenFile('pdf', INVOICE)).toString('base64'),
  });

  async function send(parameters: CallParameters, { form = false, secret = '' } = {}) {
    const sign = signature(parameters, secret || SIMULATED_CREDENTIALS.client_secret);
    const signed = { ...parameters, sign };
    const body = form
      ? new URLSearchParams(Object.entries(signed).map(([key, value]) => [key, String(value)]))
      : JSON.stringify(signed);
    const headers: Record<string, string> = form ? {} : { 'content-type': 'application/json' };
    const url = `${simulated.url}/pinduoduo/api/router`;
    const answer = await fetch(url, { method: 'POST', body, headers });
    return (await answer.json()) as Record<string, Record<string, unknown>>;
  }

  test('takes a form as it takes JSON, and the same order again, with its serial_no', async () => {
    const first = await send(call());
    const again = await send(call(), { form: true });
    expect(first.invoice_detail_upload_response?.serial_no).toMatch(/^\w{20}$/);
    expect(again).toEqual(first);
  });

  const REFUSED: [string, Partial<CallParameters>, number][] = [
    ['unknown type', { type: 'pdd.other' }, 10001],
    ['XML', { data_type: 'XML' }, 10001],
    ['a version to come', { version: 'V2' }, 10001],
    ['no time', { timestamp: 'now' }, 10001],
    ['another client', { client_id: 'x' }, 10016],
    ['another token', { access_token: 'x' }, 10019],
    ['no order', { order_sn: '' }, 10000],
    ['paper', { invoice_kind: 1 }, 10000],
    ['a company without tax id', { business_type: 1 }, 10000],
    ['money that is no integer', { sum_price: '1.5' }, 10000],
    ['a list that is no JSON', { invoice_item_list: '[' }, 10000],
    ['an empty list', { invoice_item_list: '[]' }, 50001],
    ['a number of 8 digits', { invoice_no: '12345678' }, 50001],
    ['sums that differ', { invoice_amount: 1 }, 50001],
    ['a file that is no PDF', { invoice_file_content: 'aGVsbG8=' }, 50001],
    ['another invoice for the order', { invoice_no: '26000000000000000008' }, 50001],
  ];
  test.for(REFUSED)('refuses %s', async ([, change, error_code]) => {
    const { error_response } = await send({ ...call(), ...change } as CallParameters);
    expect(error_response).toMatchObject({ error_code });
    expect(error_response?.sub_code).toBe(error_code === 50001 ? '2000000' : null);
  });

  test('refuses a wrong signature, and a clock that is more than ten minutes off', async () => {
    const forged = await send(call(), { secret: 'guessed' });
    expect(forged.error_response).toMatchObject({ error_code: 20004 });
    const now_s = Math.floor(simulated.clock.now() / 1_000);
    for (const [offset, taken] of [
      [599, true],
      [-599, true],
      [601, false],
      [-601, false],
    ] as const) {
      const answer = await send({ ...call(), timestamp: now_s + offset });
      expect('invoice_detail_upload_response' in answer).toBe(taken);
    }
  });

  test('refuses more than 2 MB as the platform does', async () => {
    const sent = await exchangeFor(PATIENT_MS).send({
      method: 'POST',
      url: new URL(`${simulated.url}/pinduoduo/api/router`),
      body: 'x'.repeat(2_100_000),
      max_bytes: 10_000,
    });
    if (!sent.ok) throw new Error(sent.failure.detail);
    expect(JSON.parse(sent.value.body.toString())).toMatchObject({
      error_response: { error_code: 52004 },
    });
  });

  test.for(['not json', 'null', '[]', '{"type":{}}'])('refuses a body of %s', async (body) => {
    const url = `${simulated.url}/pinduoduo/api/router`;
    const answer = await fetch(url, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ error_response: { error_code: 10001 } });
  });
});
