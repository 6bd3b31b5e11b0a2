import { describe, expect, it, test } from 'vitest';
import { toldAfter } from '../../../model/correction.ts';
import { newsIn } from '../../../model/incident/news.ts';
import { MINUTE } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import { T0, transition } from '../builders.ts';
import { Story } from './story.ts';

type Said = readonly (readonly [State, number])[];

const ledger = (said: Said) =>
  said.map(([state, minute]) => transition(T0 + minute * MINUTE, state));
const minutes = (ms: number) => (ms - T0) / MINUTE;

/** What correcting the ledger so tells of the past, in minutes. */
const news = (told: Said, corrections: Said) =>
  newsIn(ledger(told), toldAfter(ledger(told), ledger(corrections), 0)).past.map(
    ({ state, since, until }) => [state, minutes(since), minutes(until)],
  );

const WELL: Said = [['operational', 0]];
const OUT: Said = [
  ['operational', 0],
  ['partial_outage', 10],
  ['operational', 20],
];

test.each<[string, Said, Said, unknown[]]>([
  ['over', WELL, OUT.slice(1), [['partial_outage', 10, 20]]],
  ['not over', WELL, OUT.slice(1, 2), []],
  ['told already', OUT, OUT.slice(1), []],
  [
    'longer than it was told',
    OUT,
    [
      ['major_outage', 8],
      ['operational', 25],
    ],
    [],
  ],
  [
    'apart from what was told',
    OUT,
    [
      ['partial_outage', 2],
      ['operational', 4],
      ['partial_outage', 10],
      ['operational', 20],
    ],
    [['partial_outage', 2, 4]],
  ],
  [
    'its worst state, and all of its time',
    WELL,
    [
      ['degraded_performance', 5],
      ['major_outage', 7],
      ['partial_outage', 8],
      ['operational', 9],
    ],
    [['major_outage', 5, 9]],
  ],
  [
    'unknown since',
    WELL,
    [
      ['partial_outage', 3],
      ['unknown', 6],
    ],
    [['partial_outage', 3, 6]],
  ],
  [
    'none',
    WELL,
    [
      ['unknown', 3],
      ['operational', 6],
    ],
    [],
  ],
])('what is %s', (_, told, corrections, expected) => {
  expect(news(told, corrections)).toEqual(expected);
});

test('what is forgotten is no news of what is kept', () => {
  const told = ledger([...OUT, ['unknown', 25]]);
  const after = toldAfter(told, ledger([['major_outage', 40]]), T0 + 15 * MINUTE);
  expect(after[0]?.to).toBe('partial_outage');
  expect(newsIn(told, after).spans.map(({ to }) => to)).toEqual(['major_outage']);
});

describe('an incident of the past', () => {
  const past = (since: number, until: number, state: State = 'partial_outage') => ({
    since: T0 + since * MINUTE,
    until: T0 + until * MINUTE,
    state,
    notes: [],
    simulated: false,
  });

  it('joins an open one as what is better, and moves its beginning', () => {
    const story = new Story();
    story.at(T0 + 20 * MINUTE, { upload: 'major_outage', query: 'operational' });
    story.past = { query: past(10, 12) };
    expect(story.at(T0 + 21 * MINUTE)).toBe('better');
    expect(story.incident).toMatchObject({
      status: 'investigating',
      impact: 'critical',
      started_at: T0 + 10 * MINUTE,
      components: ['beijing.upload', 'beijing.query'],
    });
    expect(story.last?.affected).toEqual([
      {
        component: 'beijing.query',
        from: 'partial_outage',
        to: 'operational',
        ailments: { from: 'partial_outage', to: null },
      },
    ]);
    expect(story.at(T0 + 22 * MINUTE)).toBeNull();
  });

  it('of a function that is less disturbed now is told as what it is', () => {
    const story = new Story();
    story.past = { query: past(10, 12, 'major_outage') };
    expect(story.at(T0 + 20 * MINUTE, { query: 'degraded_performance' })).toBe('opened');
    expect(story.last?.affected).toMatchObject([
      { from: 'major_outage', to: 'degraded_performance' },
    ]);
    expect(story.incident).toMatchObject({ impact: 'critical', started_at: T0 + 10 * MINUTE });
  });

  it('is told with another that opens at the same time', () => {
    const story = new Story();
    story.past = { query: past(10, 12) };
    expect(story.at(T0 + 20 * MINUTE, { query: 'operational', upload: 'major_outage' })).toBe(
      'opened',
    );
    expect(story.incident.components).toEqual(['beijing.query', 'beijing.upload']);
  });

  it('of before the last one is another one', () => {
    const story = new Story();
    story.at(T0 + 20 * MINUTE, { query: 'major_outage' });
    story.at(T0 + 22 * MINUTE, { query: 'operational' });
    expect(story.at(T0 + 30 * MINUTE)).toBe('resolved');
    const { id } = story.incident;
    story.past = { query: past(21, 23) };
    expect(story.at(T0 + 31 * MINUTE)).toBeNull();
    story.past = { query: past(10, 12) };
    expect(story.at(T0 + 32 * MINUTE)).toBe('recovered');
    expect(story.incident.id).not.toBe(id);
    expect(story.incident.started_at).toBe(T0 + 10 * MINUTE);
  });

  it('of before the open one of the same function is not told as a change of it', () => {
    const story = new Story();
    story.at(T0 + 20 * MINUTE, { query: 'major_outage' });
    story.past = { query: past(10, 12) };
    expect(story.at(T0 + 21 * MINUTE)).toBeNull();
    expect(story.at(T0 + 22 * MINUTE, { query: 'operational' })).toBe('recovered');
    expect(story.incident.started_at).toBe(T0 + 10 * MINUTE);
  });

  it('is what would have been one: not two that were too short, however far apart', () => {
    const story = new Story();
    const less = (since: number, until: number) => past(since, until, 'degraded_performance');
    story.past = { query: [less(1, 2), less(11, 12)] };
    expect(story.at(T0 + 20 * MINUTE, { query: 'operational' })).toBeNull();
    story.past = { query: [less(1, 2), less(5, 10), past(11, 12)] };
    expect(story.at(T0 + 20 * MINUTE)).toBe('recovered');
    expect(story.incident).toMatchObject({ started_at: T0 + 5 * MINUTE, impact: 'major' });
  });

  it('of a drill is one of a drill', () => {
    const story = new Story();
    story.past = { query: { ...past(10, 12), simulated: true } };
    story.at(T0 + 20 * MINUTE, { query: 'operational' });
    expect(story.incident.simulated).toBe(true);
  });
});
