import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story();
  story.settle_ms = MINUTE;
});

const seconds = (ms: number | null) => (ms === null ? null : (ms - T0) / SECOND);

describe('what fails again for less than is told, while it is watched to be well', () => {
  it('moves when it was well, and is told of with its end', () => {
    const published = story.watch(700, {
      0: { query: 'degraded_performance' },
      480: { query: 'operational' },
      600: { query: 'major_outage' },
      640: { query: 'operational' },
    });
    expect(published).toEqual(['300 opened told', '540 recovered']);
    expect(story.at(T0 + 700 * SECOND)).toBe('recovered');
    expect(story.last).toMatchObject({ told: false, affected: [{ from: 'major_outage' }] });
    expect([seconds(story.incident.monitoring_at), story.incident.impact]).toEqual([
      700,
      'critical',
    ]);
    expect(story.at(T0 + 939 * SECOND)).toBeNull();
    // Five minutes after the second time that it was well.
    expect(story.at(T0 + 940 * SECOND)).toBe('resolved');
  });

  it('waits for another that fails, or is not known', () => {
    const published = story.watch(1_000, {
      0: { query: 'major_outage', download: 'major_outage' },
      60: { query: 'operational', download: 'operational' },
      150: { query: 'major_outage' },
      190: { query: 'operational' },
      240: { download: 'unknown' },
      290: { download: 'operational' },
    });
    expect(published).toEqual([
      '0 opened told',
      '120 recovered',
      '290 recovered',
      '590 resolved told',
    ]);
  });

  it('is part of it also while another one fails', () => {
    const published = story.watch(400, {
      0: { query: 'major_outage', download: 'partial_outage' },
      60: { query: 'operational' },
      200: { query: 'major_outage' },
      230: { query: 'operational' },
    });
    expect(published).toEqual(['0 opened told', '120 better', '290 better']);
  });

  it('is published once where a person has taken it over', () => {
    story.watch(130, { 0: { query: 'major_outage' }, 60: { query: 'operational' } });
    if (story.known)
      story.known = { ...story.known, incident: { ...story.incident, taken_over: true } };
    story.at(T0 + 140 * SECOND, { query: 'major_outage' });
    story.at(T0 + 180 * SECOND, { query: 'operational' });
    expect(story.at(T0 + 240 * SECOND)).toBe('recovered');
    expect(story.at(T0 + 241 * SECOND)).toBeNull();
  });
});

describe('an outage of another function, while one fails', () => {
  it('is part of the incident at once, and not told where it does not hold', () => {
    const published = story.watch(400, {
      0: { query: 'partial_outage', download: 'operational' },
      100: { download: 'major_outage' },
      150: { download: 'operational' },
    });
    expect(published).toEqual(['0 opened told', '100 joined', '210 better']);
    expect(story.incident).toMatchObject({
      impact: 'critical',
      components: ['beijing.query', 'beijing.download'],
    });
  });

  it('is told once it has held, as what it began as', () => {
    const published = story.watch(400, {
      0: { query: 'partial_outage', download: 'operational' },
      100: { download: 'major_outage' },
    });
    expect(published).toEqual(['0 opened told', '100 joined', '160 joined told']);
    expect(story.last?.affected).toMatchObject([
      { component: 'beijing.download', from: 'operational', to: 'major_outage' },
    ]);
  });

  it('waits to see whether it is of it where the other is well by now', () => {
    const published = story.watch(300, {
      0: { query: 'major_outage', download: 'operational' },
      60: { query: 'operational' },
      70: { download: 'major_outage' },
    });
    expect(published).toEqual(['0 opened told', '120 recovered', '121 opened told']);
  });
});

it('slow for 6 minutes and well for 7, again and again, is one incident', () => {
  const states: Record<number, Record<string, State>> = {};
  for (let minute = 0; minute < 39; minute += 13) {
    states[60 * minute] = { query: 'degraded_performance' };
    states[60 * (minute + 6)] = { query: 'operational' };
  }
  expect(story.watch(39 * 60, states)).toEqual([
    '300 opened told',
    '420 recovered',
    '660 resolved told',
    // Slow again 2 minutes after that, for 5 minutes by then; well a minute later.
    '1080 reopened',
    '1200 recovered',
    '1440 resolved',
    '1860 reopened',
    '1980 recovered',
    '2220 resolved',
  ]);
  expect(story.others).toEqual([]);
});
