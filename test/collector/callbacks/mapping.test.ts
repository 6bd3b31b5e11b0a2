import { expect, test } from 'vitest';
import { mapCallback } from '../../../collector/ingest/mapping/map-callback.ts';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';

const LEAST = {
  body: 'json',
  unique_by: '$.id',
  type: 'issued',
  at: 'received',
  answer: { text: 'SUCCESS' },
};

const RECEIVED = Date.parse('2026-11-02T02:00:00Z');

function mapped(mapping: Record<string, unknown>, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const parsed = callbackMapping.parse({ ...LEAST, ...mapping });
  return mapCallback(text, { mapping: parsed, system: 'shop', received_at: RECEIVED });
}

/** The events, or which key of the mapping is to blame. */
function told(mapping: Record<string, unknown>, body: unknown): unknown {
  const it = mapped(mapping, body);
  if ('problems' in it) return it.problems.map(({ pointer }) => pointer);
  return it.lines.map((line) => JSON.parse(line));
}

test('a body says at least which it is, and what it is', () => {
  expect(told({}, { id: 7 })).toEqual([
    {
      // sha256sum of ["7"]
      key: '2aaa0d08e3a122ebeb3a8ad58d25d4f9633aef77be71e5c52780a74cef886d53',
      system: 'shop',
      type: 'issued',
      at: '2026-11-02T02:00:00.000Z',
      outcome: 'ok',
    },
  ]);
});

/** The instant of each by GNU `date -ud`: 10:00:00 in China is 02:00:00. */
test.each([
  ['ms', '1793584800000', '2026-11-02T02:00:00.000Z'],
  ['ms', 1793584800123, '2026-11-02T02:00:00.123Z'],
  ['s', 1793584800, '2026-11-02T02:00:00.000Z'],
  ['digits', '20261102100000', '2026-11-02T02:00:00.000Z'],
  ['text', '2026-11-02 10:00:00', '2026-11-02T02:00:00.000Z'],
  ['text', '2026-11-02T10:00', '2026-11-02T02:00:00.000Z'],
  ['text', '2026-11-02 10:00:00.5', '2026-11-02T02:00:00.000Z'],
  ['text', '2026-11-02T10:00:00+09:00', '2026-11-02T01:00:00.000Z'],
  ['text', '2026-11-02T10:00:00+0900', '2026-11-02T01:00:00.000Z'],
  ['text', '2026-11-02T01:59:30Z', '2026-11-02T01:59:30.000Z'],
])('a time in %s, %s', (time, written, at) => {
  const mapping = { at: { from: '$.when', time } };
  expect(told(mapping, { id: 1, when: written })).toMatchObject([{ at }]);
});

test('a time of another zone, and an hour that comes twice: the first', () => {
  const zoned = { at: { from: '$.when', time: 'text', zone: 'Europe/Berlin' } };
  // TZ=Europe/Berlin date -ud: clocks were put back at 03:00 on 25 October 2026.
  expect(told(zoned, { id: 1, when: '2026-10-25 02:30:00' })).toMatchObject([
    { at: '2026-10-25T00:30:00.000Z' },
  ]);
});

test.each([
  ['ms', '1793584800'],
  ['s', '1793584800000'],
  ['digits', '20260230100000'],
  ['text', '2026-02-30 10:00:00'],
  ['text', '02/11/2026 10:00'],
  ['text', '2026-11-02 24:30:00'],
])('no time in %s is %s', (time, written) => {
  const mapping = { at: { from: '$.when', time } };
  expect(told(mapping, { id: 1, when: written })).toEqual(['/at']);
});

test('of several paths the first counts that is not empty', () => {
  const mapping = { number: ['$.a.no', '$.b[*].no', '$.c'] };
  const of = (body: object) => told(mapping, { id: 1, ...body });
  expect(of({ a: { no: '1' }, c: '3' })).toMatchObject([{ number: '1' }]);
  expect(of({ a: { no: '' }, b: [{ no: null }, { no: ' ' }, { no: 2 }] })).toMatchObject([
    { number: '2' },
  ]);
  expect(of({ a: {}, b: 'none', c: '3' })).toMatchObject([{ number: '3' }]);
  // Twenty digits are more than a number of JavaScript has.
  expect(told(mapping, '{"id": 1, "c": 26000000000000000001}')).toMatchObject([
    { number: '26000000000000000001' },
  ]);
});

const STATES = {
  type: {
    from: '$.state',
    values: { 1: 'issued', 2: { type: 'failed', function: 'issue' }, 3: 'ignored' },
    otherwise: 'applied',
  },
  outcome: {
    from: '$.message',
    values: { E1: 'throttled' },
    matches: { 税号: 'user_data', '^登录': 'credential' },
  },
  code: '$.code',
};

