import { describe, expect, test } from 'vitest';
import type { Result } from '../../model/result.ts';
import { addResult, emptyRollup, mergeRollups, type Rollup } from '../../model/rollup.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { OUTCOMES } from '../../model/vocabulary.ts';
import { createRandom } from '../random.ts';

const SEED = 7;
const FROM = 1_780_000_000_000;
const isSlow = (result: Result) => result.duration_ms > 500;

describe(`roll-up (seed ${SEED})`, () => {
  const random = createRandom(SEED);

  test('merged from parts in any order is that of all', () => {
    for (let round = 0; round < 30; round += 1) {
      const results = Array.from({ length: Math.floor(random() * 60) }, (_, n) => drawResult(n));
      const whole = sum(results);
      const cut = Math.floor(random() * results.length);
      const [a, b] = [sum(results.slice(0, cut)), sum(results.slice(cut))];
      expect(mergeRollups(a, b)).toEqual(whole);
      expect(mergeRollups(b, a)).toEqual(whole);
    }
  });

  test('counts every outcome, and delays of the good ones from the slot', () => {
    const late = result({ started_at: FROM + 1_000, duration_ms: 1_000 });
    const bad = result({ outcome: 'timeout', duration_ms: 5_000 });
    const rollup = sum([late, bad]);
    expect(rollup).toMatchObject({ n: 2, outcomes: { ok: 1, timeout: 1 }, slow: 1 });
    const median = quantile(decodeSketch(rollup.delays ?? new Uint8Array()), 0.5);
    expect(median).toBeGreaterThan(1_980);
    expect(median).toBeLessThan(2_020);
  });

  test('has no delays when nothing was good, and is simulated when any part is', () => {
    expect(sum([result({ outcome: 'network' })]).delays).toBeNull();
    expect(sum([result({}), result({ simulated: true })]).simulated).toBe(true);
  });

  test('of another check does not merge', () => {
    expect(() => mergeRollups(emptyRollup('a', FROM), emptyRollup('b', FROM))).toThrow(
      'roll-ups of different checks do not merge: a and b',
    );
  });

  function drawResult(n: number): Result {
    const outcome = random() < 0.7 ? 'ok' : (OUTCOMES[n % OUTCOMES.length] ?? 'ok');
    return result({ outcome, started_at: FROM + n, duration_ms: 1_000 * random() });
  }
});

function sum(results: Result[]): Rollup {
  return results.reduce(
    (rollup, result) => addResult(rollup, result, isSlow(result)),
    emptyRollup('c', FROM),
  );
}

function result(parts: Partial<Result>): Result {
  return {
    check: 'c',
    slot_at: FROM,
    started_at: FROM,
    duration_ms: 100,
    confirming: false,
    simulated: false,
    outcome: 'ok',
    reason: null,
    detail: null,
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    accepted: null,
    ...parts,
  };
}
