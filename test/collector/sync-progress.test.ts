import { expect, test } from 'vitest';
import { judgeSyncComponent } from '../../collector/judging/sync.ts';
import { advance } from '../../collector/state/live-state.ts';
import { emptySyncMemory, type SyncMemory } from '../../collector/state/sync-memory.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { journey } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { judgedSite } from './judged-site.ts';

const NOW = START + 2 * DAY;
const SYNC = 'bureau.sync';

/** What is told of a sync because it is so late, after it was told at NOW. */
function toldOf(given: Partial<SyncMemory>) {
  const { site, live, wait } = judgedSite(configuration({ stalled_after_ms: HOUR }));
  const component = site.components.get(SYNC);
  if (!component) throw new Error('no sync');
  const known = {
    ...emptySyncMemory(),
    last_answer: { at: NOW - SECOND, next_distance_ms: 5 * SECOND },
    watched_since: START,
    last_arrival_at: NOW - HOUR,
    latest_arrived: [NOW - HOUR],
    ...given,
  };
  const { change, memory } = judgeSyncComponent({ live, now: NOW }, component, known);
  advance(live, { recording: { components: [change.after] }, syncs: [[SYNC, memory]] });
  return (after_ms: number) =>
    wait(NOW + after_ms)?.components?.find((it) => it.component === SYNC) ?? null;
}

test('what is of the last 24 hours is told anew within a minute, and only if it changed', () => {
  const told = toldOf({ accepted: [NOW - DAY + 10 * SECOND, NOW - DAY + 90 * SECOND, NOW - HOUR] });
  expect(told(MINUTE - 1)).toBeNull();
  expect(told(MINUTE)).toMatchObject({ sync: { sample: 2 } });
  expect(told(100 * SECOND)).toBeNull();
  expect(told(2 * MINUTE)).toMatchObject({ sync: { sample: 1 } });
  expect(told(4 * MINUTE)).toBeNull();
});

test('delays are those of now, and what is lost is forgotten after seven days', () => {
  const seen = { from_ms: MINUTE, to_ms: 2 * MINUTE, is_delay_known: true };
  const arrival = (accepted_at: number) => ({ at: accepted_at + MINUTE, accepted_at, ...seen });
  const told = toldOf({
    arrivals: [arrival(NOW - 8 * HOUR + SECOND), arrival(NOW - HOUR)],
    lost: [NOW - 7 * DAY + SECOND],
  });
  expect(told(MINUTE)).toMatchObject({
    sync: { lost: 0, delays: { n: 1, over_ms: 8 * HOUR } },
  });
});

test('a stall after it lost some is told by time alone, in the same state', () => {
  const waits = (ago_ms: number, i: number) =>
    journey(NOW - ago_ms + i, {
      component: SYNC,
      looks: 9,
      last_absent_at: NOW - SECOND,
      last_answered_at: NOW - SECOND,
    });
  const missing = [0, 1, 2, 3].map((i) => waits(70 * MINUTE, i));
  const behind = [0, 1, 2, 3, 4].map((i) => waits(60 * MINUTE, i));
  const arrival = { accepted_at: NOW - 65 * MINUTE, at: NOW - HOUR + 30 * SECOND };
  const seen = { from_ms: MINUTE, to_ms: 6 * MINUTE, is_delay_known: true };
  const told = toldOf({
    waiting: new Map([...missing, ...behind].map((it) => [it.id, it])),
    accepted: [...missing, arrival, ...behind].map((it) => it.accepted_at),
    arrivals: [{ ...arrival, ...seen }],
    last_arrival_at: arrival.at,
    latest_arrived: [arrival.accepted_at],
  });
  expect(told(30 * SECOND - 1)).toBeNull();
  expect(told(30 * SECOND)).toMatchObject({
    state: 'partial_outage',
    notes: [{ code: 'stalled' }],
    course: { phase: 'stalled', stall: { from: NOW - HOUR, to: null } },
  });
});

test('what was never told of is not, because it is late', () => {
  const { live, wait } = judgedSite();
  live.syncs.set(SYNC, emptySyncMemory());
  expect(wait(NOW)?.components ?? []).toEqual([]);
});
