import { expect, test } from 'vitest';
import { type OracleState, statesOf } from './oracle/component.ts';
import { availableShare, dayTruth } from './oracle/days.ts';
import type { ComponentFacts, Finding } from './oracle/facts.ts';
import { disturbancesOf, lengthOf, spokenInFull, spokenLength } from './oracle/lengths.ts';
import { leastShare, needed } from './oracle/share.ts';

/** Worked by hand from docs/judging.md: one check every minute from 0, deadline 5 s. */
const ONE: ComponentFacts = {
  component: 'a.query',
  confirmations: 2,
  checks: [{ check: 'c', line: 'here', every_ms: 60_000, offset_ms: 0, deadline_ms: 5_000 }],
};
const FOUND: Record<string, Finding['found']> = { g: 'good', s: 'slow', b: 'bad', '-': 'nothing' };

/** A letter a minute; a dot is a slot without a result. */
function findingsOf(word: string, check = 'c', offset_ms = 0): Finding[] {
  return [...word].flatMap((letter, i) => {
    const found = FOUND[letter];
    return found ? [{ check, slot_at: i * 60_000 + offset_ms, found }] : [];
  });
}

/** States and the minutes in which they begin. */
function read(word: string, windows: [number, number][] = []): [OracleState, number][] {
  const minutes = (n: number) => n * 60_000;
  const spans = statesOf({
    facts: ONE,
    findings: findingsOf(word),
    windows: windows.map(([from, to]) => ({ from: minutes(from), to: minutes(to) })),
    from: 0,
    to: minutes(word.length) - 30_000,
  });
  return spans.map(({ state, from }) => [state, from / 60_000]);
}

test.each<[string, string, [OracleState, number][]]>([
  ['one bad is chance', 'ggbgg', [['operational', 0]]],
  [
    'CHECK-1',
    'ggbbb',
    [
      ['operational', 0],
      ['major_outage', 2],
    ],
  ],
  [
    'CHECK-5',
    'gbbgbggg',
    [
      ['operational', 0],
      ['major_outage', 1],
      ['operational', 5],
    ],
  ],
  [
    'CHECK-6',
    'gsgssgg',
    [
      ['operational', 0],
      ['degraded_performance', 1],
      ['operational', 5],
    ],
  ],
  [
    'not judged neither counts nor interrupts',
    'gb-bg',
    [
      ['operational', 0],
      ['major_outage', 1],
    ],
  ],
  [
    'UNKNOWN-1',
    'gg....gg',
    [
      ['operational', 0],
      ['unknown', 2],
      ['operational', 6],
    ],
  ],
  ['valid until the second next slot', 'gg.ggg', [['operational', 0]]],
  [
    'CHECK-11: it goes on',
    'gbbb...bb',
    [
      ['operational', 0],
      ['major_outage', 1],
      ['unknown', 4],
      ['major_outage', 7],
    ],
  ],
  [
    'CHECK-11: well after two',
    'gbb...gg',
    [
      ['operational', 0],
      ['major_outage', 1],
      ['unknown', 3],
      ['operational', 6],
    ],
  ],
  [
    'first results bad',
    'bbgg',
    [
      ['major_outage', 0],
      ['operational', 2],
    ],
  ],
])('%s: %s', (_, word, expected) => {
  expect(read(word)).toEqual(expected);
});

test('COMPONENT-11: a window says so, and what follows is judged', () => {
  expect(read('gggggbbbgg', [[3, 6]])).toEqual([
    ['operational', 0],
    ['under_maintenance', 3],
    ['major_outage', 6],
    ['operational', 8],
  ]);
});

test('COMPONENT-4: 3 of 20 are some users, from the first until 30 minutes without one', () => {
  const word = `${'g'.repeat(10)}bgggbgggb${'g'.repeat(40)}`;
  expect(read(word)).toEqual([
    ['operational', 0],
    ['partial_outage', 10],
    ['operational', 19],
  ]);
});

