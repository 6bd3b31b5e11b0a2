import type { Selectable } from 'kysely';
import type { ResultTable, WideResultTable } from './schema.ts';

type WideRow = Selectable<WideResultTable>;

/**
 * What is measured in a run, as varints (LEB128) in the order below; the last ones are left out
 * while they are 0. Numbers are zigzag coded (0, -1, 1, -2, …), so that any is kept as it is; an
 * optional one is 0 for null, else one more than its code. The order is persistent: a new value is
 * appended. Throws a `RangeError` for what is no whole number.
 */
export function packRun(row: WideRow): Uint8Array {
  const values = [
    zigzag(row.start_lag_ms),
    zigzag(row.duration_ms),
    zigzag(row.bytes),
    optional(row.resolve_ms),
    optional(row.connect_ms),
    optional(row.tls_ms),
    optional(row.processing_ms),
    optional(row.transfer_ms),
    packStatus(row.http_status),
    optional(row.certificate_expires_s === null ? null : expiresIn(row)),
    optional(row.reason),
    optional(row.notes),
  ];
  while (values.at(-1) === 0) values.pop();
  return varints(values);
}

/** The row as it was packed. Throws a `RangeError` when the bytes are malformed. */
export function unpackRun({ run, ...row }: Selectable<ResultTable>): WideRow {
  const values = readVarints(run);
  const value = (place: number) => values[place] ?? 0;
  const valueOrNull = (place: number) => (value(place) === 0 ? null : unzigzag(value(place) - 1));
  const expires_in = valueOrNull(9);
  return {
    ...row,
    start_lag_ms: unzigzag(value(0)),
    duration_ms: unzigzag(value(1)),
    bytes: unzigzag(value(2)),
    resolve_ms: valueOrNull(3),
    connect_ms: valueOrNull(4),
    tls_ms: valueOrNull(5),
    processing_ms: valueOrNull(6),
    transfer_ms: valueOrNull(7),
    http_status: unpackStatus(value(8)),
    certificate_expires_s: expires_in === null ? null : seconds(row.slot_at) + expires_in,
    reason: valueOrNull(10),
    notes: valueOrNull(11),
  };
}

function optional(value: number | null): number {
  return value === null ? 0 : zigzag(value) + 1;
}

/** Almost every status is 200, and none is 0: its code stands for the usual one. */
const USUAL_STATUS = 200;

function packStatus(status: number | null): number {
  return status === USUAL_STATUS ? 1 : optional(status);
}

function unpackStatus(value: number): number | null {
  if (value === 0) return null;
  return value === 1 ? USUAL_STATUS : unzigzag(value - 1);
}

/** Seconds from the slot, which take a byte less than an instant. */
function expiresIn({ slot_at, certificate_expires_s }: WideRow): number {
  return (certificate_expires_s ?? 0) - seconds(slot_at);
}

function seconds(at: number): number {
  return Math.floor(at / 1_000);
}

function zigzag(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`expected a whole number: ${value}`);
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function varints(values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

function readVarints(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let [value, factor] = [0, 1];
  for (const byte of bytes) {
    value += (byte % 128) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    values.push(value);
    [value, factor] = [0, 1];
  }
  if (factor !== 1) throw new RangeError('malformed result: its last number does not end');
  return values;
}
