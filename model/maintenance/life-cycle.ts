import {
  MAINTENANCE_STATUSES,
  type MaintenanceStatus,
  type MaintenanceUpdateCode,
} from '../maintenance.ts';
import type { NoticeKind } from '../notice.ts';

/** Commands of administrators. */
export const MAINTENANCE_COMMANDS = [
  'create',
  'announce',
  'revise',
  'start',
  'extend',
  'end',
  'cancel',
  'comment',
] as const;
export type MaintenanceCommandName = (typeof MAINTENANCE_COMMANDS)[number];

/** Events caused by time and measurements; of several that are due, the first is applied. */
export const MAINTENANCE_EVENTS = [
  'window_passed',
  'start_reached',
  'reminder_due',
  'end_reached',
  'scope_works',
  'passed_scope_works',
] as const;
export type MaintenanceEvent = (typeof MAINTENANCE_EVENTS)[number];

/** Preconditions of a command besides its status. */
export const MAINTENANCE_GUARDS = [
  'future_plan',
  'start_fixed',
  'end_later',
  'text_required',
] as const;
export type MaintenanceGuard = (typeof MAINTENANCE_GUARDS)[number];

/** A step of the life cycle. */
export interface MaintenanceStep {
  next: MaintenanceStatus;
  /** The public update; absent when the step is not published. */
  update?: MaintenanceUpdateCode;
  guard?: MaintenanceGuard;
}

/** When the command counts as already executed: nothing happens, so that a repeat is idempotent. */
type Done = { done_if: 'always' | 'same_plan' | 'same_end' };

export type MaintenanceCell =
  | (MaintenanceStep & Partial<Done>)
  | (Partial<Record<keyof MaintenanceStep, never>> & Done);

type Row = Partial<Record<MaintenanceCommandName | MaintenanceEvent, MaintenanceCell>>;

/**
 * The life cycle: the effect of each command and event in each status; commands that are not listed
 * are refused, events do not apply. The commands of a row are in the order of their buttons, the
 * expected one first.
 */
export const MAINTENANCE_LIFE_CYCLE: Record<'none' | MaintenanceStatus, Row> = {
  none: {
    create: { next: 'draft', guard: 'future_plan' },
    announce: { next: 'scheduled', update: 'announced', guard: 'future_plan' },
  },
  draft: {
    announce: { next: 'scheduled', update: 'announced', guard: 'future_plan' },
    cancel: { next: 'cancelled' },
    revise: { next: 'draft', guard: 'future_plan', done_if: 'same_plan' },
  },
  scheduled: {
    start: { next: 'in_progress', update: 'started' },
    cancel: { next: 'cancelled', update: 'cancelled' },
    revise: { next: 'scheduled', update: 'revised', guard: 'future_plan', done_if: 'same_plan' },
    comment: { next: 'scheduled', update: 'text', guard: 'text_required' },
    announce: { done_if: 'always' },
    window_passed: { next: 'verifying', update: 'passed' },
    start_reached: { next: 'in_progress', update: 'started' },
    reminder_due: { next: 'scheduled', update: 'reminder' },
  },
  in_progress: {
    end: { next: 'verifying', update: 'ended' },
    extend: { next: 'in_progress', update: 'extended', guard: 'end_later', done_if: 'same_end' },
    revise: { next: 'in_progress', update: 'revised', guard: 'start_fixed', done_if: 'same_plan' },
    comment: { next: 'in_progress', update: 'text', guard: 'text_required' },
    start: { done_if: 'always' },
    end_reached: { next: 'overrun', update: 'overrun' },
  },
  overrun: {
    end: { next: 'verifying', update: 'ended' },
    extend: { next: 'in_progress', update: 'extended', guard: 'end_later' },
    revise: { next: 'in_progress', update: 'revised', guard: 'start_fixed', done_if: 'same_plan' },
    comment: { next: 'overrun', update: 'text', guard: 'text_required' },
    start: { done_if: 'always' },
  },
  verifying: {
    comment: { next: 'verifying', update: 'text', guard: 'text_required' },
    end: { done_if: 'always' },
    revise: { done_if: 'same_plan' },
    scope_works: { next: 'completed', update: 'completed' },
    passed_scope_works: { next: 'completed', update: 'found_well' },
  },
  completed: {
    comment: { next: 'completed', update: 'text', guard: 'text_required' },
    end: { done_if: 'always' },
    revise: { done_if: 'same_plan' },
  },
  cancelled: {
    cancel: { done_if: 'always' },
    revise: { done_if: 'same_plan' },
  },
};

/** Progress of a maintenance in each status. */
export const MAINTENANCE_PHASES: Record<
  MaintenanceStatus,
  'draft' | 'announced' | 'under_way' | 'over'
> = {
  draft: 'draft',
  scheduled: 'announced',
  in_progress: 'under_way',
  overrun: 'under_way',
  verifying: 'under_way',
  completed: 'over',
  cancelled: 'over',
};
export type MaintenancePhase = (typeof MAINTENANCE_PHASES)[MaintenanceStatus];

/**
 * The notice kind that announces each update; null: it stands on the page alone. What passed unseen
 * is told once.
 */
export const MAINTENANCE_NOTICES: Record<MaintenanceUpdateCode, NoticeKind | null> = {
  announced: 'maintenance_announced',
  revised: 'maintenance_updated',
  reminder: 'maintenance_reminder',
  started: 'maintenance_started',
  extended: 'maintenance_updated',
  overrun: 'maintenance_updated',
  ended: 'maintenance_updated',
  completed: 'maintenance_ended',
  passed: 'maintenance_ended',
  found_well: null,
  cancelled: 'maintenance_cancelled',
  text: 'maintenance_updated',
};

/** The step that an event or a command takes; null when it takes none in this status. */
export function maintenanceStep(
  status: MaintenanceStatus,
  trigger: MaintenanceCommandName | MaintenanceEvent,
): MaintenanceStep | null {
  const cell = MAINTENANCE_LIFE_CYCLE[status][trigger];
  return cell?.next === undefined ? null : cell;
}

/** Whether the command is allowed in the status. */
export function allows(status: MaintenanceStatus, command: MaintenanceCommandName): boolean {
  return maintenanceStep(status, command) !== null;
}

export function statusesAllowing(command: MaintenanceCommandName): MaintenanceStatus[] {
  return MAINTENANCE_STATUSES.filter((status) => allows(status, command));
}

/** Commands with a button and a route of their own. */
export const MAINTENANCE_ACTIONS = ['announce', 'start', 'extend', 'end', 'cancel'] as const;
export type MaintenanceAction = (typeof MAINTENANCE_ACTIONS)[number];

/** Actions allowed in the status, the expected one first. */
export function actionsOf(status: MaintenanceStatus): MaintenanceAction[] {
  const commands = Object.keys(MAINTENANCE_LIFE_CYCLE[status]);
  return commands.filter(isAction).filter((action) => allows(status, action));
}

function isAction(command: string): command is MaintenanceAction {
  return (MAINTENANCE_ACTIONS as readonly string[]).includes(command);
}

/** Whether the announced start can no longer be changed. */
export function isStartFixed(status: MaintenanceStatus): boolean {
  return maintenanceStep(status, 'revise')?.guard === 'start_fixed';
}

export function statusesIn(...phases: MaintenancePhase[]): MaintenanceStatus[] {
  return MAINTENANCE_STATUSES.filter((status) => phases.includes(MAINTENANCE_PHASES[status]));
}

export function isUnderWay({ status }: { status: MaintenanceStatus }): boolean {
  return MAINTENANCE_PHASES[status] === 'under_way';
}
