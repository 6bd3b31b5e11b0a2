import type { Bit, Json } from './schema.ts';

/** Limit of bound values per statement, supported by every engine. */
const MAX_PARAMETERS = 12_000;

/** Splits rows into chunks small enough for one statement each. */
export function inChunks<Row extends object>(rows: readonly Row[]): Row[][] {
  const columns = Object.keys(rows[0] ?? {}).length;
  const size = Math.max(1, Math.floor(MAX_PARAMETERS / Math.max(1, columns)));
  const chunks: Row[][] = [];
  for (let at = 0; at < rows.length; at += size) chunks.push(rows.slice(at, at + size));
  return chunks;
}

export function bit(value: boolean): Bit {
  return value ? 1 : 0;
}

/** Parses JSON written by `JSON.stringify`; the type is not checked. */
export function parseJson<T>(text: Json): T {
  return JSON.parse(text) as T;
}

export function parseJsonOrNull<T>(text: Json | null): T | null {
  return text === null ? null : parseJson<T>(text);
}

export function jsonOrNull(value: unknown): Json | null {
  return value === null ? null : JSON.stringify(value);
}
