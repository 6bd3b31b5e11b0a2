import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mapCallback } from '../../../collector/ingest/mapping/map-callback.ts';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';

/**
 * 诺诺's 回传开票结果接口 as its document 1.0.8 has it: a form of `operater`, `orderno` and
 * `content`, the fields of which are named below with what the document says of them. What is
 * expected of each was worked out by hand from that, times with GNU date.
 */
const MAPPING = callbackMapping.parse(parse(readFileSync('config/callbacks/nuonuo.yaml', 'utf8')));

const RECEIVED = Date.parse('2024-05-14T12:02:00Z');

function told(body: string): unknown {
  const mapped = mapCallback(body, { mapping: MAPPING, system: 'nuonuo', received_at: RECEIVED });
  if ('problems' in mapped) return mapped;
  // Keys are hashes: which are the same is another test.
  return mapped.lines.map((it) => ({ ...JSON.parse(it), key: undefined }));
}

function form(content: Record<string, unknown> | string, operater = 'callback'): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return new URLSearchParams({
    operater,
    orderno: '20240514200006941204927',
    content: text,
  }).toString();
}

/** As `urllib.parse.urlencode` of Python writes it; `date -ud @1715688107` is 12:01:47. */
const ISSUED =
  'operater=callback&orderno=20240514200006941204927&content=%7B%22c_status%22%3A+%221%22%2C+' +
  '%22c_orderno%22%3A+%2220240514200006941204927%22%2C+%22c_fpqqlsh%22%3A+' +
  '%2224051420014001423596%22%2C+%22c_kprq%22%3A+%221715688107000%22%2C+%22c_fpdm%22%3A+' +
  '%22%22%2C+%22c_fphm%22%3A+%2224312000000136634917%22%2C+%22allElectronicInvoiceNumber%22' +
  '%3A+%2224312000000136634917%22%2C+%22c_hjse%22%3A+%220.00%22%2C+%22c_bhsje%22%3A+%220.01' +
  '%22%2C+%22c_saletaxnum%22%3A+%2291310000000000000X%22%2C+%22buyername%22%3A+%22%E6%B5%8B' +
  '%E8%AF%95%22%2C+%22c_url%22%3A+%22https%3A%2F%2Finv.example.invalid%2Fa.pdf%22%7D';

const ISSUED_EVENT = {
  system: 'nuonuo',
  type: 'issued',
  at: '2024-05-14T12:01:47.000Z',
  issued: '20240514200147',
  number: '24312000000136634917',
  outcome: 'ok',
};
const FAILED_EVENT = {
  system: 'nuonuo',
  type: 'failed',
  function: 'issue',
  at: '2024-05-14T12:02:00.000Z',
};
/** Of a failure there is no more: which, its state, the seller and why. */
const FAILED = {
  c_fpqqlsh: '24051420014001423596',
  c_status: '2',
  c_saletaxnum: '91310000000000000X',
  c_errorMessage: '开票失败',
};
const NUMBERED = { c_fpqqlsh: '24051420014001423596', c_kprq: 1715688107000 };

test.each<[string, string, unknown]>([
  ['c_status 1, 开票完成', ISSUED, [ISSUED_EVENT]],
  ['c_status 2, 开票失败', form(FAILED), [FAILED_EVENT]],
  ['c_status 3, 开票成功签章失败', form({ ...FAILED, c_status: '3' }), [FAILED_EVENT]],
  [
    'no c_status, because failures are not told; c_kprq as a number',
    form({ ...NUMBERED, allElectronicInvoiceNumber: '24312000000136634917', c_fphm: '' }),
    [ISSUED_EVENT],
  ],
  [
    'an invoice of the older form, c_fpdm and c_fphm',
    form({ ...NUMBERED, c_status: '1', c_fpdm: '031002100111', c_fphm: '12345678' }),
    [{ ...ISSUED_EVENT, number: '12345678', invoice_code: '031002100111' }],
  ],
  [
    'a fully digital one on paper, which has both',
    form({
      ...NUMBERED,
      c_fpdm: '031002100111',
      c_fphm: '12345678',
      allElectronicInvoiceNumber: '24312000000136634917',
    }),
    [ISSUED_EVENT],
  ],
  ['another operater', form(FAILED, 'invoiceInvalid'), []],
  [
    'a c_status that the document has not',
    form({ ...FAILED, c_status: '9' }),
    { problems: [{ pointer: '/type', detail: expect.stringContaining('without a meaning') }] },
  ],
  [
    'a content that is no JSON',
    form('{"c_fpqqlsh": "2405'),
    { problems: [{ pointer: '/json_in', detail: expect.stringContaining('no JSON') }] },
  ],
  [
    'nothing that says which',
    form({ c_status: '2' }),
    { problems: [{ pointer: '/unique_by/0', detail: 'found no value' }] },
  ],
  [
    'a date that is none',
    form({ ...NUMBERED, c_kprq: '2024-05-14' }),
    { problems: [{ pointer: '/at', detail: 'found no time that is ms' }] },
  ],
])('nuonuo: %s', (_, body, expected) => {
  expect(told(body)).toEqual(expected);
});

test('nuonuo: told again it has the same key, in another state another', () => {
  const keyOf = (body: string) => {
    const mapped = mapCallback(body, { mapping: MAPPING, system: 'nuonuo', received_at: 0 });
    return 'lines' in mapped ? JSON.parse(mapped.lines[0] ?? '').key : null;
  };
  expect(keyOf(form(FAILED))).toMatch(/^[0-9a-f]{64}$/);
  expect(keyOf(form({ ...FAILED, c_errorMessage: '又' }))).toBe(keyOf(form(FAILED)));
  expect(keyOf(form({ ...FAILED, c_status: '3' }))).not.toBe(keyOf(form(FAILED)));
  expect(keyOf(ISSUED)).not.toBe(keyOf(form(FAILED)));
});

test('nuonuo: the answer is the one that its document expects', () => {
  expect(MAPPING.answer).toEqual({ status: 200, json: { status: '0000', message: '同步成功' } });
});
