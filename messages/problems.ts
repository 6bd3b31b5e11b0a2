import type { MaintenanceProblem } from '../model/maintenance/plan.ts';
import type { MaintenanceStatus } from '../model/maintenance.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Say } from './admin/index.ts';

/** How problems are worded: for a person in front of a form, or for the author of a program. */
export interface Wording {
  say: Say;
  time(at: EpochMs): string;
  status(status: MaintenanceStatus): string;
  list(items: string[]): string;
}

/** What is wrong, in words: what was expected, without the name of the field. */
export function maintenanceProblemText(
  problem: MaintenanceProblem,
  { say, time, status, list }: Wording,
): string {
  switch (problem.code) {
    case 'in_the_past':
      return say('problem.in_the_past', { time: time(problem.now) });
    case 'too_far':
      return say('problem.too_far', { time: time(problem.latest) });
    case 'too_long_a_time':
      return say('problem.too_long_a_time', { time: time(problem.latest) });
    case 'not_after_start':
      return say('problem.not_after_start', { time: time(problem.start) });
    case 'before_end':
      return say('problem.before_end', { time: time(problem.end) });
    case 'has_begun':
      return say('problem.has_begun', { time: time(problem.start) });
    case 'not_later':
      return say('problem.not_later', { time: time(problem.end) });
    case 'unknown_component':
      return say('problem.unknown_component', { component: problem.component });
    case 'too_long':
      return say('problem.too_long', { limit: String(problem.limit) });
    case 'wrong_status':
      return say('problem.wrong_status', {
        status: status(problem.status),
        expected: list(problem.expected.map(status)),
      });
    case 'not_a_time':
    case 'no_components':
    case 'missing_text':
    case 'control_characters':
      return say(`problem.${problem.code}`);
  }
}
