import { expect, test } from 'vitest';
import type { Proof } from '../../../model/proof.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { checkOf, HTTP_500, proven, SILENT, stageLine } from './staged-line.ts';

const EVERY_10_S = checkOf('a', '*/10 * * * * *');

test('a bad result waits for its proof, and later ones of its check behind it', async () => {
  const line = stageLine([EVERY_10_S, checkOf('b', '*/10 * * * * *')]);
  await line.pass(MINUTE);
  let bad = 0;
  line.stage.run = (check) => (check === 'a' && bad++ === 0 ? HTTP_500 : {});
  line.stage.proofFor = (run) =>
    new Promise((resolve) => setTimeout(resolve, 9 * SECOND, proven(run)));
  await line.pass(MINUTE);
  const of_a = line.results().filter(({ check }) => check === 'a');
  const slots = of_a.map(({ slot_at }) => slot_at);
  expect(slots).toEqual(slots.toSorted((x, y) => x - y));
  const held = of_a.find(({ outcome }) => outcome === 'system');
  expect(held?.proof?.contact.host).toBe('a.example');
  const handed = line.batches.find(({ results }) => results.some((it) => it.result === held));
  const ended = (held?.started_at ?? 0) + (held?.duration_ms ?? 0);
  expect(handed?.at).toBe(ended + 9 * SECOND);
  // Others did not wait.
  const of_b = line.batches.flatMap(({ at, results }) =>
    results
      .filter(({ result }) => result.check === 'b')
      .map(({ result }) => at - result.started_at),
  );
  expect(Math.max(...of_b)).toBeLessThanOrEqual(400);
});

test.for([10, 3])(
  'without a proof after %s s, as the policy has it, it is nobody’s fault',
  async (s) => {
    const line = stageLine([EVERY_10_S], 2, { proof_wait_ms: s * SECOND });
    await line.pass(MINUTE);
    line.stage.run = () => SILENT;
    line.stage.proofFor = () => new Promise<Proof>(() => {});
    await line.pass(MINUTE);
    const held = line.batches.flatMap(({ at, results }) =>
      results
        .filter(({ result }) => result.duration_ms > SECOND)
        .map((it) => ({ at, ...it.result })),
    );
    expect(held.length).toBeGreaterThan(2);
    for (const { at, outcome, reason, started_at, duration_ms } of held) {
      expect([outcome, reason]).toEqual(['self', 'unproven']);
      expect(at).toBeLessThanOrEqual(started_at + duration_ms + s * SECOND);
    }
  },
);

test('what needs no proof is not held, whatever it is', async () => {
  const line = stageLine([EVERY_10_S]);
  line.stage.proofFor = () => new Promise<Proof>(() => {});
  line.stage.run = () => ({ outcome: 'throttled', reason: 'http_status', duration_ms: 100 });
  await line.pass(MINUTE);
  expect(line.results().length).toBeGreaterThanOrEqual(5);
  expect(new Set(line.results().map(({ outcome }) => outcome))).toEqual(new Set(['throttled']));
});

test('a stop waits for no proof for long, and hands over what it has', async () => {
  const line = stageLine([EVERY_10_S]);
  await line.pass(MINUTE);
  line.stage.run = () => HTTP_500;
  line.stage.proofFor = () => new Promise<Proof>(() => {});
  const before = line.started.length;
  while (line.started.length === before) await line.pass(100);
  await line.pass(SECOND);
  const stopped = line.line.stop(5 * SECOND);
  await line.pass(3 * SECOND);
  await stopped;
  expect(line.results().at(-1)).toMatchObject({ outcome: 'self', reason: 'unproven' });
  expect(line.results()).toHaveLength(line.started.length);
});

test('proof_wait and confirm_distance of a policy are kept', async () => {
  const policy = { proof_wait_ms: 2 * SECOND, confirm_distance_ms: 20 * SECOND };
  const line = stageLine([checkOf('a', '0 * * * * *')], 2, policy);
  await line.pass(MINUTE);
  line.stage.run = () => HTTP_500;
  line.stage.proofFor = (run) =>
    new Promise((resolve) => setTimeout(resolve, 1.9 * SECOND, proven(run)));
  await line.pass(50 * SECOND);
  const bad = line.results().filter(({ outcome }) => outcome === 'system');
  expect(bad.map(({ slot_at }) => slot_at - (bad[0]?.slot_at ?? 0))).toEqual([0, 20 * SECOND]);
  line.stage.proofFor = (run) =>
    new Promise((resolve) => setTimeout(resolve, 2.1 * SECOND, proven(run)));
  await line.pass(MINUTE);
  expect(line.results().at(-1)).toMatchObject({ outcome: 'self', reason: 'unproven' });
});
