import { expect } from 'vitest';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { T0 } from '../model/builders.ts';
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
];
