import { expect, test } from 'vitest';
import { amongBoth, differencesOf } from '../../collector/replay/differences.ts';
import type { State } from '../../model/vocabulary.ts';
import { transition } from '../model/builders.ts';

const component = 'bureau.query';

function ledger(...states: [since: number, state: State][]) {
  return states.map(([since, state]) => transition(since, state, component));
}

test('differences are the times in which both ledgers say something else, in order', () => {
  const recorded = ledger([10, 'operational'], [40, 'major_outage'], [60, 'operational']);
  const derived = ledger([10, 'operational'], [50, 'major_outage'], [70, 'operational']);
  expect(differencesOf({ component, from: 0, to: 100, recorded, derived })).toEqual([
    { component, from: 40, to: 50, recorded: 'major_outage', derived: 'operational' },
    { component, from: 60, to: 70, recorded: 'operational', derived: 'major_outage' },
  ]);
  const same = { component, from: 0, to: 100, recorded, derived: recorded };
  expect(differencesOf(same)).toEqual([]);
});

test('where one of both begins later, the other is compared with unknown', () => {
  const recorded = ledger([10, 'operational']);
  expect(differencesOf({ component, from: 0, to: 30, recorded, derived: [] })).toEqual([
    { component, from: 10, to: 30, recorded: 'operational', derived: 'unknown' },
  ]);
});

test('what was recorded meanwhile is no difference', () => {
  const derived = ledger([10, 'operational'], [50, 'major_outage']);
  const span = { component, from: 0, to: 100, derived };
  const before = differencesOf({ ...span, recorded: ledger([10, 'operational']) });
  const after = differencesOf({ ...span, recorded: derived });
  expect(before).toHaveLength(1);
  expect(amongBoth(before, after)).toEqual([]);
  expect(amongBoth(before, before)).toEqual(before);
});
