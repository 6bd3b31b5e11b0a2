import { expect, test } from 'vitest';
import { judgeSyncComponent } from '../../collector/judging/sync.ts';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { emptySyncMemory, withJourney, withLooks } from '../../collector/state/sync-memory.ts';
import type { Policy } from '../../model/configuration.ts';
import type { Journey } from '../../model/journey.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import { journey } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';

const NOW = START + 30 * HOUR;

/** A minute and a half is usual for the slowest at this hour. */
const USUAL: UsualDelay = {
  check: 'bureau-sync',
  from: NOW - HOUR,
  to: NOW + HOUR,
  median_ms: 30 * SECOND,
  p99_ms: 90 * SECOND,
  apart_ms: null,
  hours: 'same',
};

/** What is known of them, each looked at for the last time a minute ago. */
function youngOf(journeys: readonly Journey[], policy: Partial<Policy> = {}) {
  const site = siteOf(configuration({ slow_wait_ms: null, overdue_after_ms: null, ...policy }));
  const component = site.components.get('bureau.sync');
  if (!component) throw new Error('no sync');
  const live = emptyLiveState(site, START);
  live.usual = new Map([['bureau-sync', [USUAL]]]);
  const memory = journeys.reduce(
    (before, it) =>
      withLooks(withJourney(before, { ...it, state: 'waiting' }), [
        { journey: it, finding: it.state === 'arrived' ? 'found' : 'absent', gaps: [] },
      ]),
    emptySyncMemory(),
  );
  const { change } = judgeSyncComponent({ live, now: NOW }, component, memory);
  return change.after.sync?.young;
}

const arrived = (age_ms: number, i = 0) =>
  journey(NOW - age_ms + i, {
    state: 'arrived',
    first_present_at: NOW - age_ms + i + 20 * SECOND,
    last_answered_at: NOW - age_ms + i + 20 * SECOND,
  });

const waiting = (age_ms: number, i = 0) =>
  journey(NOW - age_ms + i, {
    last_absent_at: NOW - MINUTE,
    last_answered_at: NOW - MINUTE,
  });

const fifty = (one: (age_ms: number, i: number) => Journey, age_ms: number) =>
  Array.from({ length: 50 }, (_, i) => one(age_ms, i));

test('W5: none is due, and the only one that there is, is overdue', () => {
  expect(youngOf([waiting(3 * MINUTE)])).toEqual({ n: 1, overdue: 1, limit_ms: 90 * SECOND });
});

test('S3: 50 arrived, 50 wait for 3 h of a promised day', () => {
  const all = [...fifty(arrived, 4 * HOUR), ...fifty(waiting, 3 * HOUR)];
  expect(youngOf(all)).toEqual({ n: 100, overdue: 50, limit_ms: 90 * SECOND });
});

test('those whose promised time has passed are not among them', () => {
  const all = [waiting(3 * HOUR), waiting(25 * HOUR), arrived(DAY), arrived(HOUR)];
  expect(youngOf(all)).toMatchObject({ n: 2, overdue: 1 });
  expect(youngOf(all, { visible_within_ms: 2 * HOUR })).toMatchObject({ n: 1, overdue: 0 });
});

test('nothing is overdue that nobody looked for when it was', () => {
  const unseen = journey(NOW - HOUR, { last_absent_at: NOW - HOUR + 80 * SECOND });
  expect(youngOf([unseen])).toMatchObject({ n: 1, overdue: 0 });
});

test('a configured limit counts; one above the promise tells nothing before it', () => {
  const all = [waiting(10 * MINUTE), waiting(3 * HOUR)];
  expect(youngOf(all, { overdue_after_ms: HOUR })).toEqual({ n: 2, overdue: 1, limit_ms: HOUR });
  expect(youngOf(all, { overdue_after_ms: DAY })).toBeNull();
});
