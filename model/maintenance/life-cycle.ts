import {
  MAINTENANCE_STATUSES,
  type MaintenanceStatus,
  type MaintenanceUpdateCode,
} from '../maintenance.ts';
import type { NoticeKind } from '../notice.ts';

/** What a person may order. */
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

/** What happens by itself; of several that are due, the first. */
export const MAINTENANCE_EVENTS = [
  'start_reached',
  'reminder_due',
  'end_reached',
  'scope_works',
] as const;
export type MaintenanceEvent = (typeof MAINTENANCE_EVENTS)[number];

/** What a command must satisfy, besides being allowed in the status. */
export const MAINTENANCE_GUARDS = ['plan_ahead', 'start_kept', 'end_later', 'words_given'] as const;
export type MaintenanceGuard = (typeof MAINTENANCE_GUARDS)[number];

/** A step of the life cycle. */
export interface MaintenanceStep {
  next: MaintenanceStatus;
  /** What people are told; absent: nobody is told. */
  update?: MaintenanceUpdateCode;
  guard?: MaintenanceGuard;
}

/** When a command was carried out before: nothing happens, so that asking twice does it once. */
type Done = { done_if: 'always' | 'same_plan' | 'same_end' };

export type MaintenanceCell =
  | (MaintenanceStep & Partial<Done>)
  | (Partial<Record<keyof MaintenanceStep, never>> & Done);

type Row = Partial<Record<MaintenanceCommandName | MaintenanceEvent, MaintenanceCell>>;

/**
 * The life cycle: what each command and event does in each status. What is not here is refused, or
 * does not happen. The commands of a row stand as their buttons do, the expected one first.
 */
export const MAINTENANCE_LIFE_CYCLE: Record<'none' | MaintenanceStatus, Row> = {
  none: {
    create: { next: 'draft', guard: 'plan_ahead' },
    announce: { next: 'scheduled', update: 'announced', guard: 'plan_ahead' },
  },
  draft: {
    announce: { next: 'scheduled', update: 'announced', guard: 'plan_ahead' },
    cancel: { next: 'cancelled' },
    revise: { next: 'draft', guard: 'plan_ahead', done_if: 'same_plan' },
  },
  scheduled: {
    start: { next: 'in_progress', update: 'started' },
    cancel: { next: 'cancelled', update: 'cancelled' },
    revise: { next: 'scheduled', update: 'revised', guard: 'plan_ahead', done_if: 'same_plan' },
    comment: { next: 'scheduled', update: 'text', guard: 'words_given' },
    announce: { done_if: 'always' },
    start_reached: { next: 'in_progress', update: 'started' },
    reminder_due: { next: 'scheduled', update: 'reminder' },
  },
  in_progress: {
    end: { next: 'verifying', update: 'ended' },
    extend: { next: 'in_progress', update: 'extended', guard: 'end_later', done_if: 'same_end' },
    revise: { next: 'in_progress', update: 'revised', guard: 'start_kept', done_if: 'same_plan' },
    comment: { next: 'in_progress', update: 'text', guard: 'words_given' },
    start: { done_if: 'always' },
    end_reached: { next: 'overrun', update: 'overrun' },
  },
  overrun: {
    end: { next: 'verifying', update: 'ended' },
    extend: { next: 'in_progress', update: 'extended', guard: 'end_later' },
    revise: { next: 'in_progress', update: 'revised', guard: 'start_kept', done_if: 'same_plan' },
    comment: { next: 'overrun', update: 'text', guard: 'words_given' },
    start: { done_if: 'always' },
  },
  verifying: {
    comment: { next: 'verifying', update: 'text', guard: 'words_given' },
    end: { done_if: 'always' },
    revise: { done_if: 'same_plan' },
    scope_works: { next: 'completed', update: 'completed' },
  },
  completed: {
    comment: { next: 'completed', update: 'text', guard: 'words_given' },
    end: { done_if: 'always' },
    revise: { done_if: 'same_plan' },
  },
  cancelled: {
    cancel: { done_if: 'always' },
    revise: { done_if: 'same_plan' },
  },
};

/** How far a maintenance has come. */
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

/** The kind of the notice that tells an update. */
export const MAINTENANCE_NOTICES: Record<MaintenanceUpdateCode, NoticeKind> = {
  announced: 'maintenance_announced',
  revised: 'maintenance_updated',
  reminder: 'maintenance_reminder',
  started: 'maintenance_started',
  extended: 'maintenance_updated',
  overrun: 'maintenance_updated',
  ended: 'maintenance_updated',
  completed: 'maintenance_ended',
  cancelled: 'maintenance_cancelled',
  text: 'maintenance_updated',
};

/** The step that an event or a command would take; null: it takes none in this status. */
export function maintenanceStep(
  status: MaintenanceStatus,
  trigger: MaintenanceCommandName | MaintenanceEvent,
): MaintenanceStep | null {
  const cell = MAINTENANCE_LIFE_CYCLE[status][trigger];
  return cell?.next === undefined ? null : cell;
}

/** Whether the command may be given now. */
export function allows(status: MaintenanceStatus, command: MaintenanceCommandName): boolean {
  return maintenanceStep(status, command) !== null;
}

export function statusesAllowing(command: MaintenanceCommandName): MaintenanceStatus[] {
  return MAINTENANCE_STATUSES.filter((status) => allows(status, command));
}

/** The commands that have a button and an address of their own. */
export const MAINTENANCE_ACTIONS = ['announce', 'start', 'extend', 'end', 'cancel'] as const;
export type MaintenanceAction = (typeof MAINTENANCE_ACTIONS)[number];

/** The actions that may be taken now, the expected first. */
export function actionsOf(status: MaintenanceStatus): MaintenanceAction[] {
  const commands = Object.keys(MAINTENANCE_LIFE_CYCLE[status]);
  return commands.filter(isAction).filter((action) => allows(status, action));
}

function isAction(command: string): command is MaintenanceAction {
  return (MAINTENANCE_ACTIONS as readonly string[]).includes(command);
}

/** Whether its announced start cannot be moved any more. */
export function keepsStart(status: MaintenanceStatus): boolean {
  return maintenanceStep(status, 'revise')?.guard === 'start_kept';
}

export function statusesIn(...phases: MaintenancePhase[]): MaintenanceStatus[] {
  return MAINTENANCE_STATUSES.filter((status) => phases.includes(MAINTENANCE_PHASES[status]));
}

export function isUnderWay({ status }: { status: MaintenanceStatus }): boolean {
  return MAINTENANCE_PHASES[status] === 'under_way';
}
