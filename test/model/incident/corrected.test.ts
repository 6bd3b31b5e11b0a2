import { expect, test } from 'vitest';
import type { Transition } from '../../../model/component.ts';
import { correctedTimeOf } from '../../../model/incident/corrected.ts';
import { HOUR, SECOND } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import { T0, transition } from '../builders.ts';

const QUERY = 'beijing.query';
const OK = 'operational';
const DOWN = 'major_outage';
/** Told to be over 200 s after it began. */
const TOLD_S = 200;

type Row = [since_s: number, state: State, recorded_s: number];

const at = (s: number) => T0 + s * SECOND;
const row = ([since_s, state, recorded_s]: Row, component = QUERY): Transition => ({
  ...transition(at(since_s), state, component),
  recorded_at: at(recorded_s),
});

const TOLD = [row([0, DOWN, 10]), row([180, OK, TOLD_S])];

function known(transitions: readonly Transition[], told_at: number | null = at(TOLD_S)) {
  const span = { from: T0, to: at(TOLD_S), known: { from: T0 - HOUR, to: T0 + HOUR } };
  const in_order = transitions.toSorted((a, b) => a.recorded_at - b.recorded_at);
  return correctedTimeOf({ transitions: in_order, components: [QUERY], ...span }, told_at);
}

test.each<[string, Row[], number | undefined, number]>([
  ['nothing was recorded since', [], undefined, 180],
  ['it was over sooner', [[90, OK, 300]], 300, 90],
  [
    'it began sooner',
    [
      [-30, DOWN, 300],
      [180, OK, 300],
    ],
    300,
    210,
  ],
  [
    'it was corrected twice',
    [
      [90, OK, 300],
      [60, OK, 400],
    ],
    400,
    60,
  ],
  ['the same was recorded anew', [[180, OK, 300]], undefined, 180],
  [
    'it failed again since',
    [
      [230, DOWN, 240],
      [260, OK, 290],
    ],
    undefined,
    180,
  ],
  ['that was recorded before it was told', [[90, OK, 150]], undefined, 90],
])('%s', (_, rows, corrected_s, bad_s) => {
  const { bad_time, corrected_at } = known([...TOLD, ...rows.map((it) => row(it))]);
  expect(bad_time?.bad_ms).toBe(bad_s * SECOND);
  expect(corrected_at).toBe(corrected_s === undefined ? null : at(corrected_s));
});

test('what others did changes nothing', () => {
  const late = row([90, OK, 300], 'beijing.download');
  expect(known([...TOLD, late]).corrected_at).toBeNull();
});

test('a disturbance that turned out to be none was corrected, too', () => {
  const none = { bad_time: null, of_each: new Map([[QUERY, null]]) };
  expect(known([...TOLD, row([0, OK, 300])])).toEqual({ ...none, corrected_at: at(300) });
  // With telling that it is over.
  const at_once = known([row([0, DOWN, 10]), row([0, OK, TOLD_S])]);
  expect(at_once).toEqual({ ...none, corrected_at: at(TOLD_S) });
  expect(known([])).toEqual({ ...none, corrected_at: null });
});

test('while it is not told to be over, nothing is a correction', () => {
  expect(known([...TOLD, row([90, OK, 300])], null).corrected_at).toBeNull();
});
