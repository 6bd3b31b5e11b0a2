import { DDSketch } from '@datadog/sketches-js';

/**
 * Delays as a DDSketch: quantiles with a relative error of at most 1 %, and sketches that merge
 * without loss. Source: Masson, Rim, Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch
 * with Relative-Error Guarantees", PVLDB 12(12), 2019.
 *
 * Encoding, version 1 (all integers are LEB128 varints): the byte 1; the number of zero values; the
 * number of buckets; then per bucket in ascending order the difference of its key to the previous
 * one (the first key zigzag coded) and its count. 60 delays take 50 to 100 bytes.
 */
export type Sketch = DDSketch;

const VERSION = 1;
const RELATIVE_ACCURACY = 0.01;
/**
 * Shorter delays count as zero, longer ones as this maximum (four months); bounds the number of
 * buckets.
 */
const SHORTEST_MS = 0.001;
const LONGEST_MS = 1e10;

export function emptySketch(): Sketch {
  return new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });
}

/** Adds one delay in ms. Throws when it is negative or not finite. */
export function addDelay(sketch: Sketch, delay_ms: number): void {
  if (!Number.isFinite(delay_ms) || delay_ms < 0) {
    throw new RangeError(`delay_ms: expected a finite number of at least 0, got ${delay_ms}`);
  }
  sketch.accept(delay_ms < SHORTEST_MS ? 0 : Math.min(delay_ms, LONGEST_MS));
}

/** Adds everything in `from` to `into`. */
export function mergeInto(into: Sketch, from: Sketch): void {
  addZeros(into, from.zeroCount);
  for (const [key, count] of buckets(from)) addBucket(into, key, count);
}

/** Takes away from `from` what of `taken` is in it. */
export function takeFrom(from: Sketch, taken: Sketch): void {
  addZeros(from, -Math.min(taken.zeroCount, from.zeroCount));
  const left = new Map(buckets(from));
  for (const [key, count] of buckets(taken)) {
    const taken_of_it = Math.min(count, left.get(key) ?? 0);
    if (taken_of_it > 0) addBucket(from, key, -taken_of_it);
  }
}

/** The `q`-quantile (0 to 1) of the delays in ms; null when there are none. */
export function quantile(sketch: Sketch, q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q: expected a number from 0 to 1, got ${q}`);
  return sketch.count === 0 ? null : sketch.getValueAtQuantile(q);
}

export function encodeSketch(sketch: Sketch): Uint8Array {
  const bytes: number[] = [VERSION];
  pushVarint(bytes, sketch.zeroCount);
  const filled = buckets(sketch);
  pushVarint(bytes, filled.length);
  let previous: number | null = null;
  for (const [key, count] of filled) {
    pushVarint(bytes, previous === null ? zigzag(key) : key - previous);
    pushVarint(bytes, count);
    previous = key;
  }
  return Uint8Array.from(bytes);
}

/** Throws a `RangeError` with the reason when the bytes are malformed. */
export function decodeSketch(bytes: Uint8Array): Sketch {
  const reader = { bytes, at: 0 };
  const version = readVarint(reader);
  if (version !== VERSION) throw malformed(`version ${VERSION} expected, got ${version}`);
  const sketch = emptySketch();
  addZeros(sketch, readVarint(reader));
  const { lowest, highest } = keyBounds(sketch);
  const filled = readVarint(reader);
  if (filled > highest - lowest + 1)
    throw malformed(`${filled} buckets are more than there can be`);
  let key = 0;
  for (let n = 0; n < filled; n += 1) {
    const step = readVarint(reader);
    if (n > 0 && step === 0) throw malformed('a bucket occurs twice');
    key = n === 0 ? unzigzag(step) : key + step;
    if (key < lowest || key > highest) throw malformed(`bucket ${key} is out of range`);
    const count = readVarint(reader);
    if (count === 0) throw malformed(`bucket ${key} is empty`);
    addBucket(sketch, key, count);
  }
  if (reader.at !== bytes.length) throw malformed(`${bytes.length - reader.at} bytes too many`);
  if (!Number.isSafeInteger(sketch.count)) throw malformed('the counts are too large');
  return sketch;
}

/** Non-empty buckets as [key, count], in ascending order. */
function buckets(sketch: Sketch): [number, number][] {
  const { bins, offset } = sketch.store;
  const filled: [number, number][] = [];
  for (const [index, count] of bins.entries()) {
    if (count > 0) filled.push([index + offset, count]);
  }
  return filled;
}

/**
 * The library's `merge` loses the upper end when the highest bucket is number 0 (delays of 1 ms),
 * so buckets are added one by one.
 */
function addBucket(sketch: Sketch, key: number, count: number): void {
  sketch.store.add(key, count);
  sketch.count += count;
}

function addZeros(sketch: Sketch, count: number): void {
  sketch.zeroCount += count;
  sketch.count += count;
}

function keyBounds(sketch: Sketch): { lowest: number; highest: number } {
  return { lowest: sketch.mapping.key(SHORTEST_MS), highest: sketch.mapping.key(LONGEST_MS) };
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readVarint(reader: { bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) throw malformed(`it ends at byte ${reader.at}`);
    reader.at += 1;
    value += (byte % 128) * factor;
    if (byte < 128) {
      if (!Number.isSafeInteger(value)) break;
      return value;
    }
  }
  throw malformed(`the number before byte ${reader.at} is too large`);
}

function malformed(what: string): RangeError {
  return new RangeError(`malformed sketch: ${what}`);
}
