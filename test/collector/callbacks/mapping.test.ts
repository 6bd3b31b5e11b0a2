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
  return mapCallback(text, {
    mapping: parsed,
    callback: 'till',
    system: 'shop',
    received_at: RECEIVED,
  });
}

/** The events, or which key of the mapping is to blame. */
function told(mapping: Record<string, unknown>, body: unknown): unknown {
  const { lines, problems } = mapped(mapping, body);
  if (problems.length > 0) return problems.map(({ pointer }) => pointer);
  return lines.map(({ text }) => JSON.parse(text));
}

/** The only event, and which keys of the mapping it goes without. */
function toldWithout(mapping: Record<string, unknown>, body: unknown): [unknown, string[]] {
  const [line] = mapped(mapping, body).lines;
  return [JSON.parse(line?.text ?? 'null'), line?.left_out ?? []];
}

test('a body says at least which it is, and what it is', () => {
  expect(told({}, { id: 7 })).toEqual([
    {
      // sha256sum of ["till","issued",null,"7"]
      key: 'aefc01842affbed19ed83e5c3fe4dad2c5e39d4ff4237f2cfb235854e1cdb2f1',
      system: 'shop',
      type: 'issued',
      at: '2026-11-02T02:00:00.000Z',
      at_latest: true,
    },
  ]);
});

test('a key is of the callback, and of what its state means instead of its words', () => {
  const mapping = {
    type: {
      from: '$.s',
      values: {
        1: 'issued',
        done: { type: 'issued', outcome: 'ok' },
        2: { type: 'failed', function: 'issue' },
        3: { type: 'failed', function: 'deliver' },
      },
    },
  };
  const keys = ['1', 'done', '2', '3'].map(
    (s) => (told(mapping, { id: 7, s }) as { key: string }[])[0]?.key,
  );
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(3);
  const at_another = mapCallback('{"id": 7, "s": "1"}', {
    mapping: callbackMapping.parse({ ...LEAST, ...mapping }),
    callback: 'counter',
    system: 'shop',
    received_at: RECEIVED,
  });
  expect(JSON.parse(at_another.lines[0]?.text ?? '{}').key).not.toBe(keys[0]);
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
  const [one, two, three] = [1, 2, 3].map((it) => `2600000000000000000${it}`);
  expect(of({ a: { no: one }, c: three })).toMatchObject([{ number: one }]);
  expect(of({ a: { no: '' }, b: [{ no: null }, { no: ' ' }, { no: two }] })).toMatchObject([
    { number: two },
  ]);
  expect(of({ a: {}, b: 'none', c: three })).toMatchObject([{ number: three }]);
  // Twenty digits are more than a number of JavaScript has.
  expect(told(mapping, '{"id": 1, "c": 26000000000000000001}')).toMatchObject([
    { number: '26000000000000000001' },
  ]);
});

const STATES = {
  type: {
    from: '$.state',
    values: {
      1: { type: 'issued', outcome: 'ok' },
      2: { type: 'failed', function: 'issue' },
      3: 'ignored',
    },
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
  // A stage is a result only where its meaning says so.
  expect((of({ state: 'x' }) as object[])[0]).not.toHaveProperty('outcome');
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

/** An amount has two decimals, a tax id 15 to 20 letters and digits, a number 20, or 8. */
test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['amount', { amount: { from: '$.x', unit: 'fen' } }, { x: '113.00' }],
  ['amount', { amount: { from: '$.x', unit: 'yuan' } }, { x: '113.000' }],
  ['amount', { amount: { from: '$.x', unit: 'yuan' } }, { x: '¥113' }],
  ['tax_id', { tax_id: '$.x' }, { x: 'DE-123' }],
  ['number', { number: '$.x' }, { x: '12345678' }],
  ['number', { number: '$.x', invoice_code: '$.y' }, { x: '12345678', y: '123' }],
  ['number', { number: '$.x' }, { x: '2600000000000000000' }],
  ['issued', { issued: { from: '$.x', time: 'ms' } }, { x: 'yesterday' }],
])('what cannot be read as %s is left out, and the rest of it counts', (key, mapping, more) => {
  const [event, left_out] = toldWithout(mapping, { id: 1, ...more });
  expect(left_out).toEqual([`/${key}`]);
  expect(Object.keys(event as object)).toEqual(['key', 'system', 'type', 'at', 'at_latest']);
});

