import { describe, expect, test } from 'vitest';
import { medianExceeds, type Observation, survivalFunction } from '../../model/kaplan-meier.ts';
import { createRandom } from '../random.ts';

/** `3` took 3 ms; `'3+'` has not happened after 3 ms. */
function observed(...durations: (number | string)[]): Observation[] {
  return durations.map((it) => ({
    duration_ms: Number.parseInt(String(it), 10),
    censored: typeof it === 'string',
  }));
}

/** The median by its definition; null when more than half of the observations are still waiting. */
function medianMs(observations: readonly Observation[]): number | null {
  const steps = survivalFunction(observations);
  return steps.find(({ share }) => share <= 0.5 + 1e-9)?.after_ms ?? null;
}

describe('the survival function', () => {
  test('of the textbook: remission under 6-mercaptopurine (Freireich et al., 1963)', () => {
    const weeks = observed(
      ...[6, 6, 6, '6+', 7, '9+', 10, '10+', '11+', 13, 16, '17+', '19+', '20+', 22, 23],
      ...['25+', '32+', '32+', '34+', '35+'],
    );
    // At risk 21, 17, 15, 12, 11, 7, 6.
    expect(
      survivalFunction(weeks).map(({ after_ms, share }) => [after_ms, share.toFixed(3)]),
    ).toEqual([
      [6, '0.857'],
      [7, '0.807'],
      [10, '0.753'],
      [13, '0.690'],
      [16, '0.627'],
      [22, '0.538'],
      [23, '0.448'],
    ]);
    expect(medianMs(weeks)).toBe(23);
  });

  test('of nothing, and of nothing that has happened, has no step', () => {
    expect(survivalFunction([])).toEqual([]);
    expect(survivalFunction(observed('1+', '2+'))).toEqual([]);
  });

  test('does not depend on the order', () => {
    expect(survivalFunction(observed(3, '2+', 1))).toEqual(survivalFunction(observed(1, '2+', 3)));
  });
});

const TABLE: [string, Observation[], number | null][] = [
  ['nothing', [], null],
  ['one', observed(5), 5],
  ['an odd number, none waits', observed(1, 2, 3), 2],
  // S(2) = 2/4: exactly half are longer.
  ['an even number, none waits', observed(1, 2, 3, 4), 2],
  // Two are at risk at 8: S(8) = 1/2.
  ['one of three waits', observed('5+', 8, 10), 8],
  // 5+ and 5+ leave two at risk: S(8) = 1/2.
  ['half wait, shorter than the others took', observed('5+', '5+', 8, 10), 8],
  // S(8) = 3/4, S(10) = 1/2.
  ['half wait, longer than the others took', observed(8, 10, '20+', '20+'), 10],
  ['more than half wait', observed(8, '20+', '20+'), null],
  ['all wait', observed('20+', '30+'), null],
];

test.for(TABLE)('the median of %s', ([, observations, expected]) => {
  expect(medianMs(observations)).toBe(expected);
  if (expected === null) return;
  expect(medianExceeds(observations, expected)).toBe(false);
  expect(medianExceeds(observations, expected - 0.5)).toBe(true);
});

const LIMITS: [string, Observation[], number, boolean][] = [
  ['below', observed(1, 2, 3), 3, false],
  ['at', observed(1, 2, 3), 2, false],
  ['above', observed(1, 2, 3), 1, true],
  ['above, and not known yet, because all wait', observed('20+', '30+', '30+'), 19, true],
  ['not known, because nobody has waited so long', observed('20+', '30+', '30+'), 30, false],
  ['not known of nothing', [], 1, false],
  ['below, though one has waited long', observed(1, 1, 1, '100+'), 10, false],
];

test.for(LIMITS)('the median is %s', ([, observations, limit_ms, expected]) => {
  expect(medianExceeds(observations, limit_ms)).toBe(expected);
});

test('waiting longer never makes it look quicker, and a known median agrees with the limit', () => {
  const random = createRandom(4_711);
  for (let round = 0; round < 300; round += 1) {
    const observations = Array.from({ length: 1 + Math.floor(random() * 30) }, () => ({
      duration_ms: 1 + Math.floor(random() * 50),
      censored: random() < 0.4,
    }));
    const median = medianMs(observations);
    const longer = observations.map((it) =>
      it.censored ? { ...it, duration_ms: it.duration_ms + 10 } : it,
    );
    const later = medianMs(longer);
    if (median === null) expect(later).toBeNull();
    else {
      if (later !== null) expect(later).toBeGreaterThanOrEqual(median);
      expect(medianExceeds(observations, median)).toBe(false);
      expect(medianExceeds(observations, median - 0.5)).toBe(true);
    }
  }
});
