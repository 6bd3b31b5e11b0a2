import { expect } from 'vitest';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createConfirming } from '../../probes/line/confirming.ts';
import { confirmingSlot, firstSlot } from '../../probes/line/schedule/plan.ts';
import { bad, result, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

/** When a bad result is confirmed, in s after its slot, if its run takes so long. */
function confirmedAfter(run_s: number, next_regular_s: number): number | null {
  const at = confirmingSlot({
    bad_slot_at: T0,
    distance_ms: DEFAULT_POLICY.confirm_distance_ms,
    now: T0 + run_s * SECOND,
    next_regular_at: T0 + next_regular_s * SECOND,
  });
  return at === null ? null : (at - T0) / SECOND;
}

/** How long after the start the extra slots of many checks come; null: they have none. */
function extraSlots(first_regular_ms: number) {
  const checks = Array.from({ length: 500 }, (_, i) => `check-${i}`);
  const slots = checks.map((check) => firstSlot(check, T0, T0 + first_regular_ms));
  return slots.map((it) => (it === null ? null : it - T0));
}

const NOT_JUDGED = ['prerequisite', 'credential', 'throttled', 'user_data', 'unreadable'] as const;

/** Slots besides the regular ones. */
export const SLOTS = [
  ...rowsOf('CHECK-13', {
    '10 s after the slot of the bad one': () => {
      expect(confirmedAfter(1, 60)).toBe(10);
      expect(confirmedAfter(8, 60)).toBe(10);
    },
    'once it is known, if that takes longer': () => expect(confirmedAfter(12, 60)).toBe(12),
    'not where a regular one comes first, or at the same time': () => {
      expect(confirmedAfter(1, 9)).toBeNull();
      expect(confirmedAfter(1, 10)).toBeNull();
      expect(confirmedAfter(1, 10.001)).toBe(10);
    },
    'until the check fails, or one is good': () => {
      const confirming = createConfirming(new Map([['c', 3]]), () => 10 * SECOND);
      const more = (...results: ReturnType<typeof result>[]) =>
        results.map((it) => confirming.note(it).is_open);
      const at = (seconds: number) => T0 + seconds * SECOND;
      expect(more(bad(at(0)), bad(at(10)), bad(at(20)), bad(at(30)))).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(more(result(at(40)), bad(at(50)), result(at(60)))).toEqual([false, true, false]);
      const ours = result(at(80), { outcome: 'self', reason: 'starved' });
      expect(more(bad(at(70)), ours, bad(at(90)), bad(at(100)))).toEqual([true, true, true, false]);
    },
    'not after one that is not judged, unless it is our own fault': () => {
      for (const outcome of NOT_JUDGED) {
        const confirming = createConfirming(new Map([['c', 3]]), () => 10 * SECOND);
        const all = [bad(T0), result(T0 + 10 * SECOND, { outcome }), bad(T0 + MINUTE)];
        expect(all.map((it) => confirming.note(it).is_open)).toEqual([true, false, true]);
      }
    },
  }),
  ...rowsOf('CHECK-14', {
    'none where a regular one comes within a minute': () => {
      expect(new Set(extraSlots(MINUTE))).toEqual(new Set([null]));
      expect(extraSlots(MINUTE + 1)).not.toContain(null);
    },
    'within 3 s, spread over them': () => {
      const after = extraSlots(MINUTE + 1).map(Number);
      expect(Math.min(...after)).toBeLessThan(100);
      expect(Math.max(...after)).toBeGreaterThan(2_900);
      expect(Math.max(...after)).toBeLessThan(3_000);
    },
  }),
];
