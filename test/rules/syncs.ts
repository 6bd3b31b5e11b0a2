import { expect } from 'vitest';
import { judgeSyncComponent } from '../../collector/judging/sync.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import type { Journey } from '../../model/journey.ts';
import { judgeSync, lookDistanceMs, type SyncInput } from '../../model/judge/sync.ts';
import { watermarkOf } from '../../model/judge/watermark.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { configuration } from '../collector/configuration.ts';
import { judgedSite } from '../collector/judged-site.ts';
import { journey, T0 } from '../model/builders.ts';
import { Story } from '../model/incident/story.ts';
import { rowsOf } from './row.ts';

const NOW = T0 + 48 * HOUR;

/** Journeys accepted so long ago, still looked at without an answer that they are there. */
const waiting = (n: number, age_ms: number): Journey[] =>
  Array.from({ length: n }, (_, i) =>
    journey(NOW - age_ms, { id: `w${age_ms}-${i}`, last_answered_at: NOW - SECOND }),
  );

function stateOf(changed: Partial<SyncInput>): string {
  return judgeSync({
    waiting: waiting(5, HOUR),
    last_answer: { at: NOW - SECOND, next_distance_ms: 5 * SECOND },
    last_arrival_at: NOW - HOUR,
    recent: [],
    watched_since: T0,
    was_stalled: false,
    now: NOW,
    policy: DEFAULT_POLICY,
    window: null,
    ...changed,
  }).state;
}

const quick = (n: number) =>
  Array.from({ length: n }, () => ({ duration_ms: 2 * MINUTE, censored: false }));

/** The sync of a site in which so many wait for so long, and 20 came at once. */
function ofSite(n: number, age_ms: number, delay_ms: number | null = 9 * SECOND): string {
  const { site, live } = judgedSite(configuration({ slow_wait_ms: MINUTE }));
  const component = site.components.get('bureau.sync');
  if (!component) throw new Error('no sync');
  const memory = {
    ...emptySyncMemory(),
    waiting: new Map(waiting(n, age_ms).map((it) => [it.id, it])),
    last_answer: { at: NOW - SECOND, next_distance_ms: 10 * MINUTE },
    watched_since: T0,
    last_arrival_at: NOW - SECOND,
    arrivals: Array.from({ length: 20 }, () => ({
      at: NOW - SECOND,
      accepted_at: NOW - 10 * SECOND,
      from_ms: delay_ms ?? 0,
      to_ms: delay_ms ?? HOUR,
      is_delay_known: delay_ms !== null,
    })),
  };
  return judgeSyncComponent({ live, now: NOW }, component, memory).change.after.state;
}

/** What becomes of a journey of that age when time passes. */
function ofAge(age_ms: number): string | undefined {
  const site = judgedSite();
  const [old] = waiting(1, age_ms);
  if (!old) throw new Error('no journey');
  const kept = { ...old, component: 'bureau.sync' };
  site.live.syncs.set('bureau.sync', {
    ...emptySyncMemory(),
    waiting: new Map([[kept.id, kept]]),
  });
  return site.wait(NOW)?.journeys?.[0]?.state;
}

