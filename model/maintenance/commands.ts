import type { Maintenance, MaintenanceWithUpdates } from '../maintenance.ts';
import { HOUR } from '../time.ts';
import type { ComponentId, EpochMs, Localized } from '../vocabulary.ts';
import { type ChangeContext, changed, type MaintenanceChange } from './change.ts';
import {
  MAINTENANCE_LIFE_CYCLE,
  type MaintenanceCell,
  type MaintenanceStep,
  statusesAllowing,
} from './life-cycle.ts';
import { checkPlan, isSamePlan, type MaintenancePlan, planOf } from './plan.ts';
import { isRefused, type MaintenanceProblem, type Refusal } from './problems.ts';
import { dueReminders } from './reminders.ts';
import { textProblems, tidied, tidiedOrNull } from './texts.ts';

/** How long before its start a revision must be published for its time not to count as down. */
export const DEFAULT_NOTICE_MS = 24 * HOUR;

/** A person's words that go with a command, to be told with its update. */
interface Words {
  text?: Localized | null;
}

/** Makes a maintenance: a draft, or announced at once. */
export type CreateCommand = Words & { name: 'create' | 'announce'; plan: MaintenancePlan };

/** Does something with one that exists. */
export type ChangeCommand = Words &
  (
    | { name: 'announce' /** Absent: as it was drafted. */; plan?: MaintenancePlan }
    | { name: 'revise'; plan: MaintenancePlan }
    /** Without an expected recovery: as before, or the new end if that is later. */
    | { name: 'extend'; announced_until: EpochMs; expected_recovery_at?: EpochMs }
    | { name: 'start' | 'end' | 'cancel' }
    | { name: 'comment'; text: Localized }
  );

export interface CommandContext extends ChangeContext {
  /** The components that exist. */
  components: ReadonlySet<ComponentId>;
}

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
  command: CreateCommand | ChangeCommand,
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

/** The plan that the command asks for, put in order; null: it asks for none. */
function checkedPlan(
  before: Maintenance,
  { guard }: MaintenanceStep,
  command: CreateCommand | ChangeCommand,
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

function planAsked(
  before: Maintenance,
  command: CreateCommand | ChangeCommand,
): MaintenancePlan | null {
  switch (command.name) {
    case 'create':
    case 'revise':
      return command.plan;
    case 'announce':
      return command.plan ?? planOf(before);
    case 'extend': {
      const { announced_until } = command;
      const later = Math.max(before.expected_recovery_at, announced_until);
      const { expected_recovery_at = later } = command;
      return { ...planOf(before), announced_until, expected_recovery_at };
    }
    default:
      return null;
  }
}

function wordsProblems(
  { guard, update }: MaintenanceStep,
  text: Localized | null,
): MaintenanceProblem[] {
  if (update === undefined || text === null) return [];
  const words = guard === 'words_given' ? tidied(text) : tidiedOrNull(text);
  return words === null ? [] : textProblems('text', words);
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
  { name }: CreateCommand | ChangeCommand,
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
