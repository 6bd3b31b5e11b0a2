import { HOUR } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/** When subscribers are reminded, before the start. */
const REMINDERS_MS: readonly number[] = [24 * HOUR, HOUR];

/** The reminders whose time has come. */
export function dueReminders(announced_from: EpochMs, now: EpochMs): number[] {
  return REMINDERS_MS.filter((distance_ms) => now >= announced_from - distance_ms);
}