export const SYNCS = [
  ...rowsOf('SYNC-1', {
    'the next look after a tenth of the age, from 5 s to 10 min': () => {
      expect(lookDistanceMs(0)).toBe(5_000);
      expect(lookDistanceMs(60_000)).toBe(6_000);
      expect(lookDistanceMs(5 * HOUR)).toBe(10 * MINUTE);
    },
  }),
  ...rowsOf('SYNC-2', {
    'stalled when 5 wait and nothing arrived for 10 min': () => {
      expect(stateOf({ last_arrival_at: NOW - 10 * MINUTE })).toBe('partial_outage');
      expect(stateOf({ last_arrival_at: NOW - 10 * MINUTE + 1 })).toBe('operational');
      expect(stateOf({ waiting: waiting(4, HOUR) })).toBe('operational');
    },
    'it goes on after a time in which nobody looked, until something arrives': () => {
      const watched_since = NOW - SECOND;
      expect(stateOf({ watched_since })).toBe('operational');
      expect(stateOf({ watched_since, was_stalled: true })).toBe('partial_outage');
      expect(stateOf({ watched_since, was_stalled: true, waiting: waiting(5, 25 * HOUR) })).toBe(
        'major_outage',
      );
      expect(stateOf({ watched_since, was_stalled: true, waiting: waiting(4, HOUR) })).toBe(
        'operational',
      );
    },
    'major once the oldest waits longer than 24 h': () => {
      expect(stateOf({ waiting: waiting(5, 24 * HOUR) })).toBe('partial_outage');
      expect(stateOf({ waiting: waiting(5, 24 * HOUR + 1) })).toBe('major_outage');
    },
  }),
  ...rowsOf('SYNC-3', {
    'unknown without an answer for twice the distance to the next look': () => {
      const answer = (ago_ms: number) => ({ at: NOW - ago_ms, next_distance_ms: 5 * SECOND });
      const none = { waiting: [journey(NOW - HOUR, { last_answered_at: NOW - 13 * MINUTE })] };
      const late = {
        waiting: [journey(NOW - HOUR, { looks: 9, last_answered_at: NOW - 8 * MINUTE })],
      };
      expect(stateOf({ ...none, last_answer: answer(10 * SECOND) })).toBe('operational');
      expect(stateOf({ ...none, last_answer: answer(10 * SECOND + 1) })).toBe('unknown');
      expect(stateOf({ ...late, last_answer: answer(HOUR) })).toBe('operational');
    },
  }),
  ...rowsOf('SYNC-4', {
    'slow by the median of at least 20': () => {
      const policy = { ...DEFAULT_POLICY, slow_wait_ms: MINUTE };
      const at = { policy, last_arrival_at: NOW, waiting: [] };
      expect(stateOf({ ...at, recent: quick(20) })).toBe('degraded_performance');
      expect(stateOf({ ...at, recent: quick(19) })).toBe('operational');
    },
    'those whose delay nobody knows say nothing': () => {
      expect(ofSite(15, 45 * MINUTE)).toBe('operational');
      expect(ofSite(20, 45 * MINUTE, null)).toBe('degraded_performance');
      expect(ofSite(19, 45 * MINUTE, null)).toBe('operational');
    },
    'of those accepted within the hour': () => {
      expect(ofSite(30, 90 * MINUTE)).toBe('operational');
      expect(ofSite(30, 45 * MINUTE)).toBe('degraded_performance');
    },
  }),
  ...rowsOf('SYNC-5', {
    'lost after 72 h': () => {
      expect(ofAge(72 * HOUR + 1)).toBe('lost');
      expect(ofAge(72 * HOUR)).toBeUndefined();
    },
  }),
  ...rowsOf('SYNC-6', {
    'one that 20 later ones have overtaken does not hold the watermark back': () => {
      const overtakenBy = (n: number) => {
        const latest_arrived = Array.from({ length: n }, (_, i) => T0 + (i + 1) * SECOND);
        const accepted = [T0, ...latest_arrived];
        return watermarkOf({ waiting: [T0], latest_arrived, accepted });
      };
      expect(overtakenBy(20)).toEqual({ at: T0 + 20 * SECOND, stragglers: [T0] });
      expect(overtakenBy(19)).toEqual({ at: T0 - 1, stragglers: [] });
    },
    'no more than 1 % of the journeys of a day, but one': () => {
      const twoWaitOf = (n: number) => {
        const arrived = Array.from({ length: n - 2 }, (_, i) => T0 + (i + 2) * SECOND);
        const waiting = [T0, T0 + SECOND];
        const accepted = [...waiting, ...arrived];
        return watermarkOf({ waiting, latest_arrived: arrived, accepted }).stragglers.length;
      };
      expect(twoWaitOf(200)).toBe(2);
      // The second one is not left out: up to it, it is one.
      expect(twoWaitOf(199)).toBe(1);
    },
  }),
  ...rowsOf('INCIDENT-1', {
    'degraded opens one after 5 minutes': () => {
      const story = new Story();
      expect(story.at(T0, { query: 'degraded_performance' })).toBeNull();
      expect(story.at(T0 + 5 * MINUTE - 1)).toBeNull();
      expect(story.at(T0 + 5 * MINUTE)).toBe('opened');
    },
  }),
  ...rowsOf('INCIDENT-2', {
    'resolved after 5 minutes in which all is well': () => {
      const story = new Story();
      story.at(T0, { query: 'major_outage' });
      story.at(T0 + MINUTE, { query: 'operational' });
      expect(story.at(T0 + 6 * MINUTE - 1)).toBeNull();
      expect(story.at(T0 + 6 * MINUTE)).toBe('resolved');
    },
  }),
  ...rowsOf('INCIDENT-3', {
    'reopened when the same fails within 10 minutes': () => {
      const failsAfter = (ms: number) => {
        const story = new Story();
        story.at(T0, { query: 'major_outage' });
        story.at(T0 + MINUTE, { query: 'operational' });
        story.at(T0 + HOUR);
        return story.at(T0 + HOUR + ms, { query: 'major_outage' });
      };
      expect(failsAfter(10 * MINUTE)).toBe('reopened');
      expect(failsAfter(10 * MINUTE + 1)).toBe('opened');
    },
  }),
  ...rowsOf('INCIDENT-4', {
    'known only when it is over: it begins as recovered': () => {
      const overWithin = (state: State, ms: number) => {
        const story = new Story();
        story.past = { query: { since: T0, until: T0 + ms, state, notes: [], simulated: false } };
        return story.at(T0 + HOUR, { query: 'operational' });
      };
      expect(overWithin('partial_outage', 1)).toBe('recovered');
      expect(overWithin('degraded_performance', 5 * MINUTE)).toBe('recovered');
      expect(overWithin('degraded_performance', 5 * MINUTE - 1)).toBeNull();
    },
  }),
];
