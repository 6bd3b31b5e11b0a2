import { expect, test, vi } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { loadBadTimes } from '../../status-page/overview/bad-times.ts';
import type { Store } from '../../store/store.ts';
import { START } from './configuration.ts';
import { openFailingStore } from './failing-store.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, dated, resumeRecorder } from './recording.ts';
import { at, EVERY_S, type Measured, QUERY, startTwoChecks, twoChecks } from './two-checks.ts';
import { fakeClock, stopTime } from './world.ts';

/**
 * What becomes known together is told together, and truly: what is over as over, what was worse as
 * that. A store that fails lets it wait. Times are seconds since the start.
 */

const GOOD = {};
const LESS = { outcome: 'degraded', reason: 'error_code' } as const;
/** Trouble of our own: nothing can be judged. */
const SELF = { outcome: 'self', reason: 'starved' } as const;

async function startFailing(clock = fakeClock) {
  stopTime();
  const opened = await openFailingStore(twoChecks());
  const { recorder } = await resumeRecorder(opened.store, twoChecks(), { clock });
  return {
    ...opened,
    recorder,
    /** Both checks at each slot from `from` to before `to`. */
    async measure(from: number, to: number, first: Measured, second: Measured) {
      for (let s = from; s < to; s += EVERY_S) {
        vi.setSystemTime(at(s) + 200);
        const measured = { second, 'bureau-query': first };
        const results = Object.entries(measured).flatMap(([check, it]) =>
          it === null ? [] : dated(query(at(s), { check, ...it })),
        );
        void recorder.batch(aBatch({ results }));
        for (let later = 2; later < EVERY_S; later += 4) {
          vi.setSystemTime(at(s + later));
          await recorder.time().catch(() => undefined);
        }
      }
    },
  };
}

const seconds = (ms: number | null | undefined) => (ms == null ? null : (ms - START) / SECOND);

/** What people were told: of each incident and alert of the function, oldest first. */
async function toldOf(store: Store) {
  const incidents = (await store.incidents({ limit: 9 })).toReversed();
  const times = await loadBadTimes(store, incidents, Date.now());
  const alerts = (await store.alerts({ limit: 30 })).toReversed();
  return {
    incidents: incidents.map((it) => ({
      status: it.status,
      impact: it.impact,
      start_s: seconds(it.started_at),
      told: it.updates.map(({ code, affected: [its] }) =>
        its
          ? `${code}: ${its.from} to ${its.to}${its.by_then ? `, by then ${its.by_then}` : ''}`
          : code,
      ),
      bad_s: (times.get(it.id)?.bad_time?.bad_ms ?? 0) / SECOND,
      is_corrected: times.get(it.id)?.corrected_at !== null,
    })),
    alerts: alerts
      .filter(({ subject }) => subject === QUERY)
      .map((it) => `${it.kind} ${it.state} ${seconds(it.since)} to ${seconds(it.resolved_since)}`),
  };
}

type World = Awaited<ReturnType<typeof startFailing>>;

interface Case {
  /** After 2 minutes in which all is well and everything is written. */
  before?: (world: World) => Promise<void>;
  unwritten: (world: World) => Promise<void>;
  after?: (world: World) => Promise<void>;
  incident: object;
  alerts: string[];
}

