import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { checkOf, SILENT, stageLine } from './staged-line.ts';

const EVERY_10_S = checkOf('a', '*/10 * * * * *');
const RESET = { outcome: 'network', reason: 'connection_reset' } as const;
const EVERY_SECOND = { ...checkOf('b', '* * * * * *'), deadline_ms: SECOND };

/** A line whose check has just been asked and is silent for 3 s, or until its deadline. */
async function underWay(duration_ms = 3 * SECOND) {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.stage.run = () => ({ ...SILENT, duration_ms });
  const before = line.started.length;
  while (line.started.length === before) await line.pass(10);
  return line;
}

test.for([3, 7, 12])('B1: silent in a pause of %d s is our own fault', async (seconds) => {
  const line = await underWay(4_900);
  line.pause(seconds * SECOND);
  await line.pass(30 * SECOND);
  const [first] = line.results().filter(({ outcome }) => outcome !== 'ok');
  expect(first).toMatchObject({ outcome: 'self', reason: 'starved' });
  expect(first?.proof?.loop_delay_ms).toBeGreaterThanOrEqual(seconds * SECOND - 100);
  expect(first?.proof?.loop_delay_ms).toBeLessThanOrEqual(seconds * SECOND);
});

test.each([
  ['silent', 3, {}],
  ['silent', 3_600, {}],
  ['reset', 3, RESET],
  ['reset', 3_600, RESET],
])('%s while the machine sleeps %d s is our own fault', async (_, seconds, found) => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.stage.run = () => ({ ...SILENT, ...found, duration_ms: 2 * SECOND });
  const before = line.started.length;
  while (line.started.length === before) await line.pass(10);
  line.stage.run = () => ({ duration_ms: 100 });
  await line.pass(SECOND);
  line.sleep(seconds * SECOND);
  await line.pass(30 * SECOND);
  const failed = line.results().filter(({ outcome }) => outcome !== 'ok');
  expect(failed.map(({ reason }) => reason)).toEqual(['starved']);
});

test('good over a sleep of the machine has no delay', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.stage.run = () => ({ duration_ms: 2_000 });
  const before = line.started.length;
  while (line.started.length === before) await line.pass(10);
  line.sleep(MINUTE);
  await line.pass(30 * SECOND);
  const across = line.results().filter(({ notes }) => notes.includes('our_delay'));
  expect(across.map(({ outcome }) => outcome)).toEqual(['ok']);
});

test('silent after a pause of ours is theirs', async () => {
  const line = await underWay();
  line.pause(7 * SECOND);
  await line.pass(MINUTE);
  const outcomes = line.results().filter(({ outcome }) => outcome !== 'ok');
  expect(outcomes.slice(1).map(({ outcome }) => outcome)).not.toContain('self');
});

test('a run under way in a pause does not hang, and its next slot is no time-out', async () => {
  const line = await underWay(4_900);
  line.stage.run = () => ({ duration_ms: 100 });
  line.pause(9 * SECOND);
  await line.pass(30 * SECOND);
  expect(line.results().map(({ reason }) => reason)).not.toContain('overlap');
});

test('slots missed in a short pause are results, each once; the target gets no burst', async () => {
  const line = stageLine([EVERY_SECOND]);
  await line.pass(20 * SECOND);
  const before = line.started.length;
  line.pause(8 * SECOND);
  await line.pass(100);
  expect(line.started.length - before).toBe(1);
  await line.pass(5 * SECOND);
  const slots = line.results().map(({ slot_at }) => slot_at);
  expect(slots.slice(1).map((at, n) => at - (slots[n] ?? 0))).toEqual(
    slots.slice(1).map(() => SECOND),
  );
  const missed = line.results().filter(({ outcome }) => outcome !== 'ok');
  expect(missed).toHaveLength(7);
  expect(missed.every((it) => it.reason === 'missed_slot' && it.duration_ms === 0)).toBe(true);
  expect(line.gaps()).toEqual([]);
});

test.for([12 * SECOND, HOUR, 6 * HOUR])(
  'a pause of %d ms is a gap without results in it',
  async (ms) => {
    const line = stageLine([EVERY_10_S, EVERY_SECOND]);
    await line.pass(MINUTE);
    const from = line.now();
    line.pause(ms);
    const to = line.now();
    await line.pass(20 * SECOND);
    expect(line.gaps()).toHaveLength(1);
    const [gap] = line.gaps();
    expect(gap?.cause).toBe('suspended');
    expect(Math.abs((gap?.from ?? 0) - from)).toBeLessThanOrEqual(100);
    expect(Math.abs((gap?.to ?? 0) - to)).toBeLessThanOrEqual(100);
    const within = line.results().filter(({ slot_at }) => slot_at > from && slot_at <= to);
    expect(within).toEqual([]);
    expect(line.steps()).toEqual([]);
    expect(line.started.filter(({ at }) => at > to).length).toBeGreaterThanOrEqual(20);
  },
);

test('B8: a starved machine is in trouble, and well again after a quiet minute', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  for (let n = 0; n < 60; n += 1) {
    line.pause(300);
    await line.pass(500);
  }
  expect(line.conditions()).toMatchObject([
    { kind: 'machine', line: 'local', neutral: null, is_failing: true },
  ]);
  expect(line.conditions()[0]?.detail).toMatch(/^loop_delayed delay_ms=[4-9]\d{3} span_ms=\d+$/);
  await line.pass(90 * SECOND);
  expect(line.conditions().map(({ is_failing }) => is_failing)).toEqual([true, false]);
});

test('and in trouble since the first pause began, not since it ended', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  const began_at = line.now();
  for (const pause_ms of [7 * SECOND, 7 * SECOND, 7 * SECOND]) {
    line.pause(pause_ms);
    await line.pass(3 * SECOND);
  }
  const [trouble] = line.conditions();
  expect(trouble).toMatchObject({ kind: 'machine', is_failing: true });
  expect(Math.abs((trouble?.at ?? 0) - began_at)).toBeLessThanOrEqual(100);
});

test('a machine busy as usual is not in trouble', async () => {
  const line = stageLine([EVERY_10_S]);
  for (let n = 0; n < 100; n += 1) {
    line.pause(60);
    await line.pass(600);
  }
  expect(line.conditions()).toEqual([]);
});

test('a run without an end is lost a second after its deadline, by our own fault', async () => {
  const line = stageLine([EVERY_10_S]);
  line.stage.run = () => ({ duration_ms: HOUR });
  await line.pass(MINUTE);
  const [lost] = line.results();
  expect(lost).toMatchObject({ outcome: 'self', reason: 'worker_died' });
  expect(lost?.duration_ms).toBe(6 * SECOND);
});

test('a slot that finds the last run past its deadline is a time-out', async () => {
  const line = stageLine([{ ...EVERY_10_S, deadline_ms: 9.5 * SECOND }]);
  line.stage.run = () => ({ duration_ms: 10.4 * SECOND });
  await line.pass(MINUTE);
  expect(line.results().map(({ reason }) => reason)).toContain('overlap');
  line.stage.run = () => ({ duration_ms: 9.4 * SECOND });
  const told = line.results().length + 2;
  await line.pass(MINUTE);
  expect(
    line
      .results()
      .slice(told)
      .map(({ reason }) => reason),
  ).not.toContain('overlap');
});
