import { beforeEach, describe, expect, it } from 'vitest';
import { heldBack } from '../../../model/incident/telling.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story();
  story.settle_ms = MINUTE;
});

/** What is published from one instant to another, looked at every second, each with its second. */
function watch(from_s: number, to_s: number, state: (s: number) => 'operational' | 'major_outage') {
  const published: string[] = [];
  for (let s = from_s; s < to_s; s += 1) {
    const code = story.at(T0 + s * SECOND, { query: state(s) });
    if (code !== null) published.push(`${s} ${code}${story.last?.told ? ' told' : ''}`);
  }
  return published;
}

describe('a change of an incident', () => {
  it('is published once it has held, an opening at once', () => {
    expect(story.at(T0, { query: 'partial_outage' })).toBe('opened');
    expect(story.at(T0 + SECOND, { query: 'major_outage' })).toBeNull();
    expect(story.at(T0 + MINUTE)).toBeNull();
    expect(story.at(T0 + SECOND + MINUTE)).toBe('worse');
    expect(story.at(T0 + 2 * MINUTE, { download: 'degraded_performance' })).toBeNull();
    expect(story.at(T0 + 7 * MINUTE)).toBe('joined');
  });

  it('held only while we watched', () => {
    story.at(T0, { query: 'major_outage' });
    story.at(T0 + SECOND, { query: 'unknown' });
    story.blind_until = T0 + 5 * MINUTE;
    expect(story.at(T0 + 6 * MINUTE - 1)).toBeNull();
    expect(story.at(T0 + 6 * MINUTE)).toBe('unclear');
  });

  it('I9: 40 s down and 40 s well for 11 minutes are one opening and one end', () => {
    const flapping = (s: number) => (s < 660 && s % 80 < 40 ? 'major_outage' : 'operational');
    expect(watch(0, 1_500, flapping)).toEqual([
      '0 opened told',
      '720 recovered',
      '960 resolved told',
    ]);
  });

  it('is told when it gets worse or is down the first time, and when it is over', () => {
    const told = (at: number, states: Parameters<Story['at']>[1] = {}) => {
      const code = story.at(T0 + at * MINUTE, states);
      return code && `${code}${story.last?.told ? ' told' : ''}`;
    };
    expect(told(0, { query: 'degraded_performance', download: 'operational' })).toBeNull();
    expect(told(5)).toBe('opened told');
    told(6, { query: 'partial_outage' });
    expect(told(7)).toBe('worse told');
    told(8, { query: 'major_outage' });
    expect(told(9)).toBe('worse told');
    expect(told(10, { download: 'partial_outage' })).toBe('joined');
    expect(told(11)).toBeNull();
    told(12, { query: 'partial_outage' });
    expect(told(13)).toBe('better');
    expect(told(69)).toBeNull();
    // It has held for an hour, and nobody was told.
    expect(told(70)).toBe('still told');
    expect(story.last?.affected).toMatchObject([
      { component: 'beijing.query', from: 'major_outage', to: 'partial_outage' },
      { component: 'beijing.download', from: 'operational', to: 'partial_outage' },
    ]);
    told(80, { query: 'operational', download: 'operational' });
    expect(told(81)).toBe('recovered');
    expect(told(85)).toBe('resolved told');
  });
});

describe('a reopening', () => {
  it('is published at once, and told rarely, with how often it was not', () => {
    // Down for 2 minutes in every 15, so that each is over before the next.
    const state = (s: number) => (s % 900 < 120 ? 'major_outage' : 'operational');
    const published = watch(0, 6 * 3_600, state);
    const told = published.filter((it) => it.endsWith(' told'));
    expect(told.slice(0, 6)).toEqual([
      '0 opened told',
      '420 resolved told',
      // 10 minutes after what was told last, and no more than that.
      '960 still told',
      '1320 resolved told',
      // 30 minutes after that, as it fails then.
      '2760 still told',
      '3120 resolved told',
    ]);
    const still = story.known?.updates.filter(({ code }) => code === 'still') ?? [];
    const updates = story.known?.updates ?? [];
    expect(still.map((it) => heldBack(updates, it)).slice(0, 3)).toEqual([0, 1, 3]);
    // The end of what nobody was told of is not told either.
    expect(published.filter((it) => it.endsWith(' resolved')).length).toBeGreaterThan(5);
    // At most one an hour after that.
    expect(told.length).toBeLessThanOrEqual(2 * (2 + 2 + 5));
  });
});

