import { expect, test } from 'vitest';
import { packRun, unpackRun } from '../../store/rows/result-run.ts';
import { createRandom } from '../random.ts';

const T0 = 1_780_000_000_000;
const EMPTY = {
  slot_at: T0,
  check_id: 3,
  outcome: 0,
  flags: 2,
  reason: null,
  start_lag_ms: 0,
  duration_ms: 0,
  resolve_ms: null,
  connect_ms: null,
  tls_ms: null,
  processing_ms: null,
  transfer_ms: null,
  bytes: 0,
  http_status: null,
  certificate_expires_s: null,
  notes: null,
};
type Row = typeof EMPTY | Record<keyof typeof EMPTY, number>;

function again(row: Row): Row {
  const { slot_at, check_id, outcome, flags } = row;
  return unpackRun({ slot_at, check_id, outcome, flags, run: packRun(row as typeof EMPTY) }) as Row;
}

test.each<[string, Partial<Record<keyof typeof EMPTY, number>>]>([
  ['nothing but its slot', {}],
  ['a run that started before its slot', { start_lag_ms: -3 }],
  ['zeros, which are not nulls', { resolve_ms: 0, connect_ms: 0, tls_ms: 0, notes: 0, reason: 0 }],
  ['the usual status', { http_status: 200 }],
  ['every other one', { http_status: 503 }],
  ['a status next to the usual one', { http_status: 201 }],
  ['a status below it', { http_status: 199 }],
  ['a certificate that has expired', { certificate_expires_s: T0 / 1_000 - 1 }],
  ['one that expires with the slot', { certificate_expires_s: T0 / 1_000 }],
  ['one that expires in 9999', { certificate_expires_s: 253_402_300_799 }],
  ['one of before 1970', { certificate_expires_s: -1 }],
  ['a body of more than 4 GB', { bytes: 2 ** 33, duration_ms: 2 ** 31 }],
  ['times of a clock that runs backwards', { duration_ms: -1, connect_ms: -70, transfer_ms: -1 }],
  ['a reason and notes alone', { reason: 92, notes: 0b1010_0001 }],
])('what is packed is unpacked: %s', (_, changed) => {
  const row = { ...EMPTY, ...changed } as Row;
  expect(again(row)).toEqual(row);
});

test('so are 20,000 drawn rows (seed 5)', () => {
  const random = createRandom(5);
  const upTo = (most: number) => Math.floor(random() ** 3 * most);
  const orNull = (value: number) => (random() < 0.3 ? null : value);
  for (let n = 0; n < 20_000; n += 1) {
    const row = {
      ...EMPTY,
      slot_at: T0 + upTo(1e10),
      start_lag_ms: upTo(2_000) - 1_000,
      duration_ms: upTo(1e6),
      bytes: upTo(1e9),
      resolve_ms: orNull(upTo(300)),
      connect_ms: orNull(upTo(300)),
      tls_ms: orNull(upTo(70_000)),
      processing_ms: orNull(upTo(1e6)),
      transfer_ms: orNull(upTo(1e6)),
      http_status: orNull(100 + upTo(500)),
      certificate_expires_s: orNull(upTo(3e9)),
      reason: orNull(upTo(100)),
      notes: orNull(upTo(2 ** 20)),
    } as Row;
    expect(again(row)).toEqual(row);
  }
});

test.each([Number.POSITIVE_INFINITY, Number.NaN, 0.5])('%s is refused', (duration_ms) => {
  expect(() => again({ ...EMPTY, duration_ms })).toThrow(RangeError);
});

test('a value that does not end is refused', () => {
  const run = Uint8Array.from([2, 200]);
  expect(() => unpackRun({ slot_at: T0, check_id: 1, outcome: 0, flags: 0, run })).toThrow(
    'malformed result',
  );
});
