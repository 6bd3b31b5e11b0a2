import { expect, test } from 'vitest';
import type { Told } from '../../../model/correction.ts';
import {
  isRightAfter,
  uncoveredWithoutSuccess,
  wasRightAfter,
} from '../../../model/maintenance/aftermath.ts';
import { MINUTE } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import { T0 } from '../builders.ts';

const minute = (n: number) => T0 + n * MINUTE;

/** States by the minute since which they are told. */
function told(...states: [number, State][]): Told {
  return states.map(([since, to]) => ({
    to,
    since: minute(since),
    cause: 'result',
    cause_ref: null,
    notes: [],
    simulated: false,
  }));
}

const WINDOW: [number, State][] = [
  [0, 'operational'],
  [10, 'under_maintenance'],
];

test.each<[string, Told, number | null]>([
  ['nothing was told', told(), null],
  ['there was no maintenance', told([0, 'major_outage']), null],
  ['it is covered', told(...WINDOW), null],
  ['it fails since the end', told(...WINDOW, [20, 'major_outage']), 20],
  ['it was not known in between', told(...WINDOW, [20, 'unknown'], [25, 'major_outage']), 20],
  ['it is well since the end', told(...WINDOW, [20, 'operational']), null],
  [
    'it was well in between',
    told(...WINDOW, [20, 'major_outage'], [22, 'operational'], [25, 'major_outage']),
    null,
  ],
  [
    'of two maintenances the last counts',
    told(...WINDOW, [20, 'operational'], [30, 'under_maintenance'], [40, 'partial_outage']),
    40,
  ],
])('since when it is uncovered without success: %s', (_, states, since) => {
  expect(uncoveredWithoutSuccess(states)).toBe(since === null ? null : minute(since));
});

test('M4: of one that passed unseen it is since its announced end', () => {
  const passed_at = minute(20);
  const failing = told([0, 'operational'], [12, 'unknown'], [25, 'major_outage']);
  expect(uncoveredWithoutSuccess(failing, passed_at)).toBe(passed_at);
  const well = told([0, 'operational'], [12, 'unknown'], [22, 'operational'], [25, 'major_outage']);
  expect(uncoveredWithoutSuccess(well, passed_at)).toBeNull();
  // It was well until then, as far as is known.
  expect(uncoveredWithoutSuccess(told([0, 'operational']), passed_at)).toBeNull();
});

test('what is over within 15 minutes of the end was right after it', () => {
  const states = told(...WINDOW, [20, 'major_outage'], [30, 'operational'], [40, 'major_outage']);
  const past = (since: number, until: number) => ({ since: minute(since), until: minute(until) });
  expect(wasRightAfter(states, past(20, 30))).toBe(true);
  expect(wasRightAfter(states, past(20, 35))).toBe(false);
  expect(wasRightAfter(states, past(40, 41))).toBe(false);
  expect(isRightAfter(minute(20), minute(35) - 1)).toBe(true);
  expect(isRightAfter(minute(20), minute(35))).toBe(false);
  expect(isRightAfter(null, minute(20))).toBe(false);
});
