import type { MaintenanceStatus } from '../maintenance.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

/** A problem in an administrator's input. `field` is a path such as `texts.title.en`. */
export type MaintenanceProblem = { field: string } & (
  | { code: 'not_a_time' }
  /** Clocks are put forward over the local time; the last minute before and the first after. */
  | { code: 'skipped_time'; before: EpochMs; after: EpochMs }
  /** Clocks show the local time twice, and it was not said which is meant. */
  | { code: 'repeated_time' }
  | { code: 'in_the_past'; now: EpochMs }
  | { code: 'too_far'; latest: EpochMs }
  | { code: 'not_after_start'; start: EpochMs }
  | { code: 'too_long_a_time'; latest: EpochMs }
  | { code: 'before_end'; end: EpochMs }
  | { code: 'has_begun'; start: EpochMs }
  | { code: 'not_later'; end: EpochMs }
  | { code: 'no_components' }
  | { code: 'unknown_component'; component: ComponentId }
  | { code: 'missing_text' }
  | { code: 'too_long'; limit: number }
  | { code: 'control_characters' }
  | { code: 'wrong_status'; status: MaintenanceStatus; expected: MaintenanceStatus[] }
);

/** Returned instead of a result when a command is refused. */
export interface Refusal {
  problems: MaintenanceProblem[];
}

export function isRefused<T extends object>(decided: T | Refusal): decided is Refusal {
  return 'problems' in decided;
}
