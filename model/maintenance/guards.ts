import type { Maintenance } from '../maintenance.ts';
import type { Localized } from '../vocabulary.ts';
import { type CommandContext, type MaintenanceCommand, planAsked } from './commands.ts';
import type { MaintenanceStep } from './life-cycle.ts';
import { checkPlan, type MaintenancePlan } from './plan.ts';
import { isRefused, type MaintenanceProblem, type Refusal } from './problems.ts';
import { textProblems, tidied, tidiedOrNull } from './texts.ts';

/** The plan that the command asks for, put in order, if the guard lets it pass; null: none. */
export function checkedPlan(
  before: Maintenance,
  { guard }: MaintenanceStep,
  command: MaintenanceCommand,
  context: CommandContext,
): MaintenancePlan | Refusal | null {
  const plan = planAsked(before, command);
  if (plan === null) return null;
  if (guard !== 'end_later')
    return checkPlan(plan, { ...context, began: guard === 'start_kept' ? before : null });
  // What was known once stays extendable, also after a component left the configuration.
  const components = new Set(before.components);
  const checked = checkPlan(plan, { ...context, components, began: before });
  const end = before.announced_until;
  if (plan.announced_until <= end) {
    const not_later: MaintenanceProblem = { field: 'announced_until', code: 'not_later', end };
    return { problems: [not_later, ...(isRefused(checked) ? checked.problems : [])] };
  }
  return checked;
}

/** What is wrong with the words of the command; those that nobody is told are not read. */
export function wordsProblems(
  { guard, update }: MaintenanceStep,
  text: Localized | null,
): MaintenanceProblem[] {
  if (update === undefined || text === null) return [];
  const words = guard === 'words_given' ? tidied(text) : tidiedOrNull(text);
  return words === null ? [] : textProblems('text', words);
}
