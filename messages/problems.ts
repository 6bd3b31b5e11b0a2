import type { MaintenanceProblem } from '../model/maintenance/problems.ts';
import type { MaintenanceStatus } from '../model/maintenance.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { MessageKey } from './keys.ts';
import type { Text } from './text.ts';

/** How problems are rendered: for a person at a form, or for an API client. */
export interface ProblemWords {
  text: Text<MessageKey>;
  time(at: EpochMs): string;
  status(status: MaintenanceStatus): string;
  list(items: string[]): string;
}

/** The text of a problem, without the name of the field. */
export function maintenanceProblemText(
  problem: MaintenanceProblem,
  { text, time, status, list }: ProblemWords,
): string {
  switch (problem.code) {
    case 'skipped_time':
      return text('problem.skipped_time', {
        before: time(problem.before),
        after: time(problem.after),
      });
    case 'in_the_past':
      return text('problem.in_the_past', { time: time(problem.now) });
    case 'too_far':
      return text('problem.too_far', { time: time(problem.latest) });
    case 'too_long_a_time':
      return text('problem.too_long_a_time', { time: time(problem.latest) });
    case 'not_after_start':
      return text('problem.not_after_start', { time: time(problem.start) });
    case 'before_end':
      return text('problem.before_end', { time: time(problem.end) });
    case 'has_begun':
      return text('problem.has_begun', { time: time(problem.start) });
    case 'not_later':
      return text('problem.not_later', { time: time(problem.end) });
    case 'unknown_component':
      return text('problem.unknown_component', { component: problem.component });
    case 'too_long':
      return text('problem.too_long', { limit: String(problem.limit) });
    case 'wrong_status':
      return text('problem.wrong_status', {
        status: status(problem.status),
        expected: list(problem.expected.map(status)),
      });
    case 'not_a_time':
    case 'repeated_time':
    case 'no_components':
    case 'missing_text':
    case 'control_characters':
      return text(`problem.${problem.code}`);
  }
}
