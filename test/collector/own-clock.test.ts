import { expect, test } from 'vitest';
import type { GapCause } from '../../model/component.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, dated, knownOpenIncidents, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

/** Hands that can be set one by one, as a machine has them. */
async function startRecorder() {
  stopTime();
  const hands = { elapsed_ms: 0, set_ms: 0, slept_ms: 0 };
  const clock = {
    now: () => START + hands.elapsed_ms + hands.slept_ms + hands.set_ms,
    monotonic: () => hands.elapsed_ms,
  };
  const settings = configuration({ resolve_after_ms: 5 * MINUTE, confirmations: 2 });
  const { store } = await openSiteStore(settings);
  const since_boot = () => hands.elapsed_ms + hands.slept_ms;
  const { recorder, live } = await resumeRecorder(store, settings, { clock, since_boot });
  const pass = async (ms: number) => {
    for (const until = hands.elapsed_ms + ms; hands.elapsed_ms < until; ) {
      hands.elapsed_ms += SECOND;
      await recorder.time();
    }
  };
  return {
    hands,
    clock,
    store,
    recorder,
    live,
    pass,
    async measure(changed = {}, valid_ms = 20 * MINUTE) {
      await recorder.batch(aBatch({ results: [dated(query(clock.now(), changed), valid_ms)] }));
      await pass(15 * SECOND);
    },
    gaps: () => store.gaps(0, START * 2),
    state: () => live.statuses.get('bureau.query')?.state,
    newest: async () =>
      (await store.transitions(0, START * 2))
        .filter(({ component }) => component === 'bureau.query')
        .at(-1),
  };
}

type Started = Awaited<ReturnType<typeof startRecorder>>;

/** As the line of this machine tells it. */
function tell({ recorder, clock }: Started, by_ms: number, cause: GapCause = 'clock') {
  const at = clock.now();
  const gaps = by_ms > 0 ? [{ from: at - by_ms, to: at, cause }] : [];
  return recorder.batch(aBatch({ gaps, steps: cause === 'clock' ? [{ at, by_ms }] : [] }));
}

const WAYS = [
  ['set forth', 'set_ms', 'clock'],
  ['asleep', 'slept_ms', 'suspended'],
] as const;

/** An incident that was over for half a minute. */
async function monitored() {
  const world = await startRecorder();
  for (const changed of [{}, FAILED, FAILED, {}, {}, {}]) await world.measure(changed);
  expect(knownOpenIncidents(world.live)[0]?.status).toBe('monitoring');
  return world;
}

test('B7: set forth, no incident is resolved that was not watched', async () => {
  const world = await monitored();
  world.hands.set_ms += 6 * MINUTE;
  await world.pass(3 * SECOND);
  await tell(world, 6 * MINUTE);
  await world.pass(SECOND);
  expect(knownOpenIncidents(world.live)[0]?.status).toBe('monitoring');
  // Watched for five minutes, it is resolved.
  for (let i = 0; i < 20; i += 1) await world.measure();
  expect(knownOpenIncidents(world.live)).toEqual([]);
  expect(await world.store.integrityProblems()).toEqual([]);
});

test.each(['restart', 'suspended'] as const)(
  '%s: what was not watched resolves nothing',
  async (cause) => {
    const world = await monitored();
    const status = () => knownOpenIncidents(world.live)[0]?.status;
    for (let i = 0; i < 14; i += 1) await world.measure();
    const to = world.clock.now();
    await world.recorder.batch(aBatch({ gaps: [{ from: to - 20 * SECOND, to, cause }] }));
    for (let i = 0; i < 19; i += 1) await world.measure();
    expect(status()).toBe('monitoring');
    for (let i = 0; i < 2; i += 1) await world.measure();
    expect(status()).toBeUndefined();
  },
);

test.each(WAYS)('%s: unknown by that cause, though our own time sees it first', async (...way) => {
  const [, hand, cause] = way;
  const world = await startRecorder();
  for (let i = 0; i < 4; i += 1) await world.measure({}, MINUTE);
  world.hands[hand] += 59 * MINUTE;
  await world.pass(3 * SECOND);
  expect(world.state()).toBe('operational');
  const to = world.clock.now();
  await tell(world, 59 * MINUTE, cause);
  await world.pass(SECOND);
  // The slot after the last result.
  const since = START + 45 * SECOND + 30 * SECOND;
  expect(await world.newest()).toMatchObject({ to: 'unknown', since, cause: 'gap' });
  expect((await world.newest())?.notes).toMatchObject([{ code: 'gap', cause }]);
  expect(await world.gaps()).toEqual([{ from: to - 59 * MINUTE, to, cause }]);
});

