import { describe, expect, test } from 'vitest';
import {
  addDelay,
  decodeSketch,
  emptySketch,
  encodeSketch,
  mergeInto,
  quantile,
  type Sketch,
} from '../../model/sketch.ts';
import { createRandom } from '../random.ts';

const SEED = 20_261_121;
const QUANTILES = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

describe(`sketch (seed ${SEED})`, () => {
  const random = createRandom(SEED);

  test.each([
    ['around 1 ms, where the bucket number is 0', () => 0.5 + random()],
    ['of fast exchanges', () => 5 + 60 * random()],
    ['of a long tail', () => 20 * Math.exp(3 * random() ** 2 * Math.log(10))],
    ['between microseconds and days', () => 10 ** (-3 + 11 * random())],
  ])('quantiles of delays %s are within 1 percent', (_, draw) => {
    const delays = Array.from({ length: 999 }, draw);
    const sketch = decodeSketch(encodeSketch(sketchOf(delays)));
    delays.sort((a, b) => a - b);
    for (const q of QUANTILES) {
      const exact = delays[Math.floor(q * (delays.length - 1))] ?? Number.NaN;
      const found = quantile(sketch, q) ?? Number.NaN;
      expect(Math.abs(found - exact) / exact, `q ${q}: ${found} for ${exact}`).toBeLessThan(0.0101);
    }
  });

  test('merging in any order and grouping gives the sketch of all', () => {
    for (let round = 0; round < 50; round += 1) {
      const parts = Array.from({ length: 3 }, () =>
        Array.from({ length: Math.floor(random() * 40) }, () => 10 ** (-2 + 6 * random())),
      );
      const [a, b, c] = parts.map(sketchOf) as [Sketch, Sketch, Sketch];
      const whole = encodeSketch(sketchOf(parts.flat()));
      expect(encodeSketch(merged(merged(a, b), c))).toEqual(whole);
      expect(encodeSketch(merged(a, merged(b, c)))).toEqual(whole);
      expect(encodeSketch(merged(c, merged(b, a)))).toEqual(whole);
    }
  });

  test('merging keeps the upper end when it is bucket 0', () => {
    const below = sketchOf([0.1, 0.2]);
    mergeInto(below, sketchOf([0.5, 1]));
    expect(encodeSketch(below)).toEqual(encodeSketch(sketchOf([0.1, 0.2, 0.5, 1])));
  });

  test('encoding and decoding changes nothing', () => {
    for (let round = 0; round < 100; round += 1) {
      const delays = Array.from({ length: round }, () => Math.max(0, 10 ** (9 * random()) - 2));
      const bytes = encodeSketch(sketchOf(delays));
      expect(encodeSketch(decodeSketch(bytes))).toEqual(bytes);
    }
  });

  test('60 delays of an hour take less than 100 bytes', () => {
    const delays = Array.from({ length: 60 }, () => 80 * Math.exp(0.8 * (random() - 0.5)));
    expect(encodeSketch(sketchOf(delays)).length).toBeLessThan(100);
  });

  test('has no quantile when empty, and zero for zero', () => {
    expect(quantile(emptySketch(), 0.5)).toBeNull();
    expect(quantile(sketchOf([0, 0, 100]), 0.5)).toBe(0);
    expect(decodeSketch(encodeSketch(sketchOf([0, 0]))).count).toBe(2);
  });

  test('refuses delays and shares that are none', () => {
    for (const delay of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addDelay(emptySketch(), delay)).toThrow(/^delay_ms: expected a finite number/);
    }
    for (const q of [-0.1, 1.1, Number.NaN]) {
      expect(() => quantile(emptySketch(), q)).toThrow(/^q: expected a number from 0 to 1/);
    }
  });

  test.each([
    ['nothing', [], 'it ends at byte 0'],
    ['another version', [2, 0, 0], 'version 1 expected, got 2'],
    ['a missing count', [1, 0, 1, 5], 'it ends at byte 4'],
    ['bytes after the end', [1, 0, 0, 7, 7], '2 bytes too many'],
    ['an empty bucket', [1, 0, 1, 5, 0], 'bucket -3 is empty'],
    ['the same bucket twice', [1, 0, 2, 5, 1, 0, 1], 'a bucket occurs twice'],
    ['a bucket out of range', [1, 0, 1, 0xff, 0xff, 3, 1], 'bucket -32768 is out of range'],
    ['too many buckets', [1, 0, 0xff, 0xff, 3], '65535 buckets are more than there can be'],
    [
      'an endless number',
      [1, ...Array<number>(9).fill(0xff)],
      'the number before byte 9 is too large',
    ],
    [
      'counts that do not add up',
      [1, ...Array<number>(7).fill(0xff), 15, ...[1, 5], ...Array<number>(7).fill(0xff), 15],
      'the counts are too large',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeSketch(Uint8Array.from(bytes))).toThrow(
      new RangeError(`malformed sketch: ${message}`),
    );
  });

  test('decodes changed bytes to a sketch or to a clear error, never to anything else', () => {
    const sound = encodeSketch(sketchOf(Array.from({ length: 60 }, () => 1_000 * random())));
    let refused = 0;
    for (let round = 0; round < 3_000; round += 1) {
      const bytes = sound.slice(
        0,
        random() < 0.3 ? Math.floor(random() * sound.length) : undefined,
      );
      const changes = Math.floor(random() * 4);
      for (let n = 0; n < changes; n += 1) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      try {
        const sketch = decodeSketch(bytes);
        expect(quantile(sketch, 0.5) ?? 0).toBeGreaterThanOrEqual(0);
        expect(sketch.store.bins.length).toBeLessThan(3_000);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect(String(error)).toContain('malformed sketch: ');
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });
});

function sketchOf(delays: number[]): Sketch {
  const sketch = emptySketch();
  for (const delay of delays) addDelay(sketch, delay);
  return sketch;
}

function merged(a: Sketch, b: Sketch): Sketch {
  const sum = emptySketch();
  mergeInto(sum, a);
  mergeInto(sum, b);
  return sum;
}