const CASES: Record<string, Case> = {
  'an outage that is less by now': {
    unwritten: async ({ measure }) => {
      await measure(120, 420, FAILED, FAILED);
      await measure(420, 570, LESS, LESS);
    },
    after: ({ measure }) => measure(570, 600, LESS, LESS),
    incident: {
      impact: 'critical',
      start_s: 120,
      told: ['opened: major_outage to degraded_performance'],
    },
    alerts: ['state degraded_performance 120 to null'],
  },
  'one that was worse before it was known': {
    unwritten: async ({ measure }) => {
      await measure(120, 420, FAILED, FAILED);
      await measure(420, 570, GOOD, FAILED);
    },
    after: ({ measure }) => measure(570, 600, GOOD, FAILED),
    incident: {
      impact: 'critical',
      start_s: 120,
      told: ['opened: major_outage to partial_outage'],
    },
    alerts: ['state partial_outage 120 to null'],
  },
  'what an open incident was meanwhile': {
    before: ({ measure }) => measure(120, 300, GOOD, FAILED),
    unwritten: async ({ measure }) => {
      await measure(300, 600, FAILED, FAILED);
      await measure(600, 900, GOOD, FAILED);
    },
    after: ({ measure }) => measure(900, 930, GOOD, FAILED),
    incident: { impact: 'critical', told: ['opened: operational to partial_outage'] },
    alerts: ['state partial_outage 120 to null'],
  },
  'a second one after the first was told to be over': {
    before: async ({ measure }) => {
      await measure(120, 300, FAILED, FAILED);
      await measure(300, 390, GOOD, GOOD);
    },
    unwritten: async ({ measure }) => {
      await measure(390, 690, FAILED, FAILED);
      await measure(690, 900, GOOD, GOOD);
    },
    after: ({ measure }) => measure(900, 960, GOOD, GOOD),
    incident: {
      status: 'monitoring',
      told: [
        'opened: operational to major_outage',
        'recovered: major_outage to operational',
        'recovered: major_outage to operational',
      ],
      bad_s: 480,
    },
    alerts: ['state major_outage 120 to 300'],
  },
  'one that was well again before we lost sight': {
    unwritten: async ({ measure }) => {
      await measure(120, 420, FAILED, FAILED);
      await measure(420, 900, GOOD, GOOD);
      await measure(900, 1_200, SELF, SELF);
    },
    after: ({ measure }) => measure(1_200, 1_500, SELF, SELF),
    incident: {
      status: 'unclear',
      told: [
        'recovered: major_outage to operational, by then unknown',
        'unclear: operational to unknown',
      ],
    },
    alerts: [],
  },
  'an open one that was well again before we lost sight': {
    before: ({ measure }) => measure(120, 300, FAILED, FAILED),
    unwritten: async ({ measure }) => {
      await measure(300, 900, GOOD, GOOD);
      await measure(900, 1_200, SELF, SELF);
    },
    after: ({ measure }) => measure(1_200, 1_500, SELF, SELF),
    incident: {
      status: 'unclear',
      told: [
        'opened: operational to major_outage',
        'recovered: major_outage to operational, by then unknown',
        'unclear: operational to unknown',
      ],
    },
    alerts: ['state major_outage 120 to 300'],
  },
  'an open one that was worse before we lost sight': {
    before: ({ measure }) => measure(120, 300, GOOD, FAILED),
    unwritten: async ({ measure }) => {
      await measure(300, 600, FAILED, FAILED);
      await measure(600, 900, SELF, SELF);
    },
    after: ({ measure }) => measure(900, 1_200, SELF, SELF),
    incident: {
      status: 'unclear',
      impact: 'critical',
      told: ['opened: operational to partial_outage', 'unclear: partial_outage to unknown'],
    },
    alerts: ['state partial_outage 120 to null'],
  },
  'an open one that was less before we lost sight': {
    before: ({ measure }) => measure(120, 300, FAILED, FAILED),
    unwritten: async ({ measure }) => {
      await measure(300, 600, GOOD, FAILED);
      await measure(600, 900, SELF, SELF);
    },
    after: ({ measure }) => measure(900, 1_200, SELF, SELF),
    incident: {
      status: 'unclear',
      impact: 'critical',
      told: ['opened: operational to major_outage', 'unclear: major_outage to unknown'],
    },
    alerts: ['state major_outage 120 to null'],
  },
  'one whose end was not seen': {
    unwritten: async ({ measure }) => {
      await measure(120, 420, FAILED, FAILED);
      await measure(420, 720, SELF, SELF);
    },
    after: ({ measure }) => measure(720, 750, SELF, SELF),
    incident: {
      status: 'unclear',
      told: [
        'opened: operational to major_outage, by then unknown',
        'unclear: major_outage to unknown',
      ],
    },
    alerts: ['state major_outage 120 to null'],
  },
  'one of which nothing newer is known by then': {
    unwritten: async ({ measure }) => {
      await measure(120, 420, FAILED, FAILED);
      await measure(420, 900, null, null);
    },
    after: ({ measure }) => measure(900, 930, null, null),
    incident: {
      status: 'unclear',
      told: [
        'opened: operational to major_outage, by then unknown',
        'unclear: major_outage to unknown',
      ],
    },
    alerts: ['state major_outage 120 to null'],
  },
  'an open one that was worse before nothing newer was known': {
    before: ({ measure }) => measure(120, 300, GOOD, FAILED),
    unwritten: async ({ measure }) => {
      await measure(300, 600, FAILED, FAILED);
      await measure(600, 900, null, null);
    },
    after: ({ measure }) => measure(900, 930, null, null),
    incident: {
      status: 'unclear',
      impact: 'critical',
      told: ['opened: operational to partial_outage', 'unclear: partial_outage to unknown'],
    },
    alerts: ['state partial_outage 120 to null'],
  },
  'one that is back soon after it was resolved': {
    before: async ({ measure }) => {
      await measure(120, 300, FAILED, FAILED);
      await measure(300, 480, GOOD, GOOD);
    },
    unwritten: async ({ measure }) => {
      await measure(480, 600, FAILED, FAILED);
      await measure(600, 720, GOOD, GOOD);
      await measure(720, 840, FAILED, FAILED);
    },
    after: ({ measure }) => measure(840, 870, FAILED, FAILED),
    incident: {
      status: 'investigating',
      told: [
        'opened: operational to major_outage',
        'recovered: major_outage to operational',
        'resolved',
        'reopened: operational to major_outage',
        'still: operational to major_outage',
      ],
    },
    alerts: ['state major_outage 120 to 300', 'state major_outage 720 to null'],
  },
  'one before the clock was set back': {
    unwritten: async ({ measure, recorder }) => {
      await measure(120, 420, FAILED, FAILED);
      await measure(420, 900, GOOD, GOOD);
      vi.setSystemTime(at(898));
      void recorder.batch(aBatch({ steps: [{ at: at(898), by_ms: -2 * SECOND }] }));
      await measure(900, 960, GOOD, GOOD);
    },
    after: ({ measure }) => measure(960, 990, GOOD, GOOD),
    incident: { status: 'monitoring', told: ['recovered: major_outage to operational'] },
    alerts: [],
  },
};

