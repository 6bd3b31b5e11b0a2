import { expect } from 'vitest';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { rowsOf } from './row.ts';

const needed = (slot_distance_ms: number, bad_share: number | null) =>
  confirmationsOf({ confirmations: 'auto' }, { slot_distance_ms, bad_share });

/**
 * Worked by hand: slots a year are 31,536,000 s ÷ distance; k is the least whole number with
 * slots × p^k ≤ 0.05.
 */
export const CONFIRMATIONS = [
  ...rowsOf('CHECK-2', {
    'is as it is set': () =>
      expect(
        confirmationsOf({ confirmations: 5 }, { slot_distance_ms: MINUTE, bad_share: 0.5 }),
      ).toBe(5),
    // 2,102,400 slots: 0.001² leaves 2.1 a year, 0.001³ leaves 0.002.
    'a healthy check of 15 s needs 3': () => expect(needed(15 * SECOND, 0)).toBe(3),
    // 31,536 slots: 0.001² leaves 0.0315. 63,072: 0.0631. 47,304 (11 min 7 s): 0.0473.
    'one of 16 min 40 s needs 2': () => expect(needed(1_000 * SECOND, null)).toBe(2),
    'one of 8 min 20 s needs 3': () => expect(needed(500 * SECOND, 0)).toBe(3),
    // 525,600 slots: 0.02^4 leaves 0.084, 0.02^5 leaves 0.0017.
    'of 1 min with 2 % bad needs 5': () => expect(needed(MINUTE, 0.02)).toBe(5),
    // 105,120 slots: 0.1^6 leaves 0.105, 0.1^7 leaves 0.0105.
    'of 5 min with 10 % bad needs 7': () => expect(needed(5 * MINUTE, 0.1)).toBe(7),
    // 2,102,400 slots: 0.1^7 leaves 0.21, 0.1^8 leaves 0.021.
    'of 15 s with 10 % bad needs 8': () => expect(needed(15 * SECOND, 0.1)).toBe(8),
    'never more than 8': () => {
      expect(needed(15 * SECOND, 0.2)).toBe(8);
      expect(needed(15 * SECOND, 1)).toBe(8);
    },
    // 365 slots: 0.001^1 would leave 0.365, and of one every 5 years less than 0.05.
    'never fewer than 2': () => expect(needed(5 * 365 * 86_400 * SECOND, 0)).toBe(2),
  }),
];
