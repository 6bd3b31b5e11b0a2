import { describe, expect, it } from 'vitest';
import type { Transition } from '../../model/component.ts';
import { badTimeOf, spansOf } from '../../model/ledger.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { createRandom } from '../random.ts';
import { T0, transition } from './builders.ts';

const OK = 'operational';
const DOWN = 'major_outage';
const QUERY = 'beijing.query';

/** Transitions of the query, in the order of recording, in seconds after T0. */
function ledger(...rows: [number, State][]): Transition[] {
  return rows.map(([s, state]) => transition(T0 + s * SECOND, state));
}

function disturbed(transitions: readonly Transition[], until_s: number, others: string[] = []) {
  const components = [QUERY, ...others];
  const span = { from: T0, to: T0 + until_s * SECOND };
  return badTimeOf({ transitions, components, ...span, known: span });
}

describe('spans', () => {
  const transitions = [
    transition(T0 - DAY, OK),
    transition(T0 + HOUR, DOWN),
    transition(T0 + HOUR, DOWN, 'beijing.download'),
    transition(T0 + 2 * HOUR, OK),
  ];
  it('cover the time asked for, without holes', () => {
    expect(spansOf({ transitions, component: QUERY, from: T0, to: T0 + DAY })).toEqual([
      { state: OK, from: T0, to: T0 + HOUR },
      { state: DOWN, from: T0 + HOUR, to: T0 + 2 * HOUR },
      { state: OK, from: T0 + 2 * HOUR, to: T0 + DAY },
    ]);
  });
  it('are unknown before the first transition', () => {
    const component = 'beijing.download';
    const [first] = spansOf({ transitions, component, from: T0, to: T0 + 2 * HOUR });
    expect(first).toEqual({ state: 'unknown', from: T0, to: T0 + HOUR });
  });

  // a letter for each 10 s: ok, down, unknown
  it.each<[string, [number, State][], string]>([
    [
      'U5: a late result dates an outage at its slot',
      [
        [0, OK],
        [40, 'unknown'],
        [20, DOWN],
      ],
      'ooDDDD',
    ],
    [
      'what is well later stays so when it is recorded again',
      [
        [0, OK],
        [30, DOWN],
        [20, DOWN],
        [50, OK],
      ],
      'ooDDDo',
    ],
    [
      'a correction at the same instant replaces',
      [
        [0, OK],
        [20, DOWN],
        [20, 'unknown'],
      ],
      'oouuuu',
    ],
    [
      'one that takes an outage back leaves none',
      [
        [0, OK],
        [20, DOWN],
        [20, OK],
      ],
      'oooooo',
    ],
    [
      'one before all that is known replaces all',
      [
        [20, OK],
        [40, DOWN],
        [0, 'unknown'],
      ],
      'uuuuuu',
    ],
  ])('%s', (_, rows, expected) => {
    const spans = spansOf({
      transitions: ledger(...rows),
      component: QUERY,
      from: T0,
      to: T0 + MINUTE,
    });
    const letters = spans.map(({ state, from, to }) =>
      letterOf(state).repeat((to - from) / 10_000),
    );
    expect(letters.join('')).toBe(expected);
    for (const [i, { state }] of spans.entries()) expect(spans[i + 1]?.state).not.toBe(state);
  });

  // By hand: an outage from 1 s to 2 s after an instant, and a correction that dates it earlier.
  it.each([0, -1, -1_000, -1_500, -2_000, -DAY])('in the time of 1970, from %d on', (zero) => {
    const at = (ms: number) => zero + ms;
    const range = { component: QUERY, from: at(0), to: at(4_000) };
    const told = [transition(at(0), OK), transition(at(1_000), DOWN), transition(at(2_000), OK)];
    expect(spansOf({ ...range, transitions: told })).toEqual([
      { state: OK, from: at(0), to: at(1_000) },
      { state: DOWN, from: at(1_000), to: at(2_000) },
      { state: OK, from: at(2_000), to: at(4_000) },
    ]);
    const corrected = [...told, transition(at(-500), DOWN), transition(at(2_000), OK)];
    expect(spansOf({ ...range, transitions: corrected })).toEqual([
      { state: DOWN, from: at(0), to: at(2_000) },
      { state: OK, from: at(2_000), to: at(4_000) },
    ]);
  });

  it('are none of a time that has no length, or ends before it begins', () => {
    expect(spansOf({ transitions, component: QUERY, from: T0, to: T0 })).toEqual([]);
    expect(spansOf({ transitions, component: QUERY, from: T0 + 1, to: T0 })).toEqual([]);
    expect(spansOf({ transitions, component: QUERY, from: 0, to: 0 })).toEqual([]);
    expect(spansOf({ transitions, component: QUERY, from: 0, to: -1 })).toEqual([]);
  });

  it('say the same of any ledger, whenever it began', () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    const random = createRandom(seed);
    const states: State[] = [OK, DOWN, 'unknown'];
    for (let i = 0; i < 500; i += 1) {
      const rows = Array.from({ length: Math.floor(random() * 8) }, () => ({
        ms: Math.floor(random() * 20) - 5,
        state: states[Math.floor(random() * states.length)] ?? OK,
      }));
      const spansFrom = (zero: number) =>
        spansOf({
          transitions: rows.map(({ ms, state }) => transition(zero + ms, state)),
          component: QUERY,
          from: zero,
          to: zero + 10,
        }).map(({ state, from, to }) => [state, from - zero, to - zero]);
      for (const zero of [0, -3, -10, -DAY])
        expect(spansFrom(zero), `SEED=${seed}`).toEqual(spansFrom(T0));
    }
  });
});

