import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

test('nothing has recovered while one has not been well for long enough', () => {
  const story = new Story();
  story.settle_ms = MINUTE;
  story.at(T0, { query: 'major_outage', download: 'major_outage' });
  story.at(T0 + 2 * MINUTE, { query: 'operational' });
  story.at(T0 + 2 * MINUTE + 30 * SECOND, { download: 'operational' });
  expect(story.at(T0 + 3 * MINUTE)).toBe('better');
  story.at(T0 + 3 * MINUTE + 10 * SECOND, { download: 'major_outage' });
  expect(story.at(T0 + HOUR)).toBeNull();
  expect(story.incident).toMatchObject({ status: 'investigating', monitoring_at: null });
  story.at(T0 + HOUR, { download: 'operational' });
  expect(story.at(T0 + HOUR + MINUTE)).toBe('recovered');
});

test('nor while another is not known to be, of which it is told that it fails', () => {
  const story = new Story();
  story.settle_ms = MINUTE;
  story.at(T0, { query: 'major_outage', download: 'major_outage' });
  story.at(T0 + MINUTE, { query: 'unknown', download: 'unknown' });
  expect(story.at(T0 + 2 * MINUTE)).toBe('unclear');
  story.at(T0 + 3 * MINUTE, { query: 'operational' });
  story.at(T0 + 3 * MINUTE + 30 * SECOND, { download: 'operational' });
  expect(story.at(T0 + 4 * MINUTE)).toBe('better');
  story.at(T0 + 4 * MINUTE + 10 * SECOND, { download: 'major_outage' });
  expect(story.at(T0 + 5 * MINUTE + 10 * SECOND)).toBe('known');
  expect(story.last).toMatchObject({ told: true, status: 'investigating' });
});
