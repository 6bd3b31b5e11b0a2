import { describe, expect, it } from 'vitest';
import { availability, dayBars, percent } from '../../model/figures.ts';
import type { StateSpan } from '../../model/ledger.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { daysOf } from '../../model/zone.ts';
import { T0 } from './builders.ts';

/** Consecutive spans from T0: [state, length in ms]. */
function spans(...parts: [State, number][]): StateSpan[] {
  let at = T0;
  return parts.map(([state, length]) => {
    const from = at;
    at += length;
    return { state, from, to: at };
  });
}

describe('availability by time', () => {
  const window = { components: [], from: T0 + HOUR, to: T0 + 2 * HOUR };
  // a day of: hours up, then an hour of `state`; which ms are down, which leave the denominator
  it.each([
    ['partial outage is down', 'partial_outage', [], HOUR, 0],
    ['major outage is down', 'major_outage', [], HOUR, 0],
    ['degraded is up', 'degraded_performance', [], 0, 0],
    ['unknown is not known', 'unknown', [], 0, 0],
    ['maintenance nobody announced is down', 'under_maintenance', [], HOUR, 0],
    ['announced maintenance is excluded', 'under_maintenance', [window], 0, HOUR],
    ['an outage inside an announced window is excluded', 'major_outage', [window], 0, HOUR],
    ['up time inside an announced window is excluded too', 'operational', [window], 0, HOUR],
  ] as const)('%s', (_, state, excluded, down_ms, excluded_ms) => {
    const figures = availability(
      spans(['operational', HOUR], [state, HOUR], ['operational', 22 * HOUR]),
      excluded,
    );
    const known = state === 'unknown' ? 23 * HOUR : 24 * HOUR;
    expect(figures).toMatchObject({ down_ms, excluded_ms, valid_ms: known - excluded_ms });
    expect(figures.raw.valid_ms).toBe(known);
  });

  it('counts what overruns its window as down, and windows that overlap once', () => {
    const figures = availability(
      spans(['operational', HOUR], ['under_maintenance', 2 * HOUR], ['operational', 21 * HOUR]),
      [window, { ...window, from: T0 + HOUR + 30 * MINUTE }],
    );
    expect(figures).toMatchObject({ down_ms: HOUR, excluded_ms: HOUR, valid_ms: 23 * HOUR });
    expect(percent(figures)).toBe('95.65'); // 22 / 23
    expect(percent(figures.raw)).toBe('91.66'); // 22 / 24
  });
});

describe('percent', () => {
  it.each([
    [1, 1, '100.00'],
    [99_996, 100_000, '99.99'],
    [9_999_999, 10_000_000, '99.99'],
    [0, 1, '0.00'],
    [29, 100, '29.00'],
    [57, 100, '57.00'],
    [1, 3, '33.33'],
    [0, 0, null],
  ])('%i of %i ms is %s', (up_ms, valid_ms, text) => {
    expect(percent({ up_ms, valid_ms })).toBe(text);
  });
  it('is exact for every hundredth', () => {
    for (let i = 0; i <= 10_000; i += 1)
      expect(percent({ up_ms: i * 777_600, valid_ms: 7_776_000_000 })).toBe((i / 100).toFixed(2));
  });
});

describe('day bars', () => {
  const day = [{ day: '2026-11-02', from: T0, to: T0 + DAY }];
  it.each([
    ['a calm day', [['operational', DAY]], 'operational'],
    ['not measured', [['unknown', DAY]], null],
    ['measured for less than 5 minutes', [['operational', 4 * MINUTE]], null],
    [
      '4:59 down does not colour it',
      [
        ['major_outage', 5 * MINUTE - 1],
        ['operational', HOUR],
      ],
      'operational',
    ],
    [
      '5:00 down does',
      [
        ['major_outage', 5 * MINUTE],
        ['operational', HOUR],
      ],
      'major_outage',
    ],
    [
      '3 min major and 3 min partial are 5 at partial or worse',
      [
        ['major_outage', 3 * MINUTE],
        ['partial_outage', 3 * MINUTE],
        ['operational', HOUR],
      ],
      'partial_outage',
    ],
    [
      'an hour degraded with 1 min major',
      [
        ['degraded_performance', HOUR],
        ['major_outage', MINUTE],
      ],
      'degraded_performance',
    ],
    [
      'maintenance outranks degraded',
      [
        ['degraded_performance', HOUR],
        ['under_maintenance', HOUR],
      ],
      'under_maintenance',
    ],
  ] as [string, [State, number][], State | null][])('%s', (_, parts, bar) => {
    expect(dayBars(spans(...parts), day)).toEqual([bar]);
  });
  it('splits a night at midnight', () => {
    const days = daysOf({ zone: 'UTC', now: T0 + DAY, count: 2 });
    const night = spans(['operational', 23 * HOUR], ['major_outage', 2 * HOUR]);
    expect(dayBars(night, days)).toEqual(['major_outage', 'major_outage']);
  });
});
