import { expect, test } from 'vitest';
import type { Gap } from '../../../model/component.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { HandedOver } from '../../../probes/line/handed-over.ts';
import { lostSlots } from '../../../probes/line/lost-slots.ts';
import { checkOf, START, stageLine } from './staged-line.ts';

const CHECKS = [checkOf('a', '*/10 * * * * *')];
/** A schedule of whole 10 s. */
const schedule = {
  slotAfter: (_: string, at: number) => Math.floor(at / 10_000) * 10_000 + 10_000,
};
const seconds = (at: number) => (at - START) / SECOND;

/** What is lost at a start, in seconds before it; the last word came with the last slot. */
function lost({ last, heard = last, gaps = [] }: { last: number; heard?: number; gaps?: Gap[] }) {
  const handed_over: HandedOver = {
    slots: new Map([['a', START + last * SECOND]]),
    gaps,
    known_until: START + heard * SECOND,
  };
  const { slots, gap } = lostSlots({ checks: CHECKS, schedule, started_at: START, handed_over });
  for (const { result } of slots)
    expect(result).toMatchObject({ check: 'a', outcome: 'self', reason: 'worker_died' });
  return {
    slots: slots.map(({ slot }) => seconds(slot.slot_at)),
    gap: gap && [seconds(gap.from), seconds(gap.to), gap.cause],
  };
}

function gap(from: number, to: number): Gap {
  return { from: START + from * SECOND, to: START + to * SECOND, cause: 'suspended' };
}

test('what a dead thread did not hand over is lost, up to the start of the next one', () => {
  expect(lost({ last: -40 })).toEqual({ slots: [-30, -20, -10, 0], gap: null });
  expect(lost({ last: 0 })).toEqual({ slots: [], gap: null });
});

test('a minute is lost; a longer time without a thread is a gap, also when it is long', () => {
  const minute = { slots: [-50, -40, -30, -20, -10, 0], gap: null };
  expect(lost({ last: -60 })).toEqual(minute);
  expect(lost({ last: -61 })).toEqual({ slots: [], gap: [-61, 0, 'restart'] });
  const day = 24 * 60 * 60;
  expect(lost({ last: -day })).toEqual({ slots: [], gap: [-day, 0, 'restart'] });
});

test('what was under way when the thread died is lost, and the gap begins after it', () => {
  expect(lost({ last: -120, heard: -95 })).toEqual({
    slots: [-110, -100],
    gap: [-95, 0, 'restart'],
  });
  // A slot at its very end lies before the gap.
  expect(lost({ last: -120, heard: -100 }).slots).toEqual([-110, -100]);
});

test('slots in a gap that was handed over are not lost too', () => {
  expect(lost({ last: -50, gaps: [gap(-40, -20)] }).slots).toEqual([-40, -10, 0]);
  const before = [gap(-190, -150), gap(-130, -110)];
  expect(lost({ last: -200, heard: -100, gaps: before })).toEqual({
    slots: [-190, -140, -130, -100],
    gap: [-100, 0, 'restart'],
  });
});

test('nothing is lost that lies ahead of a clock set back', () => {
  expect(lost({ last: MINUTE })).toEqual({ slots: [], gap: null });
});

test('a runner tells at once, in order, what those before it lost', async () => {
  const heard_at = START - 100 * SECOND;
  const slots = new Map([['a', heard_at - 20 * SECOND]]);
  const line = stageLine(CHECKS, 2, {}, { slots, gaps: [], known_until: heard_at });
  const gap = { from: heard_at, to: START, cause: 'restart' };
  expect(line.batches.map(({ results, gaps }) => [results.length, ...gaps])).toEqual([
    [1],
    [1],
    [0, gap],
  ]);
  await line.pass(MINUTE);
  const [lost = 0, other, ...measured] = line.results().map(({ slot_at }) => slot_at);
  expect([lost > heard_at - 20 * SECOND, lost <= heard_at - 10 * SECOND]).toEqual([true, true]);
  expect(other).toBe(lost + 10 * SECOND);
  // Those in between are in the gap.
  expect(measured).toEqual([120, 130, 140, 150, 160, 170].map((after) => lost + after * SECOND));
});