test('COMPONENT-3: some checks of a line are a part', () => {
  const [check] = ONE.checks;
  if (!check) throw new Error('it has one');
  const facts = { ...ONE, checks: [check, { ...check, check: 'd', offset_ms: 20_000 }] };
  const findings = [...findingsOf('gbbbgg'), ...findingsOf('ggbbgg', 'd', 20_000)];
  const spans = statesOf({ facts, findings, windows: [], from: 0, to: 330_000 });
  expect(spans.map(({ state, from }) => [state, from / 1_000])).toEqual([
    ['operational', 0],
    ['partial_outage', 60],
    ['major_outage', 140],
    ['partial_outage', 240],
    ['operational', 260],
  ]);
});

test('bounds and numbers are those of tables', () => {
  // R: binom.confint(3, 20, method = 'wilson') and (1, 20).
  expect(leastShare(3, 20)).toBeCloseTo(0.0524, 4);
  expect(leastShare(1, 20)).toBeCloseTo(0.0089, 4);
  // Every 15 s and seldom bad: 3. Half of them bad: no more than 8.
  expect(needed(null, 15_000)).toBe(3);
  expect(needed(0.5, 60_000)).toBe(8);
});

test('lengths are summed without what overlaps', () => {
  const seen = (from: number, to: number) => ({ from, to, end: 'seen' as const });
  const length = lengthOf([seen(0, 60_000), seen(120_000, 130_000), seen(30_000, 96_000)]);
  expect(length).toEqual({ from: 0, to: 130_000, ms: 106_000, parts: 2, end: 'seen' });
  expect([96_000, 180_000, 36_000, 3_660_000, 5_000].map(spokenLength)).toEqual([
    '1 分 36 秒',
    '3 分钟',
    '36 秒',
    '1 小时 1 分钟',
    '5 秒',
  ]);
});

test('a disturbance is whole, and says how it ended', () => {
  const states = [
    ['operational', 0],
    ['degraded_performance', 10],
    ['major_outage', 20],
    ['unknown', 30],
    ['partial_outage', 40],
    ['unknown', 50],
    ['operational', 60],
    ['major_outage', 70],
    ['operational', 75],
    ['partial_outage', 90],
  ] as const;
  const spans = states.map(([state, from], i) => ({ state, from, to: states[i + 1]?.[1] ?? 99 }));
  expect(disturbancesOf(spans)).toEqual([
    { from: 10, to: 30, end: 'goes_on' },
    { from: 40, to: 50, end: 'not_seen' },
    { from: 70, to: 75, end: 'seen' },
    { from: 90, to: 99, end: 'lasting' },
  ]);
  expect(disturbancesOf(spans, ['unknown'])).toHaveLength(2);
  const [first, second] = disturbancesOf(spans);
  const length = first && second && lengthOf([first, second]);
  expect(length).toEqual({ from: 10, to: 50, ms: 30, parts: 2, end: 'not_seen' });
  expect(length && spokenInFull({ ...length, ms: 96_000 })).toBe(
    '共 1 分 36 秒，分 2 段 · 结束未观察到',
  );
});

test('availability counts what is down, and excuses it where it was announced', () => {
  // docs/maintenance.md: measured 480 minutes, fails from 120 to 225, excused from 120 to 230.
  const minutes = (n: number) => n * 60_000;
  const measured = [
    { state: 'operational' as const, from: 0, to: minutes(120) },
    { state: 'major_outage' as const, from: minutes(120), to: minutes(225) },
    { state: 'operational' as const, from: minutes(225), to: minutes(480) },
  ];
  const day = { from: 0, to: minutes(1_440) };
  const unexcused = dayTruth({ measured, excused: [], findings: [] }, day);
  expect(availableShare(unexcused)).toBe('78.12');
  const excused = [{ from: minutes(120), to: minutes(230) }];
  const all = dayTruth({ measured, excused, findings: [] }, day);
  expect([all.down_ms, all.excused_ms, availableShare(all)]).toEqual([0, minutes(105), '100.00']);
});
