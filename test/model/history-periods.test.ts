import { expect, test } from 'vitest';
import { eachPeriod, HISTORY_GRAINS, periodsOf } from '../../model/history/periods.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';

const at = (text: string) => Date.parse(text);
const SHANGHAI = 'Asia/Shanghai';

test.each<[(typeof HISTORY_GRAINS)[number], string, string, string, [string, string][]]>([
  [
    'month',
    SHANGHAI,
    '2026-01-31T12:00:00Z',
    '2026-02-28T16:00:00Z',
    [
      ['2025-12-31T16:00:00Z', '2026-01-31T16:00:00Z'],
      ['2026-01-31T16:00:00Z', '2026-02-28T16:00:00Z'],
    ],
  ],
  [
    'year',
    SHANGHAI,
    '2026-06-01T00:00:00Z',
    '2026-12-31T16:00:00.001Z',
    [
      ['2025-12-31T16:00:00Z', '2026-12-31T16:00:00Z'],
      ['2026-12-31T16:00:00Z', '2027-12-31T16:00:00Z'],
    ],
  ],
  // 23 hours long.
  [
    'day',
    'Europe/Berlin',
    '2027-03-28T10:00:00Z',
    '2027-03-28T11:00:00Z',
    [['2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z']],
  ],
  // There was no 30 December 2011.
  [
    'day',
    'Pacific/Apia',
    '2011-12-30T09:00:00Z',
    '2011-12-30T11:00:00Z',
    [
      ['2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z'],
      ['2011-12-30T10:00:00Z', '2011-12-31T10:00:00Z'],
    ],
  ],
  [
    'hour',
    'Asia/Kolkata',
    '2026-01-01T00:30:00Z',
    '2026-01-01T01:00:00Z',
    [['2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z']],
  ],
])('a %s in %s from %s to %s', (grain, zone, from, to, expected) => {
  const periods = periodsOf(grain, { from: at(from), to: at(to) }, zone);
  expect(periods).toEqual(expected.map((it) => ({ from: at(it[0]), to: at(it[1]) })));
});

test.each(HISTORY_GRAINS)(
  'each %s begins where the one before ends, and none is missing',
  (grain) => {
    const from = at('2026-03-20T01:02:03Z');
    const length_ms = {
      minute: HOUR,
      hour: 20 * DAY,
      day: 800 * DAY,
      month: 800 * DAY,
      year: 5_000 * DAY,
    };
    for (const zone of [SHANGHAI, 'Europe/Berlin', 'America/St_Johns']) {
      const to = from + length_ms[grain];
      const periods = periodsOf(grain, { from, to }, zone);
      expect(periods[0]?.from).toBeLessThanOrEqual(from);
      expect(periods[0]?.to).toBeGreaterThan(from);
      expect(periods.at(-1)?.from).toBeLessThan(to);
      expect(periods.at(-1)?.to).toBeGreaterThanOrEqual(to);
      for (const [i, period] of periods.entries()) {
        expect(period.to - period.from).toBeGreaterThanOrEqual(MINUTE);
        if (i > 0) expect(period.from).toBe(periods[i - 1]?.to);
      }
    }
  },
);

test('nothing is asked, nothing is there', () => {
  const from = at('2026-03-20T01:00:00Z');
  for (const grain of HISTORY_GRAINS)
    expect(periodsOf(grain, { from, to: from }, SHANGHAI)).toEqual([]);
});

test.each(HISTORY_GRAINS)('each %s is laid out when it is asked for', (grain) => {
  // All of them would be some millions, and take minutes.
  const ages = { from: at('2026-01-01T00:00:00Z'), to: at('+200000-01-01T00:00:00Z') };
  const [first] = eachPeriod(grain, ages, 'UTC');
  expect(first?.from).toBe(ages.from);
});
