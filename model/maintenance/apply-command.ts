import type { Maintenance, MaintenanceStatus, MaintenanceWithUpdates } from '../maintenance.ts';
import { changed, type MaintenanceChange } from './change.ts';
import {
  type ChangeCommand,
  type CommandContext,
  type CreateCommand,
  type MaintenanceCommand,
  requestedPlan,
} from './commands.ts';
import { isSamePlan } from './difference.ts';
import { checkedPlan, updateTextProblems } from './guards.ts';
import {
  allows,
  MAINTENANCE_LIFE_CYCLE,
  type MaintenanceCell,
  type MaintenanceStep,
  statusesAllowing,
} from './life-cycle.ts';
import { DEFAULT_NOTICE_MS, type MaintenancePlan, planOf } from './plan.ts';
import { isRefused, type Refusal } from './problems.ts';
import { dueReminders } from './reminders.ts';
import { normalisedOrNull } from './texts.ts';

/** The new maintenance and its first update, or the problems that prevent it. */
export function createMaintenance(
  command: CreateCommand,
  context: CommandContext,
): MaintenanceChange | Refusal {
  const step = MAINTENANCE_LIFE_CYCLE.none[command.name];
  if (step?.next === undefined) throw new Error(`nothing is created by ${command.name}`);
  return executeStep(emptyMaintenance(command.plan, context), step, command, context);
}

/**
 * The maintenance after the command, by the life-cycle table; null when the command was already
 * executed (idempotent repeat).
 */
export function applyCommand(
  maintenance: MaintenanceWithUpdates,
  command: ChangeCommand,
  context: CommandContext,
): MaintenanceChange | Refusal | null {
  const { updates, ...before } = maintenance;
  const { status } = before;
  const effective = effectiveCommand(status, command);
  const cell = MAINTENANCE_LIFE_CYCLE[status][effective.name];
  if (cell && isDone(cell, effective, maintenance)) return null;
  if (cell?.next !== undefined) return executeStep(before, cell, effective, context);
  const expected = statusesAllowing(effective.name);
  return { problems: [{ field: 'status', code: 'wrong_status', status, expected }] };
}

/** Announcing an already announced maintenance with a plan revises it, so that no plan is lost. */
function effectiveCommand(status: MaintenanceStatus, command: ChangeCommand): ChangeCommand {
  if (command.name !== 'announce' || allows(status, command.name)) return command;
  const { plan } = command;
  return plan === undefined ? command : { ...command, name: 'revise', plan };
}

function isDone(
  cell: MaintenanceCell,
  command: ChangeCommand,
  before: MaintenanceWithUpdates,
): boolean {
  switch (cell.done_if) {
    case 'always':
      return true;
    case 'same_plan':
      return isPlanned(before, command) && !addsText(cell, command);
    case 'same_end':
      return isPlanned(before, command) && before.updates.some(({ code }) => code === 'extended');
    default:
      return false;
  }
}

function isPlanned(before: Maintenance, command: ChangeCommand): boolean {
  const plan = requestedPlan(before, command);
  return plan !== null && isSamePlan(plan, planOf(before));
}

/** Text that accompanies a step without a public update is discarded. */
function addsText(cell: MaintenanceCell, { text = null }: ChangeCommand): boolean {
  const silent = cell.next !== undefined && cell.update === undefined;
  return !silent && normalisedOrNull(text) !== null;
}

function executeStep(
  before: Maintenance,
  step: MaintenanceStep,
  command: MaintenanceCommand,
  context: CommandContext,
): MaintenanceChange | Refusal {
  const plan = checkedPlan(before, step, command, context);
  if (plan && isRefused(plan)) return plan;
  const problems = updateTextProblems(step, command.text ?? null);
  if (problems.length > 0) return { problems };
  const text = normalisedOrNull(command.text ?? null);
  const fields = {
    ...planFields(before, plan, step, context),
    ...actualFields(before, command, context),
    ...planBefore(before, plan, context),
  };
  return changed(before, step, fields, { ...context, text });
}

/**
 * The fields changed by a revised plan. A public update publishes the plan now and supersedes
 * reminders that are already due.
 */
function planFields(
  { revision }: Maintenance,
  plan: MaintenancePlan | null,
  { update }: MaintenanceStep,
  { now }: CommandContext,
): Partial<Maintenance> {
  if (plan === null) return {};
  const revised = { ...plan, revision: revision + 1 };
  if (update === undefined) return revised;
  return { ...revised, published_at: now, reminded: dueReminders(plan.announced_from, now) };
}

/** Actual start or end. An early start counts as down until the announced one. */
function actualFields(
  { actual_from }: Maintenance,
  { name }: MaintenanceCommand,
  { now }: CommandContext,
): Partial<Maintenance> {
  if (name === 'start') return { actual_from: now };
  return name === 'end' ? { actual_until: Math.max(now, actual_from ?? now) } : {};
}

/** What a maintenance under way covered until now, whatever it is to cover from now on. */
function planBefore(
  { actual_from, components, announced_until, plans_before }: Maintenance,
  plan: MaintenancePlan | null,
  { now: changed_at }: CommandContext,
): Partial<Maintenance> {
  if (plan === null || actual_from === null) return {};
  return { plans_before: [...plans_before, { components, announced_until, changed_at }] };
}

/** A maintenance before its first revision. */
function emptyMaintenance(plan: MaintenancePlan, { now, newId }: CommandContext): Maintenance {
  return {
    ...plan,
    id: newId(),
    status: 'draft',
    actual_from: null,
    actual_until: null,
    plans_before: [],
    notice_ms: DEFAULT_NOTICE_MS,
    published_at: null,
    revision: 0,
    reminded: [],
    created_at: now,
    updated_at: 0,
  };
}
