import { describe, expect, it } from 'vitest';
import { taskState, verdict } from '../../model/verdict.ts';
import type { State } from '../../model/vocabulary.ts';
import { combinations, LETTERS, lettersOf } from './combinations.ts';

/**
 * What is told of functions by the states among them, written by hand: j major outage, p partial
 * outage, m maintenance, d degraded, u unknown, o operational.
 */
const TOLD: readonly (readonly [code: string, state: keyof typeof LETTERS, among: string])[] = [
  ['all_operational', 'o', 'o'],
  ['nothing_measured', 'u', 'u'],
  ['partly_unknown', 'u', 'uo'],
  ['affected', 'd', 'd do du duo'],
  ['affected', 'm', 'm mo mu muo md mdo mdu mduo'],
  ['affected', 'p', 'p po pu puo pd pdo pdu pduo pm pmo pmu pmuo pmd pmdo pmdu pmduo'],
  ['affected', 'j', 'j jo ju juo jd jdo jdu jduo jm jmo jmu jmuo jmd jmdo jmdu jmduo'],
  ['affected', 'j', 'jp jpo jpu jpuo jpd jpdo jpdu jpduo'],
  ['affected', 'j', 'jpm jpmo jpmu jpmuo jpmd jpmdo jpmdu jpmduo'],
];

describe('tasks and the verdict', () => {
  it('are told by the states among their functions, however many there are', () => {
    const told = new Map(
      TOLD.flatMap(([code, state, among]) =>
        among.split(' ').map((letters) => [letters, { code, state: LETTERS[state] }] as const),
      ),
    );
    expect(told.size).toBe(63);
    let seen = 0;
    for (const states of combinations(5)) {
      const among = lettersOf(states);
      expect([among, verdict(states)]).toEqual([among, told.get(among)]);
      expect([among, taskState(states)]).toEqual([
        among,
        {
          state: told.get(among)?.state,
          unknown: states.filter((it) => it === 'unknown').length,
          components: states.length,
        },
      ]);
      seen += 1;
    }
    expect(seen).toBe(6 + 36 + 216 + 1_296 + 7_776);
  });

  it('know nothing of what is not measured', () => {
    const none: State[] = [];
    expect(verdict(none)).toEqual({ code: 'nothing_measured', state: 'unknown' });
    expect(taskState(none)).toEqual({ state: 'unknown', unknown: 0, components: 0 });
  });
});
