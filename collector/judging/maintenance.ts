import { type MaintenanceChange, maintenanceNotice } from '../../model/maintenance/change.ts';
import { advanceMaintenance } from '../../model/maintenance/events.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import { judgementOf, syncMemoryOf, withMaintenances } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';
import { judgeSyncComponent } from './sync.ts';
import { verdictNow } from './verdict.ts';

/** A maintenance advanced by time or measurements, before and after. */
export interface MaintenanceAdvance extends MaintenanceChange {
  before: Maintenance;
}

/** The maintenances that start, overrun, are reminded of, or complete now. */
export function maintenanceAdvances(context: JudgingContext): MaintenanceAdvance[] {
  const { live, now, newId } = context;
  return live.maintenances.flatMap((before) => {
    const change = advanceMaintenance(before, {
      now,
      newId,
      scopeWorks: () => scopeWorks(context, before),
    });
    return change ? [{ before, ...change }] : [];
  });
}

/** The context including the advanced maintenances. */
export function withAdvances(
  context: JudgingContext,
  advances: readonly MaintenanceAdvance[],
): JudgingContext {
  if (advances.length === 0) return context;
  const { live } = context;
  const advanced = advances.map(({ maintenance }) => maintenance);
  const maintenances = withMaintenances(live.maintenances, advanced);
  return { ...context, live: { ...live, maintenances } };
}

/** The recording of the advances, each with update, notice and public change. */
export function maintenanceRecording(
  advances: readonly MaintenanceAdvance[],
  newId: () => string,
): Required<Pick<Recording, 'maintenances' | 'maintenance_updates' | 'notices' | 'changes'>> {
  const updates = advances.flatMap(({ update }) => update ?? []);
  return {
    maintenances: advances.map(({ before, maintenance }) => ({
      maintenance,
      expected_updated_at: before.updated_at,
    })),
    maintenance_updates: updates,
    notices: updates.flatMap((update) => maintenanceNotice(update, newId()) ?? []),
    changes: updates.map(({ maintenance, created_at }) => ({
      kind: 'maintenance',
      ref: maintenance,
      at: created_at,
    })),
  };
}

/**
 * Whether every measured component in scope has been measured operational since the end of the
 * maintenance.
 */
function scopeWorks(context: JudgingContext, maintenance: Maintenance): boolean {
  const { components, actual_until, announced_until } = maintenance;
  const ended_at = actual_until ?? announced_until;
  const uncovered = { ...context, live: { ...context.live, maintenances: [] } };
  return components.every((id) => {
    const component = context.site.components.get(id);
    if (!component) return true;
    return component.function === 'sync'
      ? syncWorks(uncovered, component, ended_at)
      : checksWork(uncovered, component, ended_at);
  });
}

function checksWork(
  context: JudgingContext,
  component: MeasuredComponent,
  since: EpochMs,
): boolean {
  const seen = component.checks.every(({ id }) => {
    const { last_slot_at, bad_run } = judgementOf(context.live, id);
    // A single bad result is not a failing check, but no proof of recovery either.
    return last_slot_at !== null && last_slot_at >= since && bad_run === 0;
  });
  return seen && verdictNow(context, component).state === 'operational';
}

function syncWorks(context: JudgingContext, component: MeasuredComponent, since: EpochMs): boolean {
  const memory = syncMemoryOf(context.live, component);
  const { change } = judgeSyncComponent(context, component, memory);
  return (memory.last_answer?.at ?? 0) >= since && change.after.state === 'operational';
}
