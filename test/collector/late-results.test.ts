import { expect, it, test, vi } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { spansOf } from '../../model/ledger.ts';
import { SECOND } from '../../model/time.ts';
import { createRandom } from '../random.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { type Arrival, endsAt, inSlotOrder, judgeArrivals, withTicks } from './arrivals.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from './recording.ts';
import { at, QUERY, twoChecks } from './two-checks.ts';
import { stopTime } from './world.ts';

const OURS = { outcome: 'self', reason: 'starved', detail: null } as const;
const EVERY_S = 30;
const DEADLINE_S = 10;

interface Measured {
  check?: string;
  s: number;
  is_bad?: boolean;
  /** We could not measure. */
  is_ours?: boolean;
  takes_s?: number;
}

function measured(given: Measured) {
  const { check = 'bureau-query', s, is_bad = false, is_ours = false, takes_s = 0.2 } = given;
  const duration_ms = takes_s * SECOND;
  const outcome = is_ours ? OURS : is_bad ? FAILED : {};
  const result = query(at(s), { check, duration_ms, ...outcome });
  const next_slot_at = at(s + EVERY_S);
  const valid_until = at(s + 2 * EVERY_S + DEADLINE_S);
  return aBatch({ results: [{ result, next_slot_at, valid_until }] });
}

interface Away {
  from_s: number;
  to_s: number;
}

/**
 * Both checks for some minutes: calm and troubled times, slow runs, proofs, slots without any; of a
 * third of the seeds the second's results are held back for a while.
 */
function drawn(seed: number, minutes: number): Arrival[] {
  const random = createRandom(seed);
  const from_s = 600 + 600 * random();
  const away = { from_s, to_s: from_s + 20 + 180 * random() };
  const gap = { from: Math.round(at(away.from_s)), to: Math.round(at(away.to_s)) };
  const told = { at: gap.to, batch: aBatch({ gaps: [{ ...gap, cause: 'suspended' }] }) };
  const ours = seed % 5 === 0 ? 0 : 0.15;
  const held_s = 300 + 1_500 * random();
  const held = { from_s: held_s, to_s: seed % 3 === 0 ? held_s + 60 + 600 * random() : held_s };
  return [...(seed % 2 === 0 ? [] : [told]), ...resultsOf(random, minutes, { away, held, ours })];
}

function resultsOf(
  random: () => number,
  minutes: number,
  { away, held, ours }: { away: Away; held: Away; ours: number },
): Arrival[] {
  return ['bureau-query', 'second'].flatMap((check, i) => {
    let troubled = false;
    let known_at = 0;
    const arrivals: Arrival[] = [];
    for (let s = 7 * i; s < minutes * 60; s += EVERY_S) {
      if (random() < 0.2) troubled = !troubled;
      if (random() < 0.15) continue;
      if (away.from_s - 2 * DEADLINE_S < s && s < away.to_s) continue;
      const is_bad = random() < (troubled ? 0.9 : 0.05);
      const is_ours = random() < ours;
      const takes_s = is_bad || is_ours ? 1 + 8 * random() : 0.2;
      const batch = measured({ check, s, is_bad, is_ours, takes_s });
      // The results of a check come in the order of their slots.
      known_at = Math.max(known_at, endsAt(batch) + (is_bad ? 10 * SECOND * random() : 0));
      if (i === 1 && held.from_s <= s && s < held.to_s)
        known_at = Math.max(known_at, at(held.to_s));
      arrivals.push({ at: known_at, batch });
    }
    return arrivals;
  });
}

it.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'the ledger is that of the slots, in whatever order results are known, seed %i',
  (seed) => {
    const until = at(40 * 60);
    const arrivals = drawn(seed, 38);
    const settings = seed % 3 === 0 ? onTwoLines(twoChecks()) : twoChecks();
    const told = judgeArrivals(settings, withTicks(arrivals, until), until);
    const derived = judgeArrivals(settings, inSlotOrder(arrivals), until);
    expect(told.states).toEqual(derived.states);
  },
);

/** The second check measures from elsewhere. */
function onTwoLines(settings: Configuration): Configuration {
  const name = { 'zh-CN': 'elsewhere', en: 'elsewhere' };
  return {
    ...settings,
    lines: [...settings.lines, { id: 'elsewhere', name, proxy: null }],
    checks: settings.checks.map((it) => (it.id === 'second' ? { ...it, line: 'elsewhere' } : it)),
  };
}

async function startRecording(settings: Configuration) {
  stopTime();
  const { store } = await openSiteStore(settings);
  let { recorder } = await resumeRecorder(store, settings);
  await recorder.start();
  return {
    store,
    /** Hands a result over at an instant, in seconds. */
    async known(s: number, one: Measured) {
      vi.setSystemTime(at(s));
      await recorder.batch(measured(one));
    },
    /** Looks at the time, in seconds. */
    async look(s: number) {
      vi.setSystemTime(at(s));
      await recorder.time();
    },
    async restart(s: number) {
      await recorder.stop(Date.now());
      vi.setSystemTime(at(s));
      ({ recorder } = await resumeRecorder(store, settings));
      await recorder.start();
    },
    /** What was recorded, and what that says now. */
    async told() {
      const rows = await store.transitions(START - 1, at(900));
      const transitions = rows.filter(({ component }) => component === QUERY);
      const spans = spansOf({ transitions, component: QUERY, from: START, to: at(900) });
      return {
        rows: transitions.map(({ from, to, since }) => [from, to, (since - START) / SECOND]),
        spans: spans.map(({ state, from }) => [state, (from - START) / SECOND]),
      };
    },
  };
}

