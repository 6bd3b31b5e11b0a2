import type { Maintenance, MaintenanceWithUpdates } from '../maintenance.ts';
import { changed, type MaintenanceChange } from './change.ts';
import {
  type ChangeCommand,
  type CommandContext,
  type CreateCommand,
  type MaintenanceCommand,
  planAsked,
} from './commands.ts';
import { checkedPlan, wordsProblems } from './guards.ts';
import {
  MAINTENANCE_LIFE_CYCLE,
  type MaintenanceCell,
  type MaintenanceStep,
  statusesAllowing,
} from './life-cycle.ts';
import { DEFAULT_NOTICE_MS, isSamePlan, type MaintenancePlan, planOf } from './plan.ts';
import { isRefused, type Refusal } from './problems.ts';
import { dueReminders } from './reminders.ts';
import { tidiedOrNull } from './texts.ts';

/** A new maintenance. */
export function createMaintenance(
  command: CreateCommand,
  context: CommandContext,
): MaintenanceChange | Refusal {
  const step = MAINTENANCE_LIFE_CYCLE.none[command.name];
  if (step?.next === undefined) throw new Error(`nothing is created by ${command.name}`);
  return carriedOut(unwritten(command.plan, context), step, command, context);
}

/**
 * What a command makes of a maintenance, by the table of its life cycle; null when it was carried
 * out before.
 */
export function applyCommand(
  maintenance: MaintenanceWithUpdates,
  command: ChangeCommand,
  context: CommandContext,
): MaintenanceChange | Refusal | null {
  const { updates, ...before } = maintenance;
  const { status } = before;
  const cell = MAINTENANCE_LIFE_CYCLE[status][command.name];
  if (cell && isDone(cell, command, maintenance)) return null;
  if (cell?.next !== undefined) return carriedOut(before, cell, command, context);
  const expected = statusesAllowing(command.name);
  return { problems: [{ field: 'status', code: 'wrong_status', status, expected }] };
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
      return isPlanned(before, command) && !saysSomething(cell, command);
    case 'same_end':
      return isPlanned(before, command) && before.updates.some(({ code }) => code === 'extended');
    default:
      return false;
  }
}

function isPlanned(before: Maintenance, command: ChangeCommand): boolean {
  const plan = planAsked(before, command);
  return plan !== null && isSamePlan(plan, planOf(before));
}

/** Words that go with a step which nobody is told of are not kept. */
function saysSomething(cell: MaintenanceCell, { text = null }: ChangeCommand): boolean {
  const silent = cell.next !== undefined && cell.update === undefined;
  return !silent && tidiedOrNull(text) !== null;
}

function carriedOut(
  before: Maintenance,
  step: MaintenanceStep,
  command: MaintenanceCommand,
  context: CommandContext,
): MaintenanceChange | Refusal {
  const plan = checkedPlan(before, step, command, context);
  if (plan && isRefused(plan)) return plan;
  const problems = wordsProblems(step, command.text ?? null);
  if (problems.length > 0) return { problems };
  const text = tidiedOrNull(command.text ?? null);
  const fields = { ...planned(before, plan, step, context), ...actual(before, command, context) };
  return changed(before, step, fields, { ...context, text });
}

/**
 * The fields of a plan as revised. If people are told of it, it is published now, and reminders
 * whose time has passed are not due any more, for this itself reminds.
 */
function planned(
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

/** When it really began or ended. An early start counts as down until the announced one. */
function actual(
  { actual_from }: Maintenance,
  { name }: MaintenanceCommand,
  { now }: CommandContext,
): Partial<Maintenance> {
  if (name === 'start') return { actual_from: now };
  return name === 'end' ? { actual_until: Math.max(now, actual_from ?? now) } : {};
}

/** Before its first revision. */
function unwritten(plan: MaintenancePlan, { now, newId }: CommandContext): Maintenance {
  return {
    ...plan,
    id: newId(),
    status: 'draft',
    actual_from: null,
    actual_until: null,
    notice_ms: DEFAULT_NOTICE_MS,
    published_at: null,
    revision: 0,
    reminded: [],
    created_at: now,
    updated_at: 0,
  };
}
