import type { Maintenance } from '../maintenance.ts';
import type { ComponentId, EpochMs, Localized } from '../vocabulary.ts';
import type { ChangeContext } from './change.ts';
import { type MaintenancePlan, planOf } from './plan.ts';

/** Text to publish with the update that the command causes. */
interface UpdateText {
  text?: Localized | null;
}

/** Creates a maintenance: as a draft, or announced at once. */
export type CreateCommand = UpdateText & { name: 'create' | 'announce'; plan: MaintenancePlan };

/** Changes an existing maintenance. */
export type ChangeCommand = UpdateText & (Announcement | Revision | Extension | Plain | Comment);

/**
 * Without a plan, a draft is announced unchanged; with one, an announced maintenance is revised.
 */
type Announcement = { name: 'announce'; plan?: MaintenancePlan };

type Revision = { name: 'revise'; plan: MaintenancePlan };

/** The expected recovery defaults to the current one, or to the new end if that is later. */
type Extension = { name: 'extend'; announced_until: EpochMs; expected_recovery_at?: EpochMs };

type Plain = { name: 'start' | 'end' | 'cancel' };

type Comment = { name: 'comment'; text: Localized };

export type MaintenanceCommand = CreateCommand | ChangeCommand;

export interface CommandContext extends ChangeContext {
  /** Configured components. */
  components: ReadonlySet<ComponentId>;
}

/** The plan requested by the command; null when it requests none. */
export function requestedPlan(
  before: Maintenance,
  command: MaintenanceCommand,
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
