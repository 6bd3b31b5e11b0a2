import { expect, test } from 'vitest';
import { SECOND } from '../../../model/time.ts';
import { confirmingSlot, firstSlot, slotOffsetMs } from '../../../probes/line/schedule/plan.ts';
import { START } from '../../collector/configuration.ts';

test('a check has one offset for good, within its distance and within 30 seconds', () => {
  const checks = Array.from({ length: 500 }, (_, i) => `check-${i}`);
  for (const distance of [10 * SECOND, 30 * SECOND, 3_600 * SECOND]) {
    const offsets = checks.map((check) => slotOffsetMs(check, distance));
    expect(offsets).toEqual(checks.map((check) => slotOffsetMs(check, distance)));
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...offsets)).toBeLessThan(Math.min(distance, 30 * SECOND));
    // They spread: no tenth of the time holds more than a quarter of the checks.
    const tenth = Math.min(distance, 30 * SECOND) / 10;
    const counts = [...Map.groupBy(offsets, (it) => Math.floor(it / tenth)).values()];
    expect(counts).toHaveLength(10);
    expect(Math.max(...counts.map((it) => it.length))).toBeLessThan(125);
  }
});

test('B10: an extra slot within 3 s of the start, unless a regular one comes within 60 s', () => {
  const first = (first_regular_at: number) => firstSlot('c', START, first_regular_at);
  expect(first(START + 60 * SECOND)).toBeNull();
  const at = first(START + 60 * SECOND + 1);
  expect(at).toBeGreaterThanOrEqual(START);
  expect(at).toBeLessThan(START + 3 * SECOND);
});

test.each([
  { name: 'known at once', now: 1, next: 15, expected: 10 },
  { name: 'known after 8 s', now: 8, next: 15, expected: 10 },
  { name: 'known later than 10 s', now: 12, next: 30, expected: 12 },
  { name: 'a regular slot comes first', now: 1, next: 9, expected: null },
  { name: 'a regular slot comes at the same time', now: 1, next: 10, expected: null },
  { name: 'known so late that a regular slot comes first', now: 29, next: 29, expected: null },
])('confirming slot: $name', ({ now, next, expected }) => {
  const at = confirmingSlot({
    bad_slot_at: START,
    distance_ms: 10 * SECOND,
    now: START + now * SECOND,
    next_regular_at: START + next * SECOND,
  });
  expect(at).toBe(expected === null ? null : START + expected * SECOND);
});
