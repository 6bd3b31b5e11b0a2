import { HOUR } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/** Reminder times, as ms before the start. */
const REMINDERS_MS: readonly number[] = [24 * HOUR, HOUR];

/** Reminders due at `now`, as ms before the start. */
export function dueReminders(announced_from: EpochMs, now: EpochMs): number[] {
  return REMINDERS_MS.filter((distance_ms) => now >= announced_from - distance_ms);
}
