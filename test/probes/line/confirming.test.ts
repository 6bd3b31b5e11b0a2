import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { createConfirming } from '../../../probes/line/confirming.ts';
import { result } from '../../model/builders.ts';
import { checkOf, HTTP_500, SILENT, START, stageLine, WELL } from './staged-line.ts';

const EVERY_MINUTE = checkOf('a', '0 * * * * *');

/** The bad results, as their distances in seconds from the first. */
function badSlots(line: ReturnType<typeof stageLine>): number[] {
  const bad = line.results().filter(({ outcome }) => outcome !== 'ok');
  return bad.map(({ slot_at }) => (slot_at - (bad[0]?.slot_at ?? 0)) / SECOND);
}

test.for([
  { k: 2, slots: [0, 10, 60, 120] },
  { k: 3, slots: [0, 10, 20, 60, 120] },
  { k: 5, slots: [0, 10, 20, 30, 40, 60, 120] },
  // From the slot at 60 s on, regular slots confirm.
  { k: 8, slots: [0, 10, 20, 30, 40, 50, 60, 70, 120] },
])('confirming slots follow every 10 s until $k are bad', async ({ k, slots }) => {
  const line = stageLine([EVERY_MINUTE], k);
  await line.pass(MINUTE);
  line.stage.run = () => HTTP_500;
  await line.pass(3 * MINUTE);
  expect(badSlots(line).filter((at) => at <= 120)).toEqual(slots);
  const confirming = line
    .results()
    .filter((it) => it.confirming)
    .map(({ slot_at }) => slot_at);
  const regular = line
    .results()
    .filter((it) => !it.confirming)
    .map(({ slot_at }) => slot_at);
  expect(confirming.every((at) => regular.every((it) => it !== at))).toBe(true);
  expect(regular.slice(1).every((at, n) => at - (regular[n] ?? 0) === MINUTE)).toBe(true);
});

test('confirming slots follow at the distance of the policy', async () => {
  const line = stageLine([EVERY_MINUTE], 3, { confirm_distance_ms: 25 * SECOND });
  await line.pass(MINUTE);
  line.stage.run = () => HTTP_500;
  await line.pass(3 * MINUTE);
  expect(badSlots(line).filter((at) => at <= 120)).toEqual([0, 25, 50, 60, 120]);
});

test('one good result ends them; the next bad one begins anew', async () => {
  const line = stageLine([EVERY_MINUTE], 4);
  await line.pass(MINUTE);
  const outcomes = [HTTP_500, HTTP_500, WELL, HTTP_500, HTTP_500, HTTP_500, HTTP_500];
  line.stage.run = () => outcomes.shift() ?? WELL;
  await line.pass(3 * MINUTE);
  // Bad, bad, good; then from the regular slot on.
  expect(badSlots(line)).toEqual([0, 10, 60, 70, 80, 90]);
});

test('a confirming slot waits until the last one is known', async () => {
  const line = stageLine([{ ...EVERY_MINUTE, deadline_ms: 30 * SECOND }], 2);
  await line.pass(MINUTE);
  line.stage.run = () => ({ ...SILENT, duration_ms: 25 * SECOND });
  await line.pass(MINUTE + 40 * SECOND);
  expect(badSlots(line).slice(0, 2)).toEqual([0, 25]);
});

test('failures of our own neither count nor end a run of bad ones', async () => {
  const line = stageLine([EVERY_MINUTE], 2);
  await line.pass(MINUTE);
  const self: Partial<typeof WELL> = { outcome: 'self', reason: 'probe_error' };
  const outcomes = [HTTP_500, self, self, HTTP_500];
  line.stage.run = () => outcomes.shift() ?? WELL;
  await line.pass(2 * MINUTE);
  expect(badSlots(line)).toEqual([0, 10, 20, 30]);
});

test.for<Partial<typeof WELL>>([
  { outcome: 'prerequisite', reason: 'waits_for_login' },
  { outcome: 'credential', reason: 'http_status' },
  { outcome: 'throttled', reason: 'http_status' },
])('after one bad result, $outcome is left to the schedule', async (found) => {
  const line = stageLine([EVERY_MINUTE], 2);
  await line.pass(MINUTE);
  const outcomes = [HTTP_500];
  line.stage.run = () => outcomes.shift() ?? { ...WELL, ...found };
  await line.pass(3 * MINUTE);
  expect(badSlots(line).filter((at) => at <= 120)).toEqual([0, 10, 60, 120]);
});