test.each(Object.entries(CASES))('%s', async (_, given) => {
  const { before, unwritten, after, incident, alerts } = given;
  const world = await startFailing();
  await world.measure(0, 120, GOOD, GOOD);
  await before?.(world);
  world.fail();
  await unwritten(world);
  world.mend();
  await after?.(world);
  const told = await toldOf(world.store);
  expect(told.incidents).toEqual([expect.objectContaining(incident)]);
  expect(told.alerts.filter((it) => it.startsWith('state'))).toEqual(alerts);
});

test('what waits a second time is told together, too', async () => {
  const { store, measure, fail, mend } = await startFailing();
  await measure(0, 120, GOOD, GOOD);
  for (const s of [120, 2_400]) {
    fail();
    await measure(s, s + 300, FAILED, FAILED);
    await measure(s + 300, s + 900, GOOD, GOOD);
    mend();
    await measure(s + 900, s + 1_500, GOOD, GOOD);
  }
  const told = await toldOf(store);
  expect(told.incidents.map((it) => it.told)).toEqual([
    ['recovered: major_outage to operational', 'resolved'],
    ['recovered: major_outage to operational', 'resolved'],
  ]);
  expect(told.alerts).toEqual([]);
});

test('one row that cannot be written makes nothing told step by step', async () => {
  const { store, measure, fail, mend, recorder } = await startFailing();
  await measure(0, 120, GOOD, GOOD);
  fail();
  await measure(120, 420, FAILED, FAILED);
  await measure(420, 900, GOOD, GOOD);
  mend();
  const record = store.record.bind(store);
  vi.spyOn(store, 'record').mockImplementation(async (recording) => {
    if (recording.results?.some((it) => it.slot_at === at(600))) throw new Error('a row');
    await record(recording);
  });
  for (const s of [901, 902]) {
    vi.setSystemTime(at(s));
    await recorder.time();
  }
  const told = await toldOf(store);
  expect(told.incidents.map((it) => it.told)).toEqual([['recovered: major_outage to operational']]);
  expect(told.alerts).toEqual([]);
});