test('U5: a result that comes after its state ran out corrects it from its slot on', async () => {
  const { store, known, look, told } = await startRecording(configuration());
  for (const s of [0, 30, 60]) await known(s + 0.2, { s });
  await look(131);
  expect((await told()).spans).toEqual([
    ['operational', 0],
    ['unknown', 90],
  ]);
  await known(140, { s: 90, is_bad: true, takes_s: 5 });
  await known(140.1, { s: 100, is_bad: true, takes_s: 5 });
  expect(await told()).toEqual({
    // The rows that are corrected stay.
    rows: [
      ['unknown', 'operational', 0],
      ['operational', 'unknown', 90],
      ['unknown', 'operational', 0],
      ['operational', 'major_outage', 90],
    ],
    spans: [
      ['operational', 0],
      ['major_outage', 90],
    ],
  });
  expect(await store.incidents({ limit: 9 })).toMatchObject([{ started_at: at(90) }]);
  expect(await store.integrityProblems()).toEqual([]);
});

test('an outage that began earlier than was told moves its incident and its alert', async () => {
  const { store, known, told } = await startRecording(twoChecks());
  const second = { check: 'second', is_bad: true };
  await known(0.2, { s: -30 });
  await known(0.3, { check: 'second', s: -23 });
  await known(0.4, { s: 0 });
  await known(8, { ...second, s: 7 });
  for (const s of [30, 37, 60])
    await known(s + 1, { s, is_bad: true, ...(s === 37 ? second : {}) });
  await known(91, { s: 90, is_bad: true });
  const [opened] = await store.incidents({ limit: 9 });
  expect(opened).toMatchObject({ started_at: at(30) });
  // Its proof took a while; it had been failing since 7.
  await known(100, { ...second, s: 67 });
  expect((await told()).rows.slice(1)).toEqual([
    ['operational', 'partial_outage', 30],
    ['partial_outage', 'partial_outage', 7],
    ['partial_outage', 'major_outage', 30],
  ]);
  expect((await told()).spans.slice(1)).toEqual([
    ['partial_outage', 7],
    ['major_outage', 30],
  ]);
  expect(await store.incidents({ limit: 9 })).toMatchObject([
    { id: opened?.id, started_at: at(7), impact: 'critical' },
  ]);
  expect(await store.alerts({ limit: 9 })).toMatchObject([{ since: at(7), state: 'major_outage' }]);
  expect(await store.integrityProblems()).toEqual([]);
});

test.each([false, true])(
  'what was held back takes back what it denies, and nothing else; after a start: %s',
  async (starts) => {
    const { known, restart, told } = await startRecording(onTwoLines(twoChecks()));
    await known(0.2, { s: 0 });
    await known(7.2, { check: 'second', s: 7 });
    for (const s of [30, 60, 90]) await known(s + 5, { s, is_bad: true, takes_s: 5 });
    for (const s of [120, 150, 180, 210, 240]) await known(s + 0.2, { s });
    // Of the second nothing is known from its next slot on.
    const told_first = (await told()).spans;
    expect(told_first).toEqual([
      ['operational', 0],
      ['partial_outage', 30],
      ['major_outage', 37],
      ['operational', 120],
    ]);
    if (starts) await restart(245);
    for (const s of [37, 67, 97]) await known(250, { check: 'second', s });
    expect((await told()).spans).toEqual(told_first.filter(([state]) => state !== 'major_outage'));
  },
);

test.each([
  ['before', 99.3],
  ['after', 100.3],
])(
  'what was measured before a window, and is known in it, ends nothing: a slot just %s it',
  async (_, slot_s) => {
    const { store, known, look, told } = await startRecording(onTwoLines(twoChecks()));
    const administrator = anAdministrator({ store, now: () => Date.now() });
    await known(0.2, { s: 0 });
    await known(7.2, { check: 'second', s: 7 });
    await administrator.announce(aPlan([QUERY], at(100), at(900)));
    for (const s of [30, 60]) await known(s + 2, { s, is_bad: true, takes_s: 2 });
    await known(70.5, { check: 'second', s: 70.3 });
    for (let s = 71; s < 100; s += 1) await look(s - 0.1);
    await known(slot_s + 0.3, { check: 'second', s: slot_s });
    for (let s = 100; s < 107; s += 1) await look(s + 0.9);
    await known(107.2, { s: 95, is_bad: true, takes_s: 2 });
    expect((await told()).spans.slice(0, 3)).toEqual([
      ['operational', 0],
      ['partial_outage', 30],
      ['under_maintenance', 100],
    ]);
    // As if it had been known in time; what it is now in the window, nobody has to be called for.
    expect(await store.incidents({ limit: 9 })).toMatchObject([
      { status: 'investigating', started_at: at(30) },
    ]);
    expect(await store.alerts({ limit: 9 })).toEqual([]);
  },
);

test('what is taken back with a commit that fails is judged again', async () => {
  const settings = twoChecks();
  const arrivals = drawn(3, 20);
  const until = at(22 * 60);
  const once = judgeArrivals(settings, withTicks(arrivals, until), until);
  const twice = judgeArrivals(settings, withTicks(arrivals, until), until, { tries: 2 });
  expect(twice.states).toEqual(once.states);
  expect(twice.live.judgements).toEqual(once.live.judgements);
});