function letterOf(state: State): string {
  return { operational: 'o', major_outage: 'D', unknown: 'u' }[state as string] ?? '?';
}

describe('a disturbance', () => {
  it('I1: 7 times 10 s in 10 minutes are 70 s in 7 parts', () => {
    const rows = Array.from({ length: 7 }, (_, i): [number, State][] => [
      [30 + i * 80, DOWN],
      [40 + i * 80, OK],
    ]);
    const found = disturbed(ledger([0, OK], ...rows.flat()), 600);
    expect(found).toMatchObject({ bad_ms: 70 * SECOND, parts: 7, end: 'seen' });
  });
  it('U5: what is known late of its ends counts as a whole, and nothing else does', () => {
    // Told from 60 s on until 240 s; it is known meanwhile that it was down from 30 s until 300 s.
    const rows = ledger([0, DOWN], [5, OK], [30, DOWN], [300, OK], [400, DOWN], [410, OK]);
    const known = { from: T0, to: T0 + HOUR };
    const told = { from: T0 + MINUTE, to: T0 + 4 * MINUTE };
    const found = badTimeOf({ transitions: rows, components: [QUERY], ...told, known });
    expect(found).toEqual({
      from: T0 + 30 * SECOND,
      to: T0 + 5 * MINUTE,
      bad_ms: 270 * SECOND,
      ailments: ['outage'],
      worst: 'major_outage',
      parts: 1,
      end: 'seen',
    });
  });
  it('I13: says which states it was in, one that got worse and better is one', () => {
    const rows = ledger(
      [0, OK],
      [30, 'partial_outage'],
      [60, DOWN],
      [90, 'partial_outage'],
      [99, OK],
    );
    const found = disturbed(rows, 300);
    expect(found).toMatchObject({ bad_ms: 69 * SECOND, parts: 1 });
    expect(found?.ailments).toEqual(['outage', 'partial_outage']);
  });
  it('I2: 3 min 00 s are 3 minutes, whenever it was recorded that they are over', () => {
    const [up, down, over] = ledger([0, OK], [60, DOWN], [240, OK]) as Required<Transition[]>;
    const late = { ...(over as Transition), recorded_at: T0 + 250 * SECOND };
    const found = disturbed([up as Transition, down as Transition, late], 300);
    expect(found).toMatchObject({ from: T0 + MINUTE, to: T0 + 4 * MINUTE, bad_ms: 3 * MINUTE });
  });
  it('I4, I12: is known until the gap, and its end was not seen', () => {
    const rows = ledger([0, OK], [30, DOWN], [75, 'unknown'], [165, OK]);
    expect(disturbed(rows, 300)).toEqual({
      from: T0 + 30 * SECOND,
      to: T0 + 75 * SECOND,
      bad_ms: 45 * SECOND,
      ailments: ['outage'],
      worst: 'major_outage',
      parts: 1,
      end: 'not_seen',
    });
  });
  it('I4: its end was not seen, where it fails again only later than is asked about', () => {
    const rows = ledger([0, OK], [30, DOWN], [75, 'unknown'], [1_000, DOWN], [1_100, OK]);
    const known = { from: T0, to: T0 + HOUR };
    const asked = {
      transitions: rows,
      components: [QUERY],
      from: T0,
      to: T0 + 300 * SECOND,
      known,
    };
    expect(badTimeOf(asked)).toMatchObject({ bad_ms: 45 * SECOND, end: 'not_seen' });
  });
  it('goes on after a gap, which does not count, and its end is seen then', () => {
    const rows = ledger([0, OK], [30, DOWN], [75, 'unknown'], [165, DOWN], [185, OK]);
    expect(disturbed(rows, 300)).toMatchObject({ bad_ms: 65 * SECOND, parts: 2, end: 'seen' });
  });
  it('I13: is one interval while it gets worse and better', () => {
    const rows = ledger(
      [0, OK],
      [30, 'partial_outage'],
      [60, DOWN],
      [90, 'partial_outage'],
      [450, OK],
    );
    expect(disturbed(rows, 600)).toMatchObject({ bad_ms: 420 * SECOND, parts: 1, end: 'seen' });
  });
  it('of two functions counts what they share once', () => {
    const other = [transition(T0 + 50 * SECOND, DOWN, 'b'), transition(T0 + 100 * SECOND, OK, 'b')];
    const rows = [...ledger([0, OK], [30, DOWN], [60, OK]), ...other];
    expect(disturbed(rows, 300, ['b'])).toMatchObject({ bad_ms: 70 * SECOND, parts: 1 });
  });
  it('lasts while one of them fails', () => {
    expect(disturbed(ledger([0, OK], [30, DOWN]), 50)).toMatchObject({
      to: null,
      bad_ms: 20 * SECOND,
      end: 'lasting',
    });
  });
  it('is not seen to end by a window', () => {
    const found = disturbed(ledger([0, OK], [30, DOWN], [60, 'under_maintenance'], [90, OK]), 300);
    expect(found).toMatchObject({ bad_ms: 30 * SECOND, end: 'not_seen' });
  });
  it('is none where nothing was known to ail', () => {
    expect(disturbed(ledger([0, OK], [30, 'unknown'], [60, 'under_maintenance']), 300)).toBeNull();
  });
});

