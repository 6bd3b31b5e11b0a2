import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story();
  story.settle_ms = MINUTE;
});

describe('a reopening of which nobody was told', () => {
  it('is told in its time, though another function failed meanwhile', () => {
    const published = story.watch(2_000, {
      0: { download: 'major_outage', query: 'operational' },
      60: { download: 'operational' },
      420: { download: 'major_outage' },
      430: { query: 'partial_outage' },
      1300: { query: 'operational', download: 'operational' },
    });
    expect(published).toEqual([
      '0 opened told',
      '120 recovered',
      '360 resolved told',
      '420 reopened',
      '430 joined',
      // Nobody had ever heard of it.
      '490 joined told',
      // 10 minutes after what was told to begin before.
      '600 still told',
      '1360 recovered',
      '1600 resolved told',
    ]);
    expect(story.known?.updates.at(6)?.affected).toMatchObject([
      { component: 'beijing.download', from: 'operational', to: 'major_outage' },
    ]);
  });

  it('has an end that is told where anything of it was', () => {
    const published = story.watch(1_000, {
      0: { download: 'major_outage', query: 'operational' },
      60: { download: 'operational' },
      400: { download: 'major_outage' },
      410: { query: 'partial_outage' },
      500: { query: 'operational', download: 'operational' },
    });
    expect(published.slice(3)).toEqual([
      '400 reopened',
      '410 joined',
      '470 joined told',
      '560 recovered',
      '800 resolved told',
    ]);
  });

  it('says of what it told that it is not known any more', () => {
    const published = story.watch(600, {
      0: { download: 'major_outage', query: 'operational' },
      20: { download: 'unknown' },
      100: { download: 'operational' },
      420: { download: 'major_outage' },
      430: { query: 'partial_outage' },
      500: { query: 'unknown' },
    });
    expect(published.slice(1)).toEqual([
      '80 unclear told',
      '160 recovered',
      '400 resolved told',
      '420 reopened',
      '430 joined',
      '490 joined told',
      // Once before that end, once after.
      '560 unclear_in_part told',
    ]);
  });
});

it('what is reopened after it was closed is told as known again', () => {
  story.at(T0, { query: 'major_outage' });
  story.at(T0 + MINUTE, { query: 'unknown' });
  expect(story.at(T0 + 2 * MINUTE)).toBe('unclear');
  expect(story.at(T0 + MINUTE + DAY)).toBe('closed');
  expect(story.at(T0 + 2 * MINUTE + DAY, { query: 'major_outage' })).toBe('reopened');
  expect(story.last?.told).toBe(true);
  story.at(T0 + 10 * MINUTE + DAY, { query: 'operational' });
  expect(story.at(T0 + 11 * MINUTE + DAY)).toBe('recovered');
  expect(story.at(T0 + 15 * MINUTE + DAY)).toBe('resolved');
  expect(story.last?.told).toBe(true);
});