test.each(WAYS)('%s: recorded without a line, and not again when it tells', async (...way) => {
  const [, hand, cause] = way;
  const world = await startRecorder();
  for (let i = 0; i < 4; i += 1) await world.measure({}, MINUTE);
  world.hands[hand] += 10 * MINUTE;
  await world.pass(8 * SECOND);
  expect(world.state()).toBe('unknown');
  expect((await world.newest())?.cause).toBe('gap');
  const before = await world.gaps();
  expect(before).toMatchObject([{ cause }]);
  expect((before[0]?.to ?? 0) - (before[0]?.from ?? 0)).toBe(10 * MINUTE);
  await tell(world, 10 * MINUTE, cause);
  expect(await world.gaps()).toEqual(before);
  await world.measure({}, MINUTE);
  expect(world.state()).toBe('operational');
});

test('a pause that our own time sees first is the cause, once the line tells of it', async () => {
  const world = await startRecorder();
  for (let i = 0; i < 4; i += 1) await world.measure({}, MINUTE);
  const from = world.clock.now();
  world.hands.elapsed_ms += 3 * MINUTE;
  await world.recorder.time();
  expect(await world.newest()).toMatchObject({ to: 'unknown', cause: 'expired' });
  const gap = { from, to: world.clock.now(), cause: 'suspended' } as const;
  await world.recorder.batch(aBatch({ gaps: [gap] }));
  const since = START + 45 * SECOND + 30 * SECOND;
  const notes = [{ code: 'gap', from, cause: 'suspended' }];
  expect(await world.newest()).toMatchObject({ to: 'unknown', cause: 'gap', since, notes });
  expect(world.live.statuses.get('bureau.query')?.notes).toEqual(notes);
  // It is not told again, and what had expired before is not laid at it.
  const count = async () => (await world.store.transitions(0, START * 2)).length;
  const before = await count();
  const later = { from: gap.to, to: gap.to + MINUTE, cause: 'suspended' } as const;
  await world.recorder.batch(aBatch({ gaps: [gap, later] }));
  expect(await count()).toBe(before);
  expect(await world.store.integrityProblems()).toEqual([]);
});

test('B6: set back without a line, what it tells late is void too, once', async () => {
  const world = await startRecorder();
  for (let i = 0; i < 4; i += 1) await world.measure({}, MINUTE);
  const ahead = query(world.clock.now());
  world.hands.set_ms -= 10 * MINUTE;
  await world.pass(8 * SECOND);
  expect(world.state()).toBe('unknown');
  await world.recorder.batch(aBatch({ results: [dated(ahead)] }));
  await tell(world, -10 * MINUTE);
  const results = await world.store.results({ from: 0, to: START * 2, limit: 99 });
  expect(results.filter(({ slot_at }) => slot_at > world.clock.now())).toEqual([]);
  expect(await world.store.integrityProblems()).toEqual([]);
});

test.each([
  // What showed the outage is void: it has to be shown again.
  ['set back', -10 * MINUTE, [FAILED, FAILED]],
  ['set forth', 10 * MINUTE, [FAILED]],
])('%s: an outage that was known goes on', async (_, by_ms, again) => {
  const world = await startRecorder();
  for (const changed of [{}, FAILED, FAILED]) await world.measure(changed, MINUTE);
  expect(world.state()).toBe('major_outage');
  world.hands.set_ms += by_ms;
  await tell(world, by_ms);
  await world.pass(2 * MINUTE);
  expect(world.state()).toBe('unknown');
  const slot_at = world.clock.now();
  for (const changed of again) await world.measure(changed, MINUTE);
  expect(await world.newest()).toMatchObject({ to: 'major_outage', since: slot_at });
  const [incident] = await world.store.incidents({ limit: 9 });
  const codes = incident?.updates.map(({ code }) => code);
  expect(codes).toEqual(['opened', 'unclear', 'known']);
  expect(await world.store.integrityProblems()).toEqual([]);
});

test('set back, no result that is void counts among those of the last hour', async () => {
  const started = await startRecorder();
  const recent = () => started.live.statuses.get('bureau.query')?.recent;
  await started.measure();
  await started.measure();
  await started.measure(FAILED);
  await started.measure(FAILED);
  expect(recent()).toMatchObject({ n: 4, bad: 2 });
  started.hands.set_ms = -40 * SECOND;
  await tell(started, -40 * SECOND);
  expect(recent()).toMatchObject({ n: 2, bad: 0 });
});

test('drift is followed without a word', async () => {
  const world = await startRecorder();
  for (let i = 0; i < 30; i += 1) {
    world.hands.set_ms += 200;
    await world.pass(SECOND);
  }
  expect(await world.gaps()).toEqual([]);
  expect(await world.store.openOwnTroubles()).toEqual([]);
  expect(world.clock.now() - (world.live.heartbeat_at ?? 0)).toBeLessThan(7 * SECOND);
});

test('of a thread that was away the clock is not believed: its own step is recorded', async () => {
  const world = await startRecorder();
  await world.measure();
  world.hands.set_ms += 6 * MINUTE;
  await tell(world, 2 * MINUTE, 'restart');
  await world.pass(10 * SECOND);
  const causes = (await world.gaps()).map(({ cause }) => cause);
  expect(causes.toSorted()).toEqual(['clock', 'restart']);
});
