import type { Maintenance } from '../maintenance.ts';
import { type ChangeContext, changed, type MaintenanceChange } from './change.ts';
import { MAINTENANCE_EVENTS, type MaintenanceEvent, maintenanceStep } from './life-cycle.ts';
import { dueReminders } from './reminders.ts';

export interface EventContext extends ChangeContext {
  /** Whether every component in scope has been measured operational since the end. */
  scopeWorks: () => boolean;
}

/**
 * The change due now because of time or of a recovered scope; null when none is. A maintenance
 * starts at its announced start, overruns at its announced end, and completes once its scope works
 * after it was ended. One that passed while we were not there is told once, as past. Of several due
 * reminders only one is sent.
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
  const { announced_from, announced_until, actual_from, reminded } = before;
  switch (event) {
    case 'window_passed':
      return context.now >= announced_until;
    case 'start_reached':
      return context.now >= announced_from;
    case 'reminder_due':
      return dueReminders(announced_from, context.now).length > reminded.length;
    case 'end_reached':
      return context.now >= announced_until;
    case 'scope_works':
      return actual_from !== null && context.scopeWorks();
    case 'passed_scope_works':
      return actual_from === null && context.scopeWorks();
  }
}

function fieldsAfter(
  event: MaintenanceEvent,
  { announced_from, published_at }: Maintenance,
  { now }: EventContext,
): Partial<Maintenance> {
  switch (event) {
    case 'start_reached':
      // Independent of when the collector notices it.
      return { actual_from: Math.max(announced_from, published_at ?? announced_from) };
    case 'reminder_due':
      return { reminded: dueReminders(announced_from, now) };
    default:
      return {};
  }
}