test('tables say what a value means', () => {
  const of = (body: object) => told(STATES, { id: 1, ...body });
  expect(of({ state: 1 })).toMatchObject([{ type: 'issued', outcome: 'ok' }]);
  expect(of({ state: '3' })).toEqual([]);
  expect(of({ state: 'x' })).toMatchObject([{ type: 'applied' }]);
  expect(of({})).toEqual(['/type']);
  const failed = { type: 'failed', function: 'issue' };
  expect(of({ state: 2, message: 'E1', code: 'E-7' })).toMatchObject([
    { ...failed, outcome: 'throttled', code: 'E-7' },
  ]);
  expect(of({ state: 2, message: '购方税号有误' })).toMatchObject([
    { ...failed, outcome: 'user_data' },
  ]);
  // Without an outcome it is the system's; a sentence, or a number of an invoice, is no code.
  for (const code of ['开票失败', '26000000000000000001']) {
    const [event] = of({ state: 2, message: '未知', code }) as Record<string, unknown>[];
    expect([event?.outcome, event?.code]).toEqual([undefined, undefined]);
  }
  // A name that every object has is no value of a table.
  expect(told({ type: { from: '$.s', values: {} } }, { id: 1, s: 'toString' })).toEqual(['/type']);
});

test.each([
  ['fen', 11300, '113.00'],
  ['fen', '5', '0.05'],
  ['fen', -11305, '-113.05'],
  ['yuan', '113.5', '113.5'],
  ['yuan', 113, '113'],
])('an amount in %s, %s', (unit, written, amount) => {
  const mapping = { amount: { from: '$.sum', unit } };
  expect(told(mapping, { id: 1, sum: written })).toMatchObject([{ amount }]);
});

test.each([
  ['fen', '113.00'],
  ['yuan', '113.001'],
  ['yuan', '¥113'],
])('no amount in %s is %s', (unit, written) => {
  const mapping = { amount: { from: '$.sum', unit } };
  expect(told(mapping, { id: 1, sum: written })).toEqual(['/amount']);
});

test('JSON in a text is read in its place, also within another', () => {
  const inner = JSON.stringify({ no: '26000000000000000001' });
  const mapping = { body: 'form', json_in: ['data', 'data.invoice'], unique_by: '$.id' };
  const body = new URLSearchParams({ id: '1', data: JSON.stringify({ invoice: inner }) });
  expect(told({ ...mapping, number: '$.data.invoice.no' }, body.toString())).toMatchObject([
    { number: '26000000000000000001' },
  ]);
  for (const data of ['', 'x', '"x"', '{"invoice": "7"}', '{"invoice": {}}'])
    expect(told(mapping, new URLSearchParams({ id: '1', data }).toString())).toEqual(['/json_in']);
  expect(told(mapping, 'id=1')).toEqual(['/json_in']);
});

test('a body may tell of several, each beside what all have in common', () => {
  const mapping = {
    each: '$.list[*]',
    unique_by: ['$.item.no', '$.kind'],
    when: { '$.kind': [11, 13] },
    number: '$.item.no',
    began: { from: '$.item.began', time: 's' },
  };
  const list = [{ no: '1', began: 1793584790 }, { no: '2', began: 1793584801 }, { no: '3' }];
  const events = told(mapping, { kind: 11, list }) as Record<string, unknown>[];
  expect(events.map(({ number, duration_ms }) => [number, duration_ms])).toEqual([
    ['1', 10_000],
    // It cannot have begun after it ended.
    ['2', undefined],
    ['3', undefined],
  ]);
  expect(new Set(events.map(({ key }) => key)).size).toBe(3);
  expect(told(mapping, { kind: 12, list })).toEqual([]);
  expect(told(mapping, { kind: 11, list: [] })).toEqual(['/each']);
  expect(told(mapping, { kind: 11, list: Array(501).fill({ no: '1' }) })).toEqual(['/each']);
});

test.each([
  ['no JSON', '{"id": 1'],
  ['a list', '[1]'],
  ['a text', '"x"'],
  ['nothing', ''],
  ['one that nests as deep as it is long', `{"id": 1, "x": ${'['.repeat(100_000)}`],
  ['one that nests deeper than 32', `{"id": 1, "x": ${'['.repeat(32)}${']'.repeat(32)}}`],
])('a body that is %s cannot be mapped', (_, body) => {
  expect(told({}, body)).toEqual(['/body']);
});

test('brackets in a text nest nothing', () => {
  expect(told({}, { id: 1, x: '[['.repeat(100), y: '\\"[' })).toMatchObject([{ type: 'issued' }]);
});
