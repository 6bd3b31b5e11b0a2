import { expect } from 'vitest';
import { commonCause } from '../../model/incident/common-cause.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { incident, T0 } from '../model/builders.ts';
import { Story } from '../model/incident/story.ts';
import { rowsOf } from './row.ts';

export const INCIDENTS = [
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
  ...rowsOf('INCIDENT-5', {
    'a change counts once it has held for a minute': () => {
      const story = settling();
      story.at(T0, { query: 'partial_outage' });
      expect(story.at(T0 + SECOND, { query: 'major_outage' })).toBeNull();
      expect(story.at(T0 + MINUTE)).toBeNull();
      expect(story.at(T0 + MINUTE + SECOND)).toBe('worse');
    },
  }),
  ...rowsOf('INCIDENT-6', {
    'I5: closed when a function was not known for a day': () => {
      const story = settling();
      story.at(T0, { query: 'major_outage' });
      story.at(T0 + MINUTE, { query: 'unknown' });
      expect(story.at(T0 + HOUR)).toBe('unclear');
      expect(story.at(T0 + MINUTE + DAY - 1)).toBeNull();
      expect(story.at(T0 + MINUTE + DAY)).toBe('closed');
    },
  }),
  ...rowsOf('INCIDENT-7', {
    'what nobody was told of is told once it has held for an hour': () => {
      const story = settling();
      story.at(T0, { query: 'major_outage' });
      story.at(T0 + MINUTE, { query: 'partial_outage' });
      expect(story.at(T0 + 2 * MINUTE)).toBe('better');
      expect(story.last?.told).toBe(false);
      expect(story.at(T0 + 2 * MINUTE + HOUR - 1)).toBeNull();
      expect(story.at(T0 + 2 * MINUTE + HOUR)).toBe('still');
      expect(story.last?.told).toBe(true);
    },
    'reopenings 10, 30 and 60 minutes after what was told to begin before': () => {
      // With the second look at it.
      expect(toldReopenings()).toEqual([841, 2_941, 6_721, 10_501]);
    },
  }),
  ...rowsOf('INCIDENT-8', {
    'I10: those that begin within a minute for a declared cause have a common one': () => {
      const causes = new Map(['a.sync', 'b.sync'].map((it) => [it, new Set(['system c'])]));
      const begun = (system: string, started_at: number) =>
        incident({
          id: system,
          system,
          components: [`${system}.sync`],
          started_at,
          created_at: started_at,
        });
      const causeAfter = (ms: number) => commonCause(begun('b', T0 + ms), [begun('a', T0)], causes);
      expect([causeAfter(MINUTE), causeAfter(MINUTE + 1)]).toEqual(['a', null]);
    },
  }),
];

function settling(): Story {
  const story = new Story();
  story.settle_ms = DEFAULT_POLICY.settle_ms;
  return story;
}

/**
 * In which seconds it is told of a function that fails for a minute in every 7 that it does so
 * again: in each of them it fails anew, and is over before the next.
 */
function toldReopenings(): number[] {
  const story = new Story();
  const told: number[] = [];
  for (let s = 0; s < 3 * 3_600; s += 1) {
    const code = story.at(T0 + s * SECOND, {
      query: s % 420 < 60 ? 'major_outage' : 'operational',
    });
    if (code === 'still' && story.last?.told) told.push(s);
  }
  return told;
}
