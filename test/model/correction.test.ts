import { describe, expect, it, test } from 'vitest';
import type { Transition } from '../../model/component.ts';
import { correctionOf, toldAfter } from '../../model/correction.ts';
import { spansOf } from '../../model/ledger.ts';
import { STATES, type State } from '../../model/vocabulary.ts';
import { createRandom } from '../random.ts';
import { transition } from './builders.ts';

const COMPONENT = 'bureau.query';

const row = (from: State, to: State, since: number): Transition => ({
  ...transition(since, to, COMPONENT),
  from,
});

/** One after the other, from well since 1. */
function rows(...states: [State, number][]): Transition[] {
  return states.map(([to, since], i) => row(states[i - 1]?.[0] ?? 'operational', to, since));
}

function corrected(told: Transition[], derived: Transition[]) {
  return correctionBetween(row('unknown', 'operational', 1), told, derived);
}

/** Of what was told and derived after the same beginning. */
function correctionBetween(before: Transition, told: Transition[], derived: Transition[]) {
  return correctionOf({
    component: COMPONENT,
    told: toldAfter([], [before, ...told], 0),
    derived: [before, ...derived],
    now: 99,
  });
}

test.each([
  ['nothing', rows(['unknown', 10]), rows(['unknown', 10]), []],
  ['a state of no length', rows(['unknown', 10]), rows(['major_outage', 10], ['unknown', 10]), []],
  [
    'a beginning that was earlier',
    rows(['major_outage', 30]),
    rows(['major_outage', 10]),
    [['major_outage', 'major_outage', 10]],
  ],
  [
    'a beginning that was later',
    rows(['major_outage', 10]),
    rows(['major_outage', 30]),
    [
      ['major_outage', 'operational', 10],
      ['operational', 'major_outage', 30],
    ],
  ],
  [
    'an outage that was none',
    rows(['major_outage', 10], ['operational', 20], ['unknown', 40]),
    rows(['unknown', 40]),
    [
      ['unknown', 'operational', 10],
      ['operational', 'unknown', 40],
    ],
  ],
  [
    'an end that was none: the state goes on since it began',
    rows(['unknown', 10]),
    [],
    [['unknown', 'operational', 1]],
  ],
])('recorded is %s', (_, told, derived, expected) => {
  const { transitions } = corrected(told, derived);
  expect(transitions.map(({ from, to, since }) => [from, to, since])).toEqual(expected);
});

it('a ledger with its correction says what was derived, whatever it said', () => {
  const random = createRandom(7);
  const drawn = () => {
    let at = 1;
    const states = Array.from({ length: Math.floor(6 * random()) }, (): [State, number] => {
      at += Math.floor(3 * random());
      return [STATES[Math.floor(STATES.length * random())] ?? 'unknown', at];
    });
    return rows(...states);
  };
  const query = { component: COMPONENT, from: 1, to: 50 };
  const start = row('unknown', 'operational', 1);
  for (let round = 0; round < 2_000; round += 1) {
    const [told, derived] = [drawn(), drawn()];
    const { transitions, since } = corrected(told, derived);
    const spans = spansOf({ ...query, transitions: [start, ...told, ...transitions] });
    expect(spans).toEqual(spansOf({ ...query, transitions: [start, ...derived] }));
    expect(transitions.at(-1)?.since ?? since).toBe(since);
    // Unknown as before all that was told: it has no beginning.
    if (spans.length > 1 || spans[0]?.state !== 'unknown') expect(spans.at(-1)?.from).toBe(since);
  }
});

describe('in a maintenance', () => {
  const measured = (state: State, since: number, recorded_at = since): Transition => ({
    ...row('under_maintenance', 'under_maintenance', since),
    recorded_at,
    notes: [{ code: 'maintenance', maintenance_id: 'm', measured: state }],
  });
  const begun = measured('operational', 1);
  const correct = (told: Transition[], derived: Transition[]) =>
    correctionBetween(begun, told, derived).transitions;
  const read = (transitions: Transition[]) =>
    spansOf({ transitions: [begun, ...transitions], component: COMPONENT, from: 1, to: 99 }).map(
      (it) => [it.measured, it.from, it.to],
    );

  test.each([
    ['down that nobody told of', [], [measured('major_outage', 60)]],
    ['down that began earlier', [measured('major_outage', 80)], [measured('major_outage', 60)]],
    ['down that was none', [measured('major_outage', 60)], []],
    [
      'well again earlier',
      [measured('major_outage', 40), measured('operational', 80)],
      [measured('major_outage', 40), measured('operational', 60)],
    ],
    [
      'down, and what was told after it',
      [measured('partial_outage', 80)],
      [measured('major_outage', 60), measured('partial_outage', 80)],
    ],
  ])('what is measured is corrected too: %s', (_, told, derived) => {
    expect(read([...told, ...correct(told, derived)])).toEqual(read(derived));
  });
});
