import type { Maintenance } from '../maintenance.ts';
import type { ComponentId, EpochMs, Localized } from '../vocabulary.ts';
import type { ChangeContext } from './change.ts';
import { type MaintenancePlan, planOf } from './plan.ts';

/** A person's words that go with a command, to be told with its update. */
interface Words {
  text?: Localized | null;
}

/** Makes a maintenance: a draft, or announced at once. */
export type CreateCommand = Words & { name: 'create' | 'announce'; plan: MaintenancePlan };

/** Does something with one that exists. */
export type ChangeCommand = Words & (Announcement | Revision | Extension | Plain | Comment);

/** Without a plan: as it was drafted. */
type Announcement = { name: 'announce'; plan?: MaintenancePlan };

type Revision = { name: 'revise'; plan: MaintenancePlan };

/** Without an expected recovery: as before, or the new end if that is later. */
type Extension = { name: 'extend'; announced_until: EpochMs; expected_recovery_at?: EpochMs };

type Plain = { name: 'start' | 'end' | 'cancel' };

type Comment = { name: 'comment'; text: Localized };

export type MaintenanceCommand = CreateCommand | ChangeCommand;

export interface CommandContext extends ChangeContext {
  /** The components that exist. */
  components: ReadonlySet<ComponentId>;
}

/** The plan that the command asks for; null: it asks for none. */
export function planAsked(
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
