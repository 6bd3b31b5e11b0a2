import { expect } from 'vitest';
import { statesFrom } from '../../collector/judging/timeline.ts';
import { badTimeOf, spansOf } from '../../model/ledger.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import type { LineBatch } from '../../probes/line/batch.ts';
import { START } from '../collector/configuration.ts';
import { FAILED, judgedSite, query } from '../collector/judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from '../collector/recording.ts';
import { twoChecks } from '../collector/two-checks.ts';
import { judgement, T0, transition } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const QUERY = 'beijing.query';

/** States, each with the minute from which on it was recorded, in the order of recording. */
type Recorded = readonly (readonly [State, number])[];

const ledgerOf = (recorded: Recorded) =>
  recorded.map(([state, minute]) => transition(T0 + minute * MINUTE, state));

/** The states in the first hour, each with the minute in which it begins. */
function statesIn(recorded: Recorded) {
  const asked = { component: QUERY, from: T0, to: T0 + 60 * MINUTE };
  const spans = spansOf({ transitions: ledgerOf(recorded), ...asked });
  return spans.map(({ state, from }) => [state, (from - T0) / MINUTE]);
}

/** The disturbance that a time of the first hour knows, in minutes. */
function disturbedIn(recorded: Recorded, from = 0, to = 60) {
  const found = badTimeOf({
    transitions: ledgerOf(recorded),
    components: [QUERY],
    from: T0 + from * MINUTE,
    to: T0 + to * MINUTE,
    known: { from: T0, to: T0 + 60 * MINUTE },
  });
  if (found === null) return null;
  const minutes = (ms: number | null) => (ms === null ? null : (ms - T0) / MINUTE);
  const { bad_ms, end } = found;
  return { from: minutes(found.from), to: minutes(found.to), bad: bad_ms / MINUTE, end };
}

/** A check that failed from minute 10 to 20, and a share of bad results since minute 5. */
function composed() {
  const { live, site } = judgedSite();
  const component = site.components.get('bureau.query');
  if (!component) throw new Error('no query');
  const minute = (n: number) => START + n * MINUTE;
  const spell = { ailed: null, is_measured: true, reason: null, detail: null };
  live.spells.set('bureau-query', [
    { ...spell, from: minute(0), verdict: 'well' },
    { ...spell, from: minute(10), verdict: 'failing' },
    { ...spell, from: minute(20), verdict: 'well' },
  ]);
  const well = { check: 'bureau-query', since: minute(20), valid_until: minute(90) };
  live.judgements.set('bureau-query', judgement(well));
  const counts = { n: 60, bad: 12, window_ms: 30 * MINUTE, is_perhaps_ours: false };
  const share = { ...counts, affected_since: minute(5), last_bad_at: null, quiet: [], ended: [] };
  const states = statesFrom(live, component, {
    from: minute(0),
    at: minute(30),
    window: null,
    share,
    verdict: {
      state: 'partial_outage',
      notes: [{ code: 'some_users_affected', n: 60, bad: 12, window_ms: 30 * MINUTE }],
    },
    why: { cause: 'result', cause_ref: null, simulated: false },
  });
  return states.map(({ to, since }) => [to, (since - START) / MINUTE]);
}

/** Two checks of one function, of which the first failed from minute 5 to 10, and the second. */
function composedOfTwo(failed_from: number, failed_to: number) {
  const { live, site } = judgedSite(twoChecks());
  const component = site.components.get('bureau.query');
  if (!component) throw new Error('no query');
  const minute = (n: number) => START + n * MINUTE;
  const spell = { ailed: null, is_measured: true, reason: null, detail: null };
  for (const [check, from, to] of [
    ['bureau-query', 5, 10],
    ['second', failed_from, failed_to],
  ] as const) {
    live.spells.set(check, [
      { ...spell, from: minute(0), verdict: 'well' },
      { ...spell, from: minute(from), verdict: 'failing' },
      { ...spell, from: minute(to), verdict: 'well' },
    ]);
    const since = minute(to);
    live.judgements.set(check, judgement({ check, since, valid_until: minute(90) }));
  }
  const states = statesFrom(live, component, {
    from: minute(0),
    at: minute(30),
    window: null,
    verdict: { state: 'operational', notes: [] },
    why: { cause: 'result', cause_ref: null, simulated: false },
  });
  return states.map(({ to, since }) => [to, (since - START) / MINUTE]);
}

interface Measured {
  check: 'bureau-query' | 'second';
  s: number;
  is_bad?: boolean;
}

/** A result of a check with slots every 30 s, as its line hands it over. */
function handedOver({ check, s, is_bad = false }: Measured): LineBatch {
  const slot_at = START + s * SECOND;
  const result = query(slot_at, { check, ...(is_bad ? FAILED : {}) });
  const dated = { next_slot_at: slot_at + 30 * SECOND, valid_until: slot_at + 70 * SECOND };
  return aBatch({ results: [{ result, ...dated }] });
}

/** A recorder of two checks of one function, which need 3 bad results each. */
async function twoRecorded() {
  const time = { elapsed_ms: 0, set_ms: 0 };
  const clock = {
    now: () => START + time.elapsed_ms + time.set_ms,
    monotonic: () => time.elapsed_ms,
  };
  const settings = twoChecks();
  const { store } = await openSiteStore(settings);
  const { recorder, live } = await resumeRecorder(store, settings, { clock });
  const component = 'bureau.query' as const;
  return {
    time,
    clock,
    recorder,
    live,
    /** In the first minutes, each state with the second in which it begins. */
    async states(minutes: number) {
      const to = START + minutes * MINUTE;
      const transitions = await store.transitions(START, to);
      const spans = spansOf({ transitions, component, from: START, to });
      return spans.map(({ state, from }) => [state, (from - START) / SECOND]);
    },
    incidents: () => store.incidents({ limit: 9 }),
    close: () => store.close(),
  };
}

