import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { lostSlots } from '../../../probes/line/lost-slots.ts';
import { checkOf, START } from './staged-line.ts';

const EVERY_10_S = checkOf('a', '*/10 * * * * *');
/** A schedule of whole 10 s. */
const schedule = {
  slotAfter: (_: string, at: number) => Math.floor(at / 10_000) * 10_000 + 10_000,
};

function lostAfter(after: Map<string, number> | undefined): number[] {
  const lost = lostSlots({ checks: [EVERY_10_S], schedule, started_at: START, after });
  for (const { result } of lost)
    expect(result).toMatchObject({ check: 'a', outcome: 'self', reason: 'worker_died' });
  return lost.map(({ slot }) => (slot.slot_at - START) / SECOND);
}

test('what a dead thread did not hand over is lost, up to the start of the next one', () => {
  expect(lostAfter(new Map([['a', START - 40 * SECOND]]))).toEqual([-30, -20, -10, 0]);
  expect(lostAfter(new Map([['a', START]]))).toEqual([]);
});

test('a check of which nothing was handed over, and a first start, have lost nothing', () => {
  expect(lostAfter(new Map([['b', START - MINUTE]]))).toEqual([]);
  expect(lostAfter(undefined)).toEqual([]);
});

test('no more than a minute is lost, and nothing that lies ahead of a clock set back', () => {
  expect(lostAfter(new Map([['a', START - 60 * MINUTE]]))).toEqual([-50, -40, -30, -20, -10, 0]);
  expect(lostAfter(new Map([['a', START + 60 * MINUTE]]))).toEqual([]);
});