describe('I5: a function that failed and is not known any more', () => {
  beforeEach(() => {
    story.at(T0, { query: 'major_outage', download: 'operational' });
    story.at(T0 + MINUTE, { query: 'unknown' });
  });

  it('makes it unclear, which is told once and never as over', () => {
    expect(story.at(T0 + 2 * MINUTE)).toBe('unclear');
    expect(story.last).toMatchObject({ status: 'unclear', told: true });
    expect(story.incident).toMatchObject({ monitoring_at: null, resolved_at: null });
    expect(story.at(T0 + 3 * HOUR)).toBeNull();
    story.at(T0 + 4 * HOUR, { query: 'major_outage' });
    expect(story.at(T0 + 4 * HOUR + MINUTE)).toBe('known');
    expect(story.incident.status).toBe('investigating');
    story.at(T0 + 5 * HOUR, { query: 'unknown' });
    expect(story.at(T0 + 5 * HOUR + MINUTE)).toBe('unclear');
    expect(story.last?.told).toBe(false);
  });

  it('is over once it was measured to be well for long enough', () => {
    story.at(T0 + 2 * MINUTE);
    story.at(T0 + 3 * MINUTE, { query: 'operational' });
    expect(story.at(T0 + 4 * MINUTE)).toBe('recovered');
    expect(story.at(T0 + 8 * MINUTE - 1)).toBeNull();
    expect(story.at(T0 + 8 * MINUTE)).toBe('resolved');
    expect(story.last?.told).toBe(true);
  });

  it('makes it so too where it was well, but not for long enough', () => {
    story.at(T0 + 2 * MINUTE, { query: 'operational' });
    expect(story.at(T0 + 3 * MINUTE)).toBe('recovered');
    story.at(T0 + 4 * MINUTE, { query: 'unknown' });
    expect(story.at(T0 + 5 * MINUTE)).toBe('unclear');
    expect(story.incident).toMatchObject({ status: 'unclear', monitoring_at: null });
    expect(story.last?.told).toBe(true);
    expect(story.at(T0 + 4 * MINUTE + DAY)).toBe('closed');
  });

  it('is told when it fails again', () => {
    story.at(T0 + 2 * MINUTE);
    story.at(T0 + 3 * MINUTE, { query: 'major_outage' });
    expect(story.at(T0 + 4 * MINUTE)).toBe('known');
    expect(story.last?.told).toBe(true);
  });

  it('is closed after a day, which is not told as its end', () => {
    story.at(T0 + 2 * MINUTE);
    expect(story.at(T0 + MINUTE + DAY - 1)).toBeNull();
    expect(story.at(T0 + MINUTE + DAY)).toBe('closed');
    expect(story.incident).toMatchObject({ status: 'resolved', monitoring_at: null });
    expect(story.last?.told).toBe(false);
  });

  it('is not closed because the clock was set forth', () => {
    story.at(T0 + 2 * MINUTE);
    // Not known for 10 minutes, and then for a day that never was.
    const from = T0 + 11 * MINUTE;
    story.time_that_never_was = [{ from, to: from + DAY }];
    expect(story.at(from + DAY)).toBeNull();
    expect(story.at(T0 + MINUTE + 2 * DAY - 1)).toBeNull();
    expect(story.at(T0 + MINUTE + 2 * DAY)).toBe('closed');
  });

  it('is so in part while another one fails, and wholly once that is well', () => {
    story.at(T0 + MINUTE, { download: 'partial_outage' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('joined');
    const other = new Story();
    other.settle_ms = MINUTE;
    other.at(T0, { query: 'major_outage', download: 'major_outage' });
    other.at(T0 + MINUTE, { query: 'unknown' });
    expect(other.at(T0 + 2 * MINUTE)).toBe('unclear_in_part');
    expect(other.incident.status).toBe('investigating');
    other.at(T0 + 3 * MINUTE, { download: 'operational' });
    expect(other.at(T0 + 4 * MINUTE)).toBe('unclear');
    expect(other.incident.status).toBe('unclear');
    expect(other.at(T0 + 2 * DAY)).toBe('closed');
  });

  it('stays in the hands of a person who took it over', () => {
    if (story.known)
      story.known = { ...story.known, incident: { ...story.incident, taken_over: true } };
    expect(story.at(T0 + 2 * MINUTE)).toBe('unclear');
    expect(story.incident.status).toBe('investigating');
    expect(story.at(T0 + 2 * DAY)).toBeNull();
  });
});

describe('an incident is left by no function', () => {
  it('that is well as another one begins to fail', () => {
    story.at(T0, { download: 'major_outage', query: 'operational' });
    story.at(T0 + MINUTE, { download: 'operational' });
    story.at(T0 + MINUTE + 10 * SECOND, { query: 'major_outage' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('recovered');
    expect(story.at(T0 + 2 * MINUTE + SECOND)).toBe('opened');
    expect(story.at(T0 + 6 * MINUTE)).toBe('resolved');
  });

  it.each(['unknown', 'under_maintenance'] as const)('that is %s as another is well', (state) => {
    story.at(T0, { download: 'major_outage', query: 'major_outage' });
    story.at(T0 + MINUTE, { download: 'operational' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('better');
    story.at(T0 + 3 * MINUTE, { download: state, query: 'operational' });
    expect(story.at(T0 + 4 * MINUTE)).toBe('better');
    const unclear = state === 'unknown' ? 'unclear' : null;
    expect(story.at(T0 + 4 * MINUTE + SECOND)).toBe(unclear);
    story.at(T0 + 5 * MINUTE, { download: 'operational' });
    expect(story.at(T0 + 6 * MINUTE)).toBe('recovered');
    expect(story.at(T0 + 10 * MINUTE)).toBe('resolved');
  });

  it('that is not known as another one begins to fail', () => {
    story.at(T0, { download: 'major_outage', query: 'operational' });
    story.at(T0 + MINUTE, { download: 'unknown' });
    story.at(T0 + MINUTE + 10 * SECOND, { query: 'major_outage' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('unclear');
    expect(story.at(T0 + 2 * MINUTE + SECOND)).toBe('opened');
    story.at(T0 + 3 * MINUTE, { download: 'major_outage' });
    // It goes on where it was: nothing else tells of it.
    expect(story.at(T0 + 4 * MINUTE)).toBe('known');
    expect(story.others.map(({ incident }) => incident.components)).toEqual([['beijing.query']]);
  });

  it('that is well while another that was in it fails elsewhere', () => {
    story.at(T0, { download: 'major_outage', query: 'major_outage' });
    story.at(T0 + MINUTE, { download: 'operational', query: 'unknown' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('unclear');
    story.at(T0 + 3 * MINUTE, { upload: 'major_outage' });
    story.at(T0 + 4 * MINUTE, { download: 'major_outage', query: 'operational' });
    expect(story.at(T0 + 5 * MINUTE)).toBe('recovered joined');
    story.at(T0 + 6 * MINUTE, { download: 'operational', upload: 'operational' });
    story.at(T0 + 7 * MINUTE);
    expect(story.at(T0 + 11 * MINUTE)).toBe('resolved resolved');
  });
});

describe('what nobody was told of', () => {
  it('is told though something else was told since', () => {
    story.at(T0, { download: 'major_outage', query: 'operational' });
    story.at(T0 + MINUTE, { download: 'partial_outage' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('better');
    story.at(T0 + 40 * MINUTE, { query: 'major_outage' });
    expect(story.at(T0 + 41 * MINUTE)).toBe('joined');
    expect(story.last?.told).toBe(true);
    expect(story.at(T0 + 2 * MINUTE + HOUR)).toBe('still');
    expect(story.last?.affected).toMatchObject([{ from: 'major_outage', to: 'partial_outage' }]);
  });

  it('is told once it has held for an hour, also as one ailment turned into another', () => {
    story.at(T0, { download: 'major_outage' });
    story.at(T0 + MINUTE, { download: 'partial_outage' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('better');
    story.notes = { download: [{ code: 'some_users_affected', bad: 3, n: 20 }] };
    story.ails_since = { download: T0 + 40 * MINUTE };
    expect(story.at(T0 + 41 * MINUTE)).toBe('better');
    expect(story.last?.told).toBe(false);
    expect(story.at(T0 + 2 * MINUTE + HOUR - 1)).toBeNull();
    expect(story.at(T0 + 2 * MINUTE + HOUR)).toBe('still');
    expect(story.last?.affected).toMatchObject([{ from: 'major_outage', to: 'partial_outage' }]);
  });

  it('goes without saying of what is well again', () => {
    story.at(T0, { query: 'major_outage', download: 'operational', upload: 'operational' });
    story.at(T0 + MINUTE, { upload: 'partial_outage' });
    expect(story.at(T0 + 2 * MINUTE)).toBe('joined');
    expect(story.at(T0 + 5 * MINUTE, { download: 'partial_outage' })).toBe('joined');
    expect(story.at(T0 + 6 * MINUTE)).toBeNull();
    expect(story.last?.told).toBe(false);
    story.at(T0 + 10 * MINUTE, { download: 'operational' });
    expect(story.at(T0 + 11 * MINUTE)).toBe('better');
    expect(story.at(T0 + 11 * MINUTE + HOUR)).toBeNull();
  });

  it('is told at once of each function that is down for the first time', () => {
    const fail = (minute: number, states: Parameters<Story['at']>[1]) => {
      story.at(T0 + minute * MINUTE, states);
      const code = story.at(T0 + (minute + 1) * MINUTE);
      return `${code}${story.last?.told ? ' told' : ''}`;
    };
    story.at(T0, { query: 'major_outage', download: 'operational', upload: 'operational' });
    expect(fail(1, { download: 'major_outage' })).toBe('joined told');
    expect(fail(3, { upload: 'major_outage' })).toBe('joined told');
    expect(fail(5, { download: 'unknown', upload: 'partial_outage' })).toBe('unclear_in_part told');
    expect(fail(7, { download: 'major_outage' })).toBe('known told');
    // Of both it was told.
    expect(fail(9, { upload: 'major_outage' })).toBe('worse');
    expect(fail(11, { query: 'operational', download: 'operational' })).toBe('better');
    expect(fail(13, { download: 'major_outage' })).toBe('worse');
  });

  it('is told at once of a function that never failed in it before', () => {
    story.at(T0, { download: 'major_outage', query: 'operational' });
    story.at(T0 + MINUTE, { download: 'operational' });
    story.at(T0 + 2 * MINUTE);
    expect(story.at(T0 + 6 * MINUTE)).toBe('resolved');
    expect(story.at(T0 + 7 * MINUTE, { download: 'major_outage' })).toBe('reopened');
    expect(story.last?.told).toBe(false);
    story.at(T0 + 7 * MINUTE, { query: 'major_outage' });
    expect(story.at(T0 + 8 * MINUTE)).toBe('joined');
    expect(story.last?.told).toBe(true);
  });
});

it('names those that are not known as a whole, beside what is well', () => {
  story.at(T0, { download: 'major_outage', query: 'major_outage' });
  story.at(T0 + MINUTE, { query: 'unknown' });
  expect(story.at(T0 + 2 * MINUTE)).toBe('unclear_in_part');
  story.at(T0 + 3 * MINUTE, { download: 'operational' });
  expect(story.at(T0 + 4 * MINUTE)).toBe('unclear');
  expect(story.last?.affected).toMatchObject([
    { component: 'beijing.download', from: 'major_outage', to: 'operational' },
    { component: 'beijing.query', from: 'major_outage', to: 'unknown' },
  ]);
});

describe('another ailment in the same state', () => {
  const failing = (reason: 'says_maintenance' | 'http_status') => [
    { code: 'checks_failing' as const, checks: ['q'], reason, detail: null },
  ];

  it.each([
    ['says_maintenance', 'http_status', 'worse'],
    ['http_status', 'says_maintenance', 'better'],
  ] as const)('%s, then %s: %s, once it has held', (first, then, code) => {
    story.notes = { query: failing(first) };
    expect(story.at(T0, { query: 'major_outage' })).toBe('opened');
    story.notes = { query: failing(then) };
    story.ails_since = { query: T0 + 5 * MINUTE };
    expect(story.at(T0 + 6 * MINUTE - 1)).toBeNull();
    expect(story.at(T0 + 6 * MINUTE)).toBe(code);
    const names = { says_maintenance: 'says_maintenance', http_status: 'outage' } as const;
    expect(story.last?.affected).toMatchObject([
      { from: 'major_outage', ailments: { from: names[first], to: names[then] } },
    ]);
    expect(story.at(T0 + 10 * MINUTE)).toBeNull();
    // What is less is told once it has held for an hour.
    expect(story.at(T0 + 6 * MINUTE + HOUR)).toBe(code === 'better' ? 'still' : null);
  });
});