/** Second by second: the last recorded of those that had begun. */
function secondsRead(rows: readonly Transition[], seconds: number): State[] {
  return Array.from({ length: seconds }, (_, s) => {
    const begun = rows.filter(({ since }) => since <= T0 + s * SECOND);
    return begun.length === 0 ? 'unknown' : (begun[begun.length - 1] as Transition).to;
  });
}

it('says the same as a reading second by second, whatever is corrected', () => {
  const random = createRandom(20261127);
  const states: State[] = [OK, DOWN, 'partial_outage', 'unknown', 'degraded_performance'];
  for (let round = 0; round < 300; round += 1) {
    const rows = Array.from({ length: 12 }, () =>
      transition(
        T0 + Math.floor(random() * 120) * SECOND,
        states[Math.floor(random() * states.length)] as State,
      ),
    );
    const read = secondsRead(rows, 120);
    const spans = spansOf({
      transitions: rows,
      component: QUERY,
      from: T0,
      to: T0 + 120 * SECOND,
    });
    const seconds = spans.flatMap(({ state, from, to }) =>
      Array.from({ length: (to - from) / SECOND }, () => state),
    );
    expect(seconds).toEqual(read);
    const ails = (state: State) => /outage|degraded/.test(state);
    const bad = read.filter(ails).length * SECOND;
    expect(disturbed(rows, 120)?.bad_ms ?? 0).toBe(bad);
  }
});