test('where few results can be written at a time, people wait for 10 s at most', async () => {
  const { store, measure, fail, mend, lock, unlock, recorder } = await startFailing();
  await measure(0, 120, GOOD, GOOD);
  fail();
  await measure(120, 1_200, FAILED, FAILED);
  mend();
  const record = store.record.bind(store);
  vi.spyOn(store, 'record').mockImplementation(async (recording) => {
    const is_many = (recording.results?.length ?? 0) > 10;
    if (is_many) lock();
    await record(recording).finally(() => {
      if (is_many) unlock();
    });
  });
  const opened_s: number[] = [];
  for (let s = 1_200; s < 1_230; s += 2) {
    vi.setSystemTime(at(s));
    await recorder.time().catch(() => undefined);
    if ((await store.incidents({ limit: 1 })).length > 0) opened_s.push(s);
  }
  expect(recorder.waiting()).toBe(0);
  expect(opened_s[0]).toBeGreaterThan(1_200);
  expect(opened_s[0]).toBeLessThanOrEqual(1_212);
});

/** Of every reading of the clock another one. */
function tickingClock(): typeof fakeClock {
  let read = 0;
  return {
    now: () => fakeClock.now() + read,
    monotonic: () => {
      read += 1;
      return fakeClock.monotonic() + read;
    },
  };
}

test.each([
  ['a clock that stands still', fakeClock],
  ['a clock that ticks while it is judged', tickingClock()],
])('what is taken back is withdrawn: %s', async (_, clock) => {
  const { store, recorder } = await startFailing(clock);
  const known = async (s: number, slots: number[], measured: object) => {
    vi.setSystemTime(at(s) + 200);
    await recorder.batch(
      aBatch({ results: slots.map((slot) => dated(query(at(slot), measured))) }),
    );
    await recorder.time();
  };
  for (const s of [0, 30, 60, 90]) await known(s, [s], GOOD);
  for (const s of [120, 150, 180]) await known(s, [s], FAILED);
  // Results between, known late: the run of bad ones was none.
  await known(185, [135, 165], GOOD);
  const { incidents } = await toldOf(store);
  expect(incidents).toMatchObject([{ status: 'monitoring', bad_s: 0, is_corrected: true }]);
});

test('what fails again is the same incident, also where it began before', async () => {
  const { store, measure } = await startTwoChecks();
  const single = [30, 90, 420, 510, 600, 660];
  for (let s = 0; s < 720; s += EVERY_S) {
    const is_out = 120 <= s && s < 300;
    const first = is_out || single.includes(s) ? FAILED : GOOD;
    await measure(s, s + EVERY_S, first, is_out ? FAILED : GOOD);
  }
  const { incidents } = await toldOf(store);
  expect(incidents.map(({ told }) => told.at(-1))).toEqual([
    'reopened: operational to partial_outage',
  ]);
});

test('an alert begins where the pause before it is taken back', async () => {
  const { store, measure, handOver, wait } = await startTwoChecks({ third: {} });
  await measure(0, 120, GOOD, null);
  await measure(120, 300, FAILED, null);
  await measure(300, 630, GOOD, null);
  await measure(630, 750, FAILED, null);
  const slots = Array.from({ length: 26 }, (_, i) => i * 30);
  await handOver(
    750,
    slots.map((s) => query(at(s), { check: 'second', ...(120 <= s ? FAILED : {}) })),
  );
  await wait(750, 753);
  expect((await toldOf(store)).alerts.at(-1)).toBe('state partial_outage 120 to null');
});

test('an earlier outage of what is over, and not known now, is no new message', async () => {
  const { store, measure, handOver, wait } = await startTwoChecks();
  await measure(0, 300, GOOD, null);
  await measure(300, 420, FAILED, null);
  await measure(420, 480, GOOD, null);
  await measure(480, 570, SELF, null);
  const slots = Array.from({ length: 16 }, (_, i) => i * 30);
  const failed = (s: number) => (60 <= s && s < 180 ? FAILED : {});
  await handOver(
    570,
    slots.map((s) => query(at(s), { check: 'second', ...failed(s) })),
  );
  await wait(570, 573);
  const { incidents } = await toldOf(store);
  expect(incidents).toMatchObject([
    {
      start_s: 60,
      bad_s: 240,
      told: [
        'opened: operational to partial_outage',
        'recovered: partial_outage to operational',
        'unclear: operational to unknown',
        'recovered: unknown to operational, by then unknown',
        'unclear: operational to unknown',
      ],
    },
  ]);
});
