import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mapCallback } from '../../../collector/ingest/mapping/map-callback.ts';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';
import { FAILURES } from '../../../model/event.ts';
import { quoted, tableRows } from '../../tidy/repository.ts';

/**
 * 诺诺's 回传开票结果接口 as its document 1.0.8 has it: a form of `operater`, `orderno` and
 * `content`, the fields of which are named below with what the document says of them. What is
 * expected of each was worked out by hand from that, times with GNU date.
 */
const MAPPING = callbackMapping.parse(parse(readFileSync('config/callbacks/nuonuo.yaml', 'utf8')));

const RECEIVED = Date.parse('2024-05-14T12:02:00Z');

const mapped = (body: string) =>
  mapCallback(body, {
    mapping: MAPPING,
    callback: 'nuonuo',
    system: 'nuonuo',
    received_at: RECEIVED,
  });

function told(body: string): unknown {
  const { lines, problems } = mapped(body);
  if (problems.length > 0) return { problems };
  // Keys are hashes: which are the same is another test.
  return lines.map(({ text }) => ({ ...JSON.parse(text), key: undefined }));
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
/** Nobody says whether others failed. */
const STAGE_ONLY = { ...ISSUED_EVENT, outcome: undefined };
const FAILED_EVENT = {
  system: 'nuonuo',
  type: 'failed',
  function: 'issue',
  at: '2024-05-14T12:02:00.000Z',
  at_latest: true,
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
    [STAGE_ONLY],
  ],
  [
    'no c_status and no c_kprq: it does not say that it was issued',
    form({ ...NUMBERED, c_kprq: undefined }),
    { problems: [{ pointer: '/at', detail: 'found no time' }] },
  ],
  [
    'a c_status that is no text',
    form({ ...NUMBERED, c_status: { code: 2 } }),
    { problems: [{ pointer: '/type', detail: 'found no text' }] },
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
    [STAGE_ONLY],
  ],
  [
    'an operater that nobody knows, beside good content',
    ISSUED.replace('operater=callback', 'operater=invoiceSplit'),
    { problems: [{ pointer: '/when', detail: 'found none of its texts' }] },
  ],
  [
    'no operater',
    ISSUED.replace('operater=callback&', ''),
    { problems: [{ pointer: '/when', detail: 'found none of its texts' }] },
  ],
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

/** The other notices that receivers of 诺诺 tell apart, with the fields that those read. */
test.each([
  ['an application', 'operater=invoiceApply&orderno=1&taxNo=91310000000000000X&isSuccess=1'],
  ['a voiding', `operater=invoiceInvalid&fpqqlsh=2405&content=${'{"invalidStatus":"3"}'}`],
  ['a red list', 'operater=invoiceRedCallback&billNo=1&content=%7B%7D'],
  ['a red confirmation, its content no JSON', 'operater=redConfirmCallback&billId=1&content=x'],
])('nuonuo: %s is answered and tells of nothing', (_, body) => {
  expect(told(body)).toEqual([]);
});

/** Who is to blame, by what the sentence says and nothing else. */
test.each([
  ['开票失败', undefined],
  ['未知错误', undefined],
  ['税局返回：系统繁忙，请稍后再试', 'system'],
  ['开票服务异常', 'system'],
  ['请求税局超时', 'timeout'],
  ['未登录电子税务局，请扫码登录', 'credential'],
  ['登录超时，请重新登录', 'credential'],
  ['短信验证码已失效', 'credential'],
  ['需要刷脸认证', 'credential'],
  ['开票员待认证', 'credential'],
  ['操作频繁，请一分钟后再试', 'throttled'],
  ['今日重试次数已用完', 'throttled'],
  ['购方税号有误', 'user_data'],
  ['发票抬头不能为空', 'user_data'],
  ['剩余授信额度不足', 'user_data'],
  ['商品税收分类编码不存在', 'user_data'],
])('nuonuo: what fails for %s is %s', (c_errorMessage, outcome) => {
  expect(told(form({ ...FAILED, c_errorMessage }))).toEqual([{ ...FAILED_EVENT, outcome }]);
});

test('docs/ingest.md has the words by which a failure counts', () => {
  const rows = tableRows('docs/ingest.md', '诺诺').map((row) => row.map(quoted));
  const documented = rows.filter(([, outcome]) => FAILURES.some((it) => it === outcome?.[0]));
  expect(documented.map(([words, outcome]) => [words?.join('|'), outcome?.[0]])).toEqual([
    ...Object.entries(MAPPING.outcome?.matches ?? {}),
    ['', 'system'],
  ]);
});

function keyOf(body: string): string {
  return JSON.parse(mapped(body).lines[0]?.text ?? '{}').key;
}

test('nuonuo: an invoice counts once as issued, with its state told or without', () => {
  const number = { allElectronicInvoiceNumber: '24312000000136634917' };
  const untold = form({ ...NUMBERED, ...number });
  expect(keyOf(untold)).toMatch(/^[0-9a-f]{64}$/);
  expect(keyOf(ISSUED)).toBe(keyOf(untold));
  expect(keyOf(form(FAILED))).not.toBe(keyOf(ISSUED));
});

test('nuonuo: an invoice that fails again after reInvoice counts for each reason', () => {
  const again = form({ ...FAILED, c_errorMessage: '税局返回：系统繁忙' });
  expect(keyOf(again)).not.toBe(keyOf(form(FAILED)));
  const unsigned = form({ ...FAILED, c_status: '3', c_errorMessage: '签章失败' });
  expect(new Set([keyOf(unsigned), keyOf(again), keyOf(form(FAILED))]).size).toBe(3);
  // Told again, or failed again for the same reason: nothing tells one from the other.
  expect(keyOf(form({ ...FAILED, c_saletaxnum: '91310000000000001X' }))).toBe(keyOf(form(FAILED)));
});

test('nuonuo: the answer is the one that its document expects', () => {
  expect(MAPPING.answer).toEqual({ status: 200, json: { status: '0000', message: '同步成功' } });
});
