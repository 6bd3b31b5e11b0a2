import type { NotifySettings } from './notify-settings.ts';
import type { EpochMs } from './vocabulary.ts';

/** An alert that is open and that nobody has acknowledged, and what was told again of it. */
export interface UnansweredAlert {
  id: string;
  opened_at: EpochMs;
  /** How often it was repeated, and when last. */
  repeats: number;
  repeated_at: EpochMs | null;
  escalated_at: EpochMs | null;
}

export type Reminder = 'alert_repeated' | 'alert_escalated';

/** A repeat comes at twice the distance of the one before, and so often: in 15.5 h of 30 min. */
export const MOST_REPEATS = 5;

/**
 * What is to be told again now of an alert that nobody has answered; null: nothing. Escalation
 * comes first, and is told once.
 */
export function dueReminder(
  { opened_at, repeats, repeated_at, escalated_at }: UnansweredAlert,
  { repeat_after_ms, escalation }: Pick<NotifySettings, 'repeat_after_ms' | 'escalation'>,
  now: EpochMs,
): Reminder | null {
  const waits_for = now - opened_at;
  if (escalation !== null && escalated_at === null && waits_for >= escalation.after_ms)
    return 'alert_escalated';
  if (repeat_after_ms === null || repeats >= MOST_REPEATS) return null;
  const distance_ms = repeat_after_ms * 2 ** repeats;
  return now - (repeated_at ?? opened_at) >= distance_ms ? 'alert_repeated' : null;
}
