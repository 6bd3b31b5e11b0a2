import type { Maintenance } from '../maintenance.ts';
import type { Localized } from '../vocabulary.ts';
import { type CommandContext, type MaintenanceCommand, requestedPlan } from './commands.ts';
import type { MaintenanceStep } from './life-cycle.ts';
import { checkPlan, type MaintenancePlan } from './plan.ts';
import { isRefused, type MaintenanceProblem, type Refusal } from './problems.ts';
import { normalised, normalisedOrNull, textProblems } from './texts.ts';

/**
 * The normalised plan requested by the command, or the problems found by its guard; null when none
 * is requested.
 */
export function checkedPlan(
  before: Maintenance,
  { guard }: MaintenanceStep,
  command: MaintenanceCommand,
  context: CommandContext,
): MaintenancePlan | Refusal | null {
  const plan = requestedPlan(before, command);
  if (plan === null) return null;
  if (guard !== 'end_later')
    return checkPlan(plan, { ...context, began: guard === 'start_fixed' ? before : null });
  // A maintenance stays extendable after one of its components left the configuration.
  const components = new Set(before.components);
  const checked = checkPlan(plan, { ...context, components, began: before });
  const end = before.announced_until;
  if (plan.announced_until <= end) {
    const not_later: MaintenanceProblem = { field: 'announced_until', code: 'not_later', end };
    return { problems: [not_later, ...(isRefused(checked) ? checked.problems : [])] };
  }
  return checked;
}

/** Problems of the text to publish; text that is not published is not checked. */
export function updateTextProblems(
  { guard, update }: MaintenanceStep,
  text: Localized | null,
): MaintenanceProblem[] {
  if (update === undefined || text === null) return [];
  const normal = guard === 'text_required' ? normalised(text) : normalisedOrNull(text);
  return normal === null ? [] : textProblems('text', normal);
}
