import { describe, expect, it } from 'vitest';
import { availability, dayBars, percent } from '../../model/figures.ts';
import type { StateSpan } from '../../model/ledger.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { daysOf } from '../../model/zone.ts';
import { T0 } from './builders.ts';

/** A state for so many ms; of a maintenance with what was measured meanwhile. */
type Part = readonly [state: State, length: number, measured?: State | undefined];

/** Consecutive spans from T0. */
function spans(...parts: Part[]): StateSpan[] {
  let at = T0;
  return parts.map(([state, length, measured]) => {
    const from = at;
    at += length;
    return { state, ...(measured && { measured }), from, to: at };
  });
}

describe('availability by time', () => {
  const window = { components: [], from: T0 + HOUR, to: T0 + 2 * HOUR };
  const MAINTENANCE = 'under_maintenance';
  /** In hours: down, partly down, excused, known; and the percentages, worked out by hand. */
  type Case = readonly [
    what: string,
    hour: [state: State, measured?: State],
    excused: (typeof window)[],
    hours: [down: number, partly: number, excused: number, known: number],
    percent: string,
    raw: string,
  ];
  const CASES: Case[] = [
    // Of 24 hours one is down: 23 ÷ 24 = 95.833…
    ['an outage', ['major_outage'], [], [1, 0, 0, 24], '95.83', '95.83'],
    ['a partial outage: not down', ['partial_outage'], [], [0, 1, 0, 24], '100.00', '100.00'],
    ['slow: up', ['degraded_performance'], [], [0, 0, 0, 24], '100.00', '100.00'],
    ['unknown: not known', ['unknown'], [], [0, 0, 0, 23], '100.00', '100.00'],
    ['an outage that is excused', ['major_outage'], [window], [0, 0, 1, 24], '100.00', '95.83'],
    ['a partial one', ['partial_outage'], [window], [0, 0, 1, 24], '100.00', '100.00'],
    ['a good hour in it', ['operational'], [window], [0, 0, 0, 24], '100.00', '100.00'],
    // I3: good minutes are never down, whatever was announced or not.
    ['I3: unannounced, good', [MAINTENANCE, 'operational'], [], [0, 0, 0, 24], '100.00', '100.00'],
    [
      'unannounced, slow',
      [MAINTENANCE, 'degraded_performance'],
      [],
      [0, 0, 0, 24],
      '100.00',
      '100.00',
    ],
    ['unannounced, down', [MAINTENANCE, 'major_outage'], [], [1, 0, 0, 24], '95.83', '95.83'],
    ['unannounced, partly', [MAINTENANCE, 'partial_outage'], [], [0, 1, 0, 24], '100.00', '100.00'],
    ['announced, good', [MAINTENANCE, 'operational'], [window], [0, 0, 0, 24], '100.00', '100.00'],
    ['announced, down', [MAINTENANCE, 'major_outage'], [window], [0, 0, 1, 24], '100.00', '95.83'],
    ['not measured in it', [MAINTENANCE, 'unknown'], [window], [0, 0, 0, 23], '100.00', '100.00'],
    ['nobody kept what was', [MAINTENANCE], [window], [0, 0, 0, 23], '100.00', '100.00'],
  ];
  it.each(CASES)('%s', (_, [state, measured], excused, hours, told, raw) => {
    const figures = availability(
      spans(['operational', HOUR], [state, HOUR, measured], ['operational', 22 * HOUR]),
      excused,
    );
    const [down, partly, without, known] = hours.map((it) => it * HOUR) as [
      number,
      number,
      number,
      number,
    ];
    expect(figures).toMatchObject({ down_ms: down, partial_ms: partly, excluded_ms: without });
    expect(figures.valid_ms).toBe(known - without);
    expect(figures.raw.valid_ms).toBe(known);
    expect([percent(figures), percent(figures.raw)]).toEqual([told, raw]);
  });

  it('counts what is down beyond its window, and windows that overlap once', () => {
    const figures = availability(
      spans(
        ['operational', HOUR],
        [MAINTENANCE, 2 * HOUR, 'major_outage'],
        ['operational', 21 * HOUR],
      ),
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
    ['W7: down for 3 minutes, and not known more', [['major_outage', 3 * MINUTE]], null],
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
  ] as [string, Part[], State | null][])('%s', (_, parts, bar) => {
    expect(dayBars(spans(...parts), day).map((it) => it.state)).toEqual([bar]);
  });
  it('splits a night at midnight', () => {
    const days = daysOf({ zone: 'UTC', now: T0 + DAY, count: 2 });
    const night = spans(['operational', 23 * HOUR], ['major_outage', 2 * HOUR]);
    expect(dayBars(night, days).map((it) => it.state)).toEqual(['major_outage', 'major_outage']);
  });

  const calm = ['operational', HOUR] as const;
  it.each([
    ['no outage', [calm], null],
    ['an outage of 5 minutes, which is the bar itself', [['major_outage', 5 * MINUTE], calm], null],
    ['3 minutes down', [['major_outage', 3 * MINUTE], calm], ['major_outage', 3]],
    ['3 minutes down and nothing else', [['major_outage', 3 * MINUTE]], ['major_outage', 3]],
    ['partly down', [['partial_outage', MINUTE], calm], ['partial_outage', 1]],
    [
      'twice',
      [['major_outage', MINUTE], calm, ['major_outage', 2 * MINUTE], calm],
      ['major_outage', 3],
    ],
    [
      'down for less than it was partly down',
      [['major_outage', 3 * MINUTE], ['partial_outage', 9 * MINUTE], calm],
      ['major_outage', 3],
    ],
    [
      'down and partly down, both too short to be seen: the worse',
      [['major_outage', MINUTE], ['partial_outage', 2 * MINUTE], calm],
      ['major_outage', 1],
    ],
    ['slow for a minute, which is no outage', [['degraded_performance', MINUTE], calm], null],
  ] as [string, Part[], [State, number] | null][])('W7: a mark for %s', (_, parts, marked) => {
    const [bar] = dayBars(spans(...parts), day);
    const [state, minutes = 0] = marked ?? [];
    expect(bar?.shorter).toEqual(state === undefined ? null : { state, ms: minutes * MINUTE });
    expect(bar?.known_ms).toBe(parts.reduce((sum, [, length]) => sum + length, 0));
  });
});
