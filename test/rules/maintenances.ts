import { expect } from 'vitest';
import { ailmentOf } from '../../model/ailment.ts';
import type { Note, Transition } from '../../model/component.ts';
import { coversSince } from '../../model/maintenance/coverage.ts';
import { endProposedSince } from '../../model/maintenance/proposal.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { maintenance, T0 } from '../model/builders.ts';
import { Story } from '../model/incident/story.ts';
import { rowsOf } from './row.ts';

/** Announced from T0 for two hours. */
const ANNOUNCED = { announced_from: T0, announced_until: T0 + 2 * HOUR } as const;

const lived = (changed: Partial<Maintenance>) => maintenance({ ...ANNOUNCED, ...changed });

export const MAINTENANCES = [
  ...rowsOf('MAINTENANCE-1', {
    'covers its scope from its actual start to the earlier of its ends': () => {
      const covers = (actual_from: number, actual_until: number | null) => (at: number) =>
        coversSince(lived({ actual_from, actual_until }), 'beijing.query', at) !== null;
      const overrun = covers(T0 + MINUTE, null);
      expect([T0, T0 + MINUTE, T0 + 2 * HOUR - 1, T0 + 2 * HOUR].map(overrun)).toEqual([
        false,
        true,
        true,
        false,
      ]);
      const short = covers(T0, T0 + HOUR);
      expect([T0, T0 + HOUR - 1, T0 + HOUR].map(short)).toEqual([true, true, false]);
    },
  }),
  ...rowsOf('MAINTENANCE-2', {
    'what has failed since it ceased to cover it is an incident after 15 minutes': () => {
      const story = new Story();
      story.uncovered_since = { query: T0 };
      expect(story.at(T0, { query: 'major_outage' })).toBeNull();
      expect(story.at(T0 + 15 * MINUTE - 1)).toBeNull();
      expect(story.at(T0 + 15 * MINUTE)).toBe('opened');
      expect(story.incident.started_at).toBe(T0);
    },
    'at once if it was measured well since': () => {
      const story = new Story();
      story.uncovered_since = { query: T0 };
      expect(story.at(T0, { query: 'operational' })).toBeNull();
      story.uncovered_since = {};
      expect(story.at(T0 + SECOND, { query: 'major_outage' })).toBe('opened');
    },
  }),
  ...rowsOf('MAINTENANCE-3', {
    'ending it is proposed once all has been measured well for 15 minutes': () => {
      const proposed = (measured: State, ms: number) => isProposed([measured, 'operational'], ms);
      expect(proposed('operational', 15 * MINUTE - 1)).toBe(false);
      expect(proposed('operational', 15 * MINUTE)).toBe(true);
      expect(proposed('major_outage', HOUR)).toBe(false);
      // Nobody tells of it in the night.
      expect(isProposed(['operational', 'operational'], HOUR, true)).toBe(false);
    },
  }),
  ...rowsOf('MAINTENANCE-4', {
    'says maintenance past the announced time: still, not unannounced': () => {
      const reason = 'says_maintenance' as const;
      const failing: Note = { code: 'checks_failing', checks: ['a'], reason, detail: null };
      const ailment = (note: Note) => ailmentOf({ state: 'major_outage', notes: [note] });
      expect(ailment(failing)).toBe('says_maintenance');
      expect(ailment({ ...failing, was_announced: true })).toBe('still_maintained');
      expect(ailment({ ...failing, reason: 'http_status', was_announced: true })).toBe('outage');
    },
  }),
];

/** Of a maintenance of two functions, so measured since it began, after so long. */
function isProposed(measured: State[], ms: number, is_silent = false): boolean {
  const components = ['beijing.query', 'beijing.download'];
  const transitions = components.map(
    (component, i): Transition => ({
      component,
      from: 'operational',
      to: 'under_maintenance',
      since: T0,
      recorded_at: T0,
      cause: 'window',
      cause_ref: null,
      notes: [{ code: 'maintenance', maintenance_id: 'mnt', measured: measured[i] ?? 'unknown' }],
      simulated: false,
    }),
  );
  const now = T0 + ms;
  const statuses = components.map((component) => ({
    component,
    valid_until: now,
    notes: is_silent ? [{ code: 'quiet' as const, last_at: T0 }] : [],
  }));
  const it = { status: 'in_progress', actual_from: T0, components } as const;
  return endProposedSince({ ...it, components }, { statuses, transitions }, now) !== null;
}
