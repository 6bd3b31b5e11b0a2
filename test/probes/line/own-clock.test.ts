import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { checkOf, HTTP_500, stageLine } from './staged-line.ts';

const EVERY_10_S = checkOf('a', '*/10 * * * * *');

/** Whether the check runs at each of its slots, none twice, from an instant on. */
function expectRegular(slots: readonly number[]): void {
  expect(slots.length).toBeGreaterThan(3);
  expect(slots.slice(1).map((at, n) => at - (slots[n] ?? 0))).toEqual(
    slots.slice(1).map(() => 10 * SECOND),
  );
}

test.for([-HOUR, -2 * HOUR, -3 * SECOND])(
  'B6: measuring goes on at its slots when the clock is set back by %d ms',
  async (by_ms) => {
    const line = stageLine([EVERY_10_S]);
    await line.pass(3 * MINUTE + 4 * SECOND);
    line.setClock(by_ms);
    const at = line.now();
    await line.pass(MINUTE);
    expect(line.steps()).toEqual([{ at: expect.any(Number), by_ms }]);
    const [step] = line.steps();
    expect((step?.at ?? 0) - at).toBeLessThanOrEqual(100);
    expect(line.gaps()).toEqual([]);
    const told = line.batches.findIndex(({ steps }) => steps.length > 0);
    const after = line.batches.slice(told).flatMap((it) => it.results.map(({ result }) => result));
    // Slots of the new time, none of the old one.
    expect(after[0]?.slot_at).toBeGreaterThan(at - SECOND);
    expect(after[0]?.slot_at).toBeLessThanOrEqual(at + 10 * SECOND);
    expectRegular(after.map(({ slot_at }) => slot_at));
    expect(new Set(line.results().map(({ outcome }) => outcome))).toEqual(new Set(['ok']));
  },
);

test.for([HOUR, 2 * HOUR, 3 * SECOND])(
  'B7: a clock set forth by %d ms is a gap of just that, and measuring goes on',
  async (by_ms) => {
    const line = stageLine([EVERY_10_S]);
    await line.pass(3 * MINUTE + 4 * SECOND);
    const at = line.now();
    line.setClock(by_ms);
    await line.pass(MINUTE);
    expect(line.steps()).toEqual([{ at: expect.any(Number), by_ms }]);
    expect(line.gaps()).toEqual([
      { from: expect.any(Number), to: expect.any(Number), cause: 'clock' },
    ]);
    const [gap] = line.gaps();
    expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBe(by_ms);
    expect((gap?.from ?? 0) - at).toBeGreaterThanOrEqual(0);
    expect((gap?.from ?? 0) - at).toBeLessThanOrEqual(100);
    const slots = line.results().map(({ slot_at }) => slot_at);
    expect(slots.filter((slot) => slot > at && slot <= (gap?.to ?? 0))).toEqual([]);
    expectRegular(slots.filter((slot) => slot > (gap?.to ?? 0)));
    expect(new Set(line.results().map(({ outcome }) => outcome))).toEqual(new Set(['ok']));
  },
);

test('B7: set back by an hour and right again, checks go on both times', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.setClock(-HOUR);
  await line.pass(5 * MINUTE);
  line.setClock(HOUR);
  const runs = line.started.length;
  await line.pass(5 * MINUTE);
  expect(line.steps().map(({ by_ms }) => by_ms)).toEqual([-HOUR, HOUR]);
  expect(line.gaps().map(({ from, to, cause }) => [to - from, cause])).toEqual([[HOUR, 'clock']]);
  expect(line.started.length - runs).toBe(30);
});

test('a drift of less than a second is followed without a word', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  for (let n = 0; n < 10; n += 1) {
    line.setClock(n % 2 === 0 ? 900 : -800);
    await line.pass(20 * SECOND);
  }
  expect([line.steps(), line.gaps()]).toEqual([[], []]);
  expectRegular(line.results().map(({ slot_at }) => slot_at));
  const late = line.started.map(({ at, slot_at }) => at - slot_at);
  expect(Math.max(...late)).toBeLessThanOrEqual(SECOND);
});

test('what was under way when the clock was set back is void, not a result to come', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.stage.run = () => ({ duration_ms: 4 * SECOND });
  while ((line.started.at(-1)?.at ?? 0) < line.now()) await line.pass(10);
  const under_way = line.started.at(-1)?.slot_at ?? 0;
  line.setClock(-HOUR);
  await line.pass(MINUTE);
  expect(line.results().map(({ slot_at }) => slot_at)).not.toContain(under_way);
});