test('a duration is of a result, and ends at a time that somebody says', () => {
  const mapping = {
    type: { from: '$.s', values: { 1: { type: 'issued', outcome: 'ok' }, 2: 'issued' } },
    at: { from: '$.at', time: 's', otherwise: 'received' },
    began: { from: '$.began', time: 's' },
  };
  const of = (body: object) => toldWithout(mapping, { id: 1, s: 1, began: 1793584790, ...body });
  expect(of({ at: 1793584800 })).toMatchObject([{ outcome: 'ok', duration_ms: 10_000 }, []]);
  const [told_late] = of({});
  expect(told_late).toMatchObject({ outcome: 'ok', at_latest: true });
  expect(told_late).not.toHaveProperty('duration_ms');
  expect(of({ at: 1793584800, s: 2 })[0]).not.toHaveProperty('duration_ms');
  // It cannot have begun after it ended, and nobody waits for 31 days.
  for (const began of [1793584801, 1793584800 - 31 * 86_400, 'x'])
    expect(of({ at: 1793584800, began })[1]).toEqual(['/began']);
});

test('a state may have no time of its own, beside others that have', () => {
  const mapping = {
    type: {
      from: '$.s',
      values: { 1: 'issued', 2: { type: 'failed', function: 'issue', at: 'received' } },
    },
    at: { from: '$.at', time: 's' },
  };
  expect(told(mapping, { id: 1, s: 1, at: 1793584790 })).toMatchObject([
    { at: '2026-11-02T01:59:50.000Z' },
  ]);
  expect(told(mapping, { id: 1, s: 1 })).toEqual(['/at']);
  expect(told(mapping, { id: 1, s: 2, at: 1793584790 })).toMatchObject([
    { at: '2026-11-02T02:00:00.000Z', at_latest: true },
  ]);
});

test('which notices are meant is asked of the outer fields, before JSON is read', () => {
  const mapping = {
    body: 'form',
    when: { '$.kind': ['issue', 7] },
    ignored: { '$.kind': 'void', '$.test': ['1'] },
    json_in: 'data',
    unique_by: '$.data.id',
  };
  const of = (fields: Record<string, string>) =>
    told(mapping, new URLSearchParams(fields).toString());
  expect(of({ kind: 'issue', data: '{"id": 1}' })).toMatchObject([{ type: 'issued' }]);
  expect(of({ kind: '7', data: '{"id": 1}' })).toMatchObject([{ type: 'issued' }]);
  expect(of({ kind: 'void', data: 'no JSON' })).toEqual([]);
  expect(of({ kind: 'void' })).toEqual([]);
  expect(of({ kind: 'issue', test: '1', data: '{"id": 1}' })).toEqual([]);
  expect(of({ kind: 'else', data: '{"id": 1}' })).toEqual(['/when']);
  expect(of({ data: '{"id": 1}' })).toEqual(['/when']);
  expect(of({ kind: 'issue', data: 'no JSON' })).toEqual(['/json_in']);
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
  const mapping = { each: '$.list[*]', unique_by: ['$.item.no', '$.kind'], number: '$.item.no' };
  const list = [1, 2, 3].map((it) => ({ no: `2600000000000000000${it}` }));
  const events = told(mapping, { kind: 11, list }) as Record<string, unknown>[];
  expect(events.map(({ number }) => number)).toEqual(list.map(({ no }) => no));
  expect(new Set(events.map(({ key }) => key)).size).toBe(3);
  expect(told(mapping, { kind: 11, list: [] })).toEqual(['/each']);
  expect(told(mapping, { kind: 11, list: Array(501).fill({ no: '1' }) })).toEqual(['/each']);
});

test('of several those that cannot be mapped keep no other back', () => {
  const mapping = {
    each: '$.list[*]',
    unique_by: '$.item.id',
    type: { from: '$.item.s', values: { 1: 'issued' } },
  };
  const list = [{ id: 1, s: 1 }, { id: 2, s: 9 }, { s: 1 }, { id: 4, s: 1 }];
  const { lines, problems } = mapped(mapping, { list });
  expect(lines).toHaveLength(2);
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/type', '/unique_by/0']);
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