test('B10: two bad slots less than 10 s apart are followed by a third', async () => {
  const line = stageLine([{ ...checkOf('a', '*/5 * * * * *'), deadline_ms: SECOND }], 2);
  await line.pass(MINUTE);
  line.stage.run = () => HTTP_500;
  await line.pass(12 * SECOND);
  // Regular slots come first here, but the run is still open at 5 s and decided at 10 s.
  expect(badSlots(line).slice(0, 3)).toEqual([0, 5, 10]);
});

test('B10: the extra slot of a start is confirmed like any other', async () => {
  const line = stageLine([checkOf('b', '0 30 * * * *')], 2);
  line.stage.run = () => HTTP_500;
  await line.pass(40 * SECOND);
  expect((line.started[0]?.at ?? 0) - START).toBeLessThan(3 * SECOND);
  expect(badSlots(line)).toEqual([0, 10]);
});

test('what the collector chose for the check counts from the next result on', async () => {
  const line = stageLine([EVERY_MINUTE], 2);
  await line.pass(MINUTE);
  line.stage.run = () => HTTP_500;
  while (badSlots(line).length === 0) await line.pass(100);
  line.line.setConfirmations('a', 3);
  await line.pass(50 * SECOND);
  expect(badSlots(line)).toEqual([0, 10, 20]);
});

test('results are handed over within 100 ms, at once when they may change a state', async () => {
  const checks = ['a', 'b', 'c', 'd', 'e'].map((id) => checkOf(id, '* * * * * *'));
  const line = stageLine(checks.map((check) => ({ ...check, deadline_ms: SECOND })));
  await line.pass(20 * SECOND);
  const waits = () =>
    line.batches.flatMap(({ at, results }) =>
      results.map(({ result }) => at - (result.started_at + result.duration_ms)),
    );
  expect(Math.max(...waits())).toBeLessThanOrEqual(101);
  expect(Math.max(...waits())).toBeGreaterThan(90);
  expect(line.batches.length).toBeLessThan(line.results().length);
  for (const { results } of line.batches) {
    const slots = results.map(({ result }) => result.slot_at);
    expect(slots).toEqual(slots.toSorted((a, b) => a - b));
  }
  const told = line.batches.length;
  line.stage.run = (check) => (check === 'c' ? HTTP_500 : WELL);
  await line.pass(5 * SECOND);
  const bad = line.batches
    .slice(told)
    .flatMap(({ at, results }) => results.map(({ result }) => ({ at, ...result })))
    .filter(({ outcome }) => outcome === 'system');
  expect(bad.length).toBeGreaterThan(2);
  for (const { at, started_at, duration_ms } of bad) expect(at).toBe(started_at + duration_ms);
});

test('an overlap and the run that hung count once, as the judge counts them', () => {
  const confirming = createConfirming(new Map([['a', 2]]), () => 10);
  const note = (slot_at: number, reason: 'overlap' | 'timeout_processing') =>
    confirming.note(result(slot_at, { check: 'a', outcome: 'timeout', reason })).is_open;
  expect(note(0, 'overlap')).toBe(true);
  expect(note(100, 'timeout_processing')).toBe(true);
  expect(note(200, 'timeout_processing')).toBe(false);
});

test('degraded results and other bad ones do not confirm each other', async () => {
  const line = stageLine([EVERY_MINUTE], 3);
  await line.pass(MINUTE);
  const degraded: Partial<typeof WELL> = { outcome: 'degraded', reason: 'error_code' };
  const outcomes = [HTTP_500, HTTP_500, degraded, HTTP_500, HTTP_500, HTTP_500];
  line.stage.run = () => outcomes.shift() ?? WELL;
  await line.pass(2 * MINUTE);
  expect(badSlots(line)).toEqual([0, 10, 20, 30, 40, 50]);
});

test('2 degraded results are enough', async () => {
  const line = stageLine([EVERY_MINUTE], 4);
  await line.pass(MINUTE);
  line.stage.run = () => ({ outcome: 'degraded', reason: 'error_code' });
  await line.pass(2 * MINUTE);
  expect(badSlots(line).filter((at) => at < 60)).toEqual([0, 10]);
});