test.for([
  { slept_ms: 5 * SECOND, gaps: [] },
  { slept_ms: 9 * SECOND, gaps: [] },
  { slept_ms: MINUTE, gaps: ['suspended'] },
  { slept_ms: 6 * HOUR, gaps: ['suspended'] },
])('a machine asleep for $slept_ms ms is no step of its clock', async ({ slept_ms, gaps }) => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  const asleep_at = line.now();
  line.sleep(slept_ms);
  const awake_at = line.now();
  await line.pass(MINUTE);
  expect(line.steps()).toEqual([]);
  expect(line.gaps().map(({ cause }) => cause)).toEqual(gaps);
  for (const { from, to } of line.gaps()) {
    expect(Math.abs(from - asleep_at)).toBeLessThanOrEqual(100);
    expect(Math.abs(to - awake_at)).toBeLessThanOrEqual(100);
  }
  const slots = line.results().map(({ slot_at }) => slot_at);
  if (gaps.length === 0) expectRegular(slots);
  else {
    expect(slots.filter((at) => at > asleep_at && at < awake_at)).toEqual([]);
    expectRegular(slots.filter((at) => at > awake_at));
  }
});

test('asleep and the clock set meanwhile: each is told by its own name', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.sleep(MINUTE);
  line.setClock(HOUR);
  await line.pass(MINUTE);
  expect(line.steps().map(({ by_ms }) => by_ms)).toEqual([HOUR]);
  const [asleep, set] = line.gaps();
  expect(asleep).toMatchObject({ cause: 'suspended' });
  expect((asleep?.to ?? 0) - (asleep?.from ?? 0)).toBe(MINUTE);
  expect(set).toMatchObject({ cause: 'clock', from: asleep?.to });
  expect((set?.to ?? 0) - (set?.from ?? 0)).toBe(HOUR);
});

test('asleep and the clock set back meanwhile: no gap ends before it begins', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.sleep(MINUTE);
  line.setClock(-HOUR);
  const at = line.now();
  await line.pass(MINUTE);
  expect(line.steps().map(({ by_ms }) => by_ms)).toEqual([-HOUR]);
  const [asleep] = line.gaps();
  expect((asleep?.to ?? 0) - (asleep?.from ?? 0)).toBe(MINUTE);
  expect(Math.abs((asleep?.to ?? 0) - at)).toBeLessThanOrEqual(100);
  expect(line.started.filter((it) => it.at >= at).length).toBeGreaterThanOrEqual(5);
});

const EXPIRED: Partial<LineRun> = {
  outcome: 'network',
  reason: 'certificate_invalid',
  detail: 'CERT_NOT_YET_VALID',
  duration_ms: 300,
  contact: { host: 'a.example', address: '192.0.2.1', reach: 'answered', resolver_differs: false },
};

/** So long after the start of a run, others having been before. */
async function passIntoRun(line: ReturnType<typeof stageLine>, ms: number): Promise<void> {
  await line.pass(15 * SECOND);
  const started_at = line.started.at(-1)?.at ?? 0;
  await line.pass(started_at + 10 * SECOND - line.now() + ms);
}

describe.each([HOUR, -HOUR, 3 * SECOND, 400 * 24 * HOUR])('the clock set by %d ms', (by_ms) => {
  test.each([1, 150, 260, 299])(
    '%d ms into a run voids the dates of its certificate',
    async (ms) => {
      const line = stageLine([EVERY_10_S], 1);
      line.stage.run = () => EXPIRED;
      await passIntoRun(line, ms);
      const slot_at = line.started.at(-1)?.slot_at;
      line.setClock(by_ms);
      await line.pass(SECOND);
      const told = line.results().filter((it) => it.slot_at === slot_at);
      const reasons = told.map(({ outcome, reason }) => [outcome, reason]);
      // Set back, what was measured before may be forgotten with its slot.
      if (by_ms > 0 || reasons.length > 0) expect(reasons).toEqual([['self', 'clock_wrong']]);
    },
  );

  test('before a run or after it changes nothing about its certificate', async () => {
    const line = stageLine([EVERY_10_S], 1);
    line.stage.run = () => EXPIRED;
    await passIntoRun(line, 2 * SECOND);
    line.setClock(by_ms);
    await line.pass(30 * SECOND);
    const outcomes = new Set(line.results().map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(['network']));
  });

  test('within a run that fails otherwise is no excuse', async () => {
    const line = stageLine([EVERY_10_S]);
    line.stage.run = () => HTTP_500;
    await passIntoRun(line, 100);
    line.setClock(by_ms);
    await line.pass(30 * SECOND);
    expect(line.results().every(({ outcome }) => outcome === 'system')).toBe(true);
  });
});
