import type { Maintenance, MaintenanceStatus } from '../maintenance.ts';
import { MINUTE } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/** What of a maintenance says when it is, or was. */
export type TimedMaintenance = Pick<
  Maintenance,
  'status' | 'announced_from' | 'announced_until' | 'actual_from' | 'actual_until'
>;

interface Period {
  from: EpochMs;
  until: EpochMs;
}

/** The time to tell of a maintenance now. */
export type ToldTime =
  /** It is to come, or passed without that anybody saw it. */
  | ({ is: 'announced' } & Period)
  /** `announced`: the time that was announced, where it was another; else null. */
  | ({ is: 'under_way'; announced: Period | null } & Period)
  /** Its announced end has passed, and nobody has said that it is over. */
  | ({ is: 'overrun' } & Period)
  | ({ is: 'over'; announced: Period | null } & Period)
  /** It did not take place. */
  | ({ is: 'cancelled' } & Period);

/**
 * When a maintenance is, or was: as announced until it begins, from then on as it is. One function
 * for page, list, mail, feed, calendar, chat and print.
 */
export function toldTime(maintenance: TimedMaintenance): ToldTime {
  const { status, announced_from, announced_until, actual_from, actual_until } = maintenance;
  const announced = { from: announced_from, until: announced_until };
  if (status === 'cancelled') return { is: 'cancelled', ...announced };
  if (actual_from === null) return { is: 'announced', ...announced };
  const began_otherwise = isElsewhere(actual_from, announced_from);
  if (actual_until !== null) {
    const is_as_announced = !began_otherwise && !isElsewhere(actual_until, announced_until);
    const over = { from: actual_from, until: actual_until };
    return { is: 'over', ...over, announced: is_as_announced ? null : announced };
  }
  const until = { from: actual_from, until: announced_until };
  if (status === 'overrun') return { is: 'overrun', ...until };
  return { is: 'under_way', ...until, announced: began_otherwise ? announced : null };
}

/** So much earlier or later that it is another time to whom it is told in minutes. */
function isElsewhere(actual: EpochMs, announced: EpochMs): boolean {
  return Math.abs(actual - announced) >= MINUTE;
}

/** A status as it is told: of what passed while nobody was there to see it, nothing else. */
export type ToldStatus = MaintenanceStatus | 'passed';

export function toldStatus({
  status,
  actual_from,
}: Pick<Maintenance, 'status' | 'actual_from'>): ToldStatus {
  const is_past = status === 'verifying' || status === 'completed';
  return is_past && actual_from === null ? 'passed' : status;
}
