import { expect, vi } from 'vitest';
import { stepOfClock } from '../../collector/judging/clock.ts';
import { advance } from '../../collector/state/live-state.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import { lastUnseen } from '../../collector/state/unseen.ts';
import type { Gap } from '../../model/component.ts';
import type { ScheduledCheck } from '../../model/configuration.ts';
import { journeyDelay } from '../../model/journey.ts';
import type { Result } from '../../model/result.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { LineRun } from '../../probes/line/line.ts';
import { createLineRunner } from '../../probes/line/line-runner.ts';
import { createRuns } from '../../probes/line/runs.ts';
import { nothingMeasured } from '../../probes/probe.ts';
import { configuration, START } from '../collector/configuration.ts';
import { openFailingStore } from '../collector/failing-store.ts';
import { judgedSite, query } from '../collector/judged-site.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from '../collector/recording.ts';
import { journey, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

/** At every tenth second. */
const CHECK: ScheduledCheck = {
  id: 'c',
  system: 's',
  line: 'local',
  function: 'query',
  schedule: '*/10 * * * * *',
  zone: 'UTC',
  deadline_ms: 5 * SECOND,
  options: {},
};
const WELL = { ...nothingMeasured('probe_error', ''), outcome: 'ok', reason: null } as const;

/** What a line measures in the 3 minutes after its clock was set, and what it tells of that. */
async function lineAfter(by_ms: number) {
  vi.useFakeTimers({ now: T0 });
  try {
    let set_ms = 0;
    const now = () => Date.now() + set_ms;
    const gaps: Gap[] = [];
    let slots: number[] = [];
    const line = createLineRunner({
      line: 'local',
      checks: [CHECK],
      start: { known: new Map(), confirmations: new Map() },
      events: {
        batch(batch) {
          gaps.push(...batch.gaps);
          slots.push(...batch.results.map(({ result }) => result.slot_at));
        },
      },
      measure: async () => ({ ...WELL, started_at: now(), duration_ms: 0 }),
      look: () => Promise.reject(new Error('not asked')),
      clock: { now, monotonic: () => Date.now() },
      timeSinceBoot: () => Date.now(),
    });
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    slots = [];
    set_ms = by_ms;
    const set_at = now();
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    const stopped = line.stop(0);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    return { gaps, slots: slots.map((it) => it - set_at) };
  } finally {
    vi.useRealTimers();
  }
}

/** A slot every 10 s, in the time that the clock shows now, none twice and none left out. */
async function expectSlotsAnew(by_ms: number): Promise<void> {
  const { slots } = await lineAfter(by_ms);
  expect(slots).toHaveLength(18);
  expect(slots[0]).toBeGreaterThan(0);
  expect(slots[0]).toBeLessThanOrEqual(10 * SECOND);
  expect(slots).toEqual(slots.map((_, n) => (slots[0] ?? 0) + n * 10 * SECOND));
}

/** For how long a result is still valid that was so for a minute, 20 s after its slot. */
function validAfter(by_ms: number): number {
  const { site, live, see } = judgedSite();
  see(query(START));
  const at = START + 20 * SECOND + by_ms;
  const { recording } = stepOfClock({ site, live }, { at, by_ms });
  const [judged] = recording.judgements ?? [...live.judgements.values()];
  return (judged?.valid_until ?? 0) - at;
}

/**
 * What is known of an invoice that had waited for 10 minutes when the clock was set, looked for a
 * minute before, and found a minute after.
 */
function waitingAfter(by_ms: number) {
  const { site, live } = judgedSite();
  const accepted_at = START - 10 * MINUTE;
  const looked_at = START - MINUTE;
  const waiting = journey(accepted_at, { component: 'bureau.sync', last_absent_at: looked_at });
  const memory = { ...emptySyncMemory(), waiting: new Map([[waiting.id, waiting]]) };
  live.syncs.set('bureau.sync', memory);
  const at = START + by_ms;
  const step = stepOfClock({ site, live }, { at, by_ms });
  advance(live, step);
  if (by_ms > 0) advance(live, { recording: { gaps: [{ from: START, to: at, cause: 'clock' }] } });
  const [after = waiting] = step.recording.journeys ?? [];
  const found = { ...after, first_present_at: at + MINUTE };
  return {
    waited_ms: at - after.accepted_at,
    missed_ms: (after.last_absent_at ?? 0) - after.accepted_at,
    delay: journeyDelay(found, lastUnseen(live)),
  };
}

/** A recorder with clocks that are set by hand. */
async function recorderOn(store: Awaited<ReturnType<typeof openSiteStore>>['store']) {
  const time = { elapsed_ms: 0, set_ms: 0 };
  const clock = {
    now: () => START + time.elapsed_ms + time.set_ms,
    monotonic: () => time.elapsed_ms,
  };
  const { recorder } = await resumeRecorder(store, configuration(), { clock });
  return { time, clock, recorder };
}

/** Slots that are left of 0, 20 and 40 s, and gaps, after a clock was set back 45 s after START. */
async function leftAfter(by_ms: number) {
  const { store } = await openSiteStore();
  const { time, clock, recorder } = await recorderOn(store);
  for (const slot of [0, 20, 40]) {
    time.elapsed_ms = slot * SECOND + 200;
    await recorder.batch(aBatch({ results: [dated(query(START + slot * SECOND))] }));
  }
  time.elapsed_ms = 45 * SECOND;
  time.set_ms = by_ms;
  await recorder.batch(aBatch({ steps: [{ at: clock.now(), by_ms }] }));
  const results = await store.results({ from: 0, to: 2 * START, limit: 9 });
  const gaps = await store.gaps(0, 2 * START);
  await store.close();
  return { slots: results.map(({ slot_at }) => (slot_at - START) / SECOND), gaps };
}

/** What becomes of a run that found this, the clock having been set meanwhile or not. */
async function runAcross(found: Partial<LineRun>, is_set: boolean): Promise<Partial<Result>> {
  let steps = 0;
  const runs = createRuns({
    async measure(_, started_at) {
      steps += Number(is_set);
      return { ...WELL, ...found, started_at, duration_ms: 0 };
    },
    delayMs: () => 0,
    sleptMs: () => 0,
    steps: () => steps,
    clock: { now: () => T0, monotonic: () => 0 },
  });
  const { result } = await runs.start({ check: CHECK, slot_at: T0, confirming: false });
  return { outcome: result.outcome, reason: result.reason };
}

type Failing = Awaited<ReturnType<typeof openFailingStore>>;

/** The gaps after a time in which nothing could be recorded: from 0.2 s to 60 s after START. */
async function gapsOf(begin: 'fail' | 'lock', end: 'mend' | 'unlock') {
  const opened: Failing = await openFailingStore();
  const { time, recorder } = await recorderOn(opened.store);
  time.elapsed_ms = 200;
  await recorder.batch(aBatch({ results: [dated(query(START))] }));
  opened[begin]();
  time.elapsed_ms = 30 * SECOND;
  await recorder.time().catch(() => undefined);
  opened[end]();
  time.elapsed_ms = 60 * SECOND;
  await recorder.time();
  const gaps = await opened.store.gaps(0, 2 * START);
  return gaps.map(({ from, to, cause }) => [from - START, to - START, cause]);
}

const CERTIFICATE = { outcome: 'network', reason: 'certificate_invalid' } as const;
const REFUSED = { outcome: 'network', reason: 'connection_refused' } as const;

/** What a clock that was set does to what is measured and known; and a store that fails. */
export const STEPS = [
  ...rowsOf('CLOCK-8', {
    'set back: slots come as the clock shows them, no hour later': () => expectSlotsAnew(-HOUR),
    'set forth: none is made up for': () => expectSlotsAnew(HOUR),
    'nothing is valid for longer': () =>
      expect([-HOUR, -30 * SECOND].map(validAfter)).toEqual([40 * SECOND, 40 * SECOND]),
    'what has expired stays so': () => expect(validAfter(HOUR)).toBe(40 * SECOND - HOUR),
  }),
  ...rowsOf('CLOCK-9', {
    'a gap of cause clock, as long as it was set by': async () => {
      const { gaps } = await lineAfter(HOUR);
      expect(gaps.map(({ from, to, cause }) => [to - from, cause])).toEqual([[HOUR, 'clock']]);
    },
    'what waits has waited for no longer': () =>
      expect(waitingAfter(HOUR).waited_ms).toBe(10 * MINUTE),
  }),
  ...rowsOf('CLOCK-10', {
    'results of slots after the new time are void': async () =>
      expect(await leftAfter(-30 * SECOND)).toEqual({ slots: [0], gaps: [] }),
    'one of the new time itself is not': async () =>
      expect(await leftAfter(-25 * SECOND)).toEqual({ slots: [0, 20], gaps: [] }),
    'the line makes no gap of it': async () => expect((await lineAfter(-HOUR)).gaps).toEqual([]),
  }),
  ...rowsOf('CLOCK-11', {
    'a certificate that was not valid by such a clock': async () => {
      const ours = { outcome: 'self', reason: 'clock_wrong' };
      expect(await runAcross(CERTIFICATE, true)).toEqual(ours);
      expect(await runAcross(CERTIFICATE, false)).toEqual(CERTIFICATE);
    },
    'the delay of an invoice that waits across it': () =>
      expect([HOUR, -HOUR].map((by_ms) => waitingAfter(by_ms).delay)).toEqual([null, null]),
    'not that it was overdue': () =>
      expect([HOUR, -HOUR].map((by_ms) => waitingAfter(by_ms).missed_ms)).toEqual([
        9 * MINUTE,
        9 * MINUTE,
      ]),
    'nothing else that a run found': async () =>
      expect(await runAcross(REFUSED, true)).toEqual(REFUSED),
  }),
  ...rowsOf('CLOCK-12', {
    'a disk that takes nothing: from the last commit to the first good one': async () =>
      expect(await gapsOf('fail', 'mend')).toEqual([[200, 60_000, 'disk']]),
    'a lock that somebody holds': async () =>
      expect(await gapsOf('lock', 'unlock')).toEqual([[200, 60_000, 'lock']]),
  }),
];
