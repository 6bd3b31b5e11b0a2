import { describe, expect, it } from 'vitest';
import { scheduleProblem, slotDistanceMs } from '../../platform/config/slots.ts';

describe('the shortest distance between slots', () => {
  it.each([
    ['* * * * * *', 1_000],
    ['*/15 * * * * *', 15_000],
    ['0,50 * * * * *', 10_000],
    ['*/7 * * * * *', 4_000],
    ['0 * * * * *', 60_000],
    ['30 */7 * * * *', 4 * 60_000],
    ['0 0 9-18 * * 1-5', 3_600_000],
    ['0 0 0,23 * * *', 3_600_000],
    ['0 0 3 * * *', 86_400_000],
    ['0 59 8,17 * * *', 9 * 3_600_000],
  ])('of %s is %i ms', (expression, distance_ms) => {
    expect(scheduleProblem(expression)).toBeNull();
    expect(slotDistanceMs(expression)).toBe(distance_ms);
  });
});

describe('a schedule', () => {
  it.each(['*/5 * * * *', '', 'often', '@daily', '* * * * * * *'])(
    'needs six fields: %j',
    (text) => {
      expect(scheduleProblem(text)).toContain('six fields, seconds first');
    },
  );

  it.each(['61 * * * * *', '0 0 25 * * *', '0 0 0 31 2 *', 'x * * * * *'])(
    'is checked: %s',
    (text) => {
      expect(scheduleProblem(text)).toEqual(expect.any(String));
    },
  );
});
