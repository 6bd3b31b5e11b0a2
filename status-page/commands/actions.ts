import { type Problems, planOf } from '../../model/maintenance/plan.ts';
import {
  announce,
  type CommandContext,
  cancel,
  end,
  extend,
  type MaintenanceStep,
  start,
  type WithText,
} from '../../model/maintenance/rules.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** What moves a maintenance from one status to another by a person's word, besides an edit. */
export const ACTIONS = ['announce', 'start', 'extend', 'end', 'cancel'] as const;
export type Action = (typeof ACTIONS)[number];

/** What a person orders, with the words that go with it. */
export type Command = WithText &
  (
    | { action: Exclude<Action, 'extend'> }
    | { action: 'extend'; announced_until: EpochMs; expected_recovery_at?: EpochMs }
  );

/** What may be done with it as it stands, the expected first. */
export function actionsOf({ status }: Pick<Maintenance, 'status'>): Action[] {
  switch (status) {
    case 'draft':
      return ['announce', 'cancel'];
    case 'scheduled':
      return ['start', 'cancel'];
    case 'in_progress':
    case 'overrun':
      return ['end', 'extend'];
    default:
      return [];
  }
}

export function isEditable({ status }: Pick<Maintenance, 'status'>): boolean {
  return ['draft', 'scheduled', 'in_progress', 'overrun'].includes(status);
}

/**
 * What an order makes of a maintenance; null when that was done before, so that ordering twice does
 * it once.
 */
export function execute(
  order: Command,
  before: MaintenanceWithUpdates,
  context: CommandContext,
): MaintenanceStep | Problems | null {
  if (isDone(order, before)) return null;
  const { text = null } = order;
  switch (order.action) {
    case 'announce':
      return announce(before, { ...planOf(before), text }, context);
    case 'start':
      return start(before, { text }, context);
    case 'end':
      return end(before, { text }, context);
    case 'cancel':
      return cancel(before, { text }, context);
    case 'extend':
      return extend(before, order, context);
  }
}

function isDone(order: Command, { status, updates, ...before }: MaintenanceWithUpdates): boolean {
  switch (order.action) {
    case 'announce':
      return status === 'scheduled';
    case 'start':
      return status === 'in_progress' || status === 'overrun';
    case 'end':
      return status === 'verifying' || status === 'completed';
    case 'cancel':
      return status === 'cancelled';
    case 'extend':
      return (
        status === 'in_progress' &&
        updates.some(({ code }) => code === 'extended') &&
        order.announced_until === before.announced_until &&
        (order.expected_recovery_at ?? before.expected_recovery_at) === before.expected_recovery_at
      );
  }
}
