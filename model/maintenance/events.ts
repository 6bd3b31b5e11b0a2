import type { Maintenance } from '../maintenance.ts';
import { type ChangeContext, changed, type MaintenanceChange } from './change.ts';
import { MAINTENANCE_EVENTS, type MaintenanceEvent, maintenanceStep } from './life-cycle.ts';
import { dueReminders } from './reminders.ts';

export interface EventContext extends ChangeContext {
  /** Whether everything in the scope was seen to work since the end. */
  scopeWorks: () => boolean;
}

/**
 * What time, or a scope that works again, does to a maintenance; null when nothing. It begins at
 * its announced start, overruns at its announced end, is completed once its scope works after it
 * was ended. Of reminders that are due together only one is given; the others would say the same.
 */
export function advanceMaintenance(
  before: Maintenance,
  context: EventContext,
): MaintenanceChange | null {
  for (const event of MAINTENANCE_EVENTS) {
    const step = maintenanceStep(before.status, event);
    if (step && isDue(event, before, context))
      return changed(before, step, fieldsAfter(event, before, context), context);
  }
  return null;
}

function isDue(event: MaintenanceEvent, before: Maintenance, context: EventContext): boolean {
  const { announced_from, announced_until, reminded } = before;
  switch (event) {
    case 'start_reached':
      return context.now >= announced_from;
    case 'reminder_due':
      return dueReminders(announced_from, context.now).length > reminded.length;
    case 'end_reached':
      return context.now >= announced_until;
    case 'scope_works':
      return context.scopeWorks();
  }
}

function fieldsAfter(
  event: MaintenanceEvent,
  { announced_from, published_at }: Maintenance,
  { now }: EventContext,
): Partial<Maintenance> {
  switch (event) {
    case 'start_reached':
      // However late it is noticed.
      return { actual_from: Math.max(announced_from, published_at ?? announced_from) };
    case 'reminder_due':
      return { reminded: dueReminders(announced_from, now) };
    default:
      return {};
  }
}