/** The ledger of results that become known one after the other in this order, all by 120 s. */
async function ledgerAfter(...order: readonly Measured[]) {
  const world = await twoRecorded();
  world.time.elapsed_ms = 120 * SECOND;
  for (const it of order) await world.recorder.batch(handedOver(it));
  const states = await world.states(2);
  await world.close();
  return states;
}

const first = (s: number, is_bad = false): Measured => ({ check: 'bureau-query', s, is_bad });
const second = (s: number): Measured => ({ check: 'second', s });

/** The state after a clock was set back behind results that had failed the check. */
async function leftAfter() {
  const world = await twoRecorded();
  const see = async (...given: readonly Measured[]) => {
    for (const it of given) {
      world.time.elapsed_ms = Math.max(world.time.elapsed_ms, it.s * SECOND + 200);
      await world.recorder.batch(handedOver(it));
    }
  };
  const stateNow = () => world.live.statuses.get('bureau.query')?.state;
  await see(first(0), second(1), first(30), second(31));
  await see(first(60, true), first(70, true), first(80, true));
  const before = stateNow();
  world.time.set_ms = -40 * SECOND;
  await world.recorder.batch(aBatch({ steps: [{ at: world.clock.now(), by_ms: -40 * SECOND }] }));
  await world.recorder.time();
  const after = stateNow();
  await world.close();
  return { before, after };
}

export const LEDGER = [
  ...rowsOf('LEDGER-1', {
    'what is recorded later corrects what was known from its beginning on': () => {
      const told: Recorded = [
        ['operational', 0],
        ['major_outage', 10],
        ['operational', 20],
      ];
      expect(statesIn(told)).toEqual(told);
      expect(statesIn([...told, ['partial_outage', 5], ['operational', 15]])).toEqual([
        ['operational', 0],
        ['partial_outage', 5],
        ['operational', 15],
      ]);
    },
    'and nothing before it': () =>
      expect(
        statesIn([
          ['operational', 0],
          ['major_outage', 10],
          ['unknown', 15],
          ['operational', 40],
          ['partial_outage', 20],
        ]),
      ).toEqual([
        ['operational', 0],
        ['major_outage', 10],
        ['unknown', 15],
        ['partial_outage', 20],
      ]),
  }),
  ...rowsOf('LEDGER-2', {
    'a share that is found after an outage goes around it': () =>
      expect(composed()).toEqual([
        ['operational', 0],
        ['partial_outage', 5],
        ['major_outage', 10],
        ['partial_outage', 20],
      ]),
    'a check that ends later ends later': () => {
      expect(composedOfTwo(7, 12)).toEqual([
        ['operational', 0],
        ['partial_outage', 5],
        ['major_outage', 7],
        ['partial_outage', 10],
        ['operational', 12],
      ]);
      expect(composedOfTwo(5, 10)).toEqual([
        ['operational', 0],
        ['major_outage', 5],
        ['operational', 10],
      ]);
    },
  }),
  ...rowsOf('LEDGER-3', {
    'in whichever order results become known': async () => {
      const expected = [
        ['operational', 0],
        ['partial_outage', 30],
      ];
      const bad = [30, 60, 90].map((s) => first(s, true));
      const good = [31, 61, 91].map(second);
      const begin = [first(0), second(1)];
      const in_order = [...bad, ...good].sort((a, b) => a.s - b.s);
      expect(await ledgerAfter(...begin, ...in_order)).toEqual(expected);
      expect(await ledgerAfter(...begin, ...bad, ...good)).toEqual(expected);
      expect(await ledgerAfter(...begin, ...good, ...bad)).toEqual(expected);
    },
  }),
  ...rowsOf('LEDGER-4', {
    'what void results had decided is judged again from those that are left': async () =>
      expect(await leftAfter()).toEqual({ before: 'partial_outage', after: 'operational' }),
  }),
  ...rowsOf('LEDGER-5', {
    'disturbed is the sum of its parts, without what was well or unknown between': () =>
      expect(
        disturbedIn([
          ['major_outage', 10],
          ['operational', 15],
          ['partial_outage', 20],
          ['unknown', 22],
          ['partial_outage', 30],
          ['operational', 33],
        ]),
      ).toEqual({ from: 10, to: 33, bad: 5 + 2 + 3, end: 'seen' }),
    'an outage that reaches into the time asked for counts as a whole': () => {
      const outage: Recorded = [
        ['operational', 0],
        ['major_outage', 10],
        ['operational', 30],
      ];
      expect(disturbedIn(outage, 20, 25)).toEqual({ from: 10, to: 30, bad: 20, end: 'seen' });
      expect(disturbedIn(outage, 30, 40)).toBeNull();
    },
    'the end was not seen where nothing was known any more, or a window began': () => {
      const endingWith = (state: State) =>
        disturbedIn([
          ['major_outage', 10],
          [state, 20],
        ])?.end;
      expect(endingWith('operational')).toBe('seen');
      expect(endingWith('unknown')).toBe('not_seen');
      expect(endingWith('under_maintenance')).toBe('not_seen');
      expect(endingWith('partial_outage')).toBe('lasting');
    },
  }),
];
