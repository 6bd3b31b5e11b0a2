import type { SyncLimits } from '../../model/judge/sync.ts';
import { type MaintenanceChange, maintenanceNotice } from '../../model/maintenance/change.ts';
import { uncoveredAt } from '../../model/maintenance/coverage.ts';
import { advanceMaintenance } from '../../model/maintenance/events.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import { judgementOf, syncMemoryOf, withMaintenances } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { SyncMemory } from '../state/sync-memory.ts';
import type { JudgingContext } from './evaluation.ts';
import { syncLimitsAt } from './limits.ts';
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
    notices: updates.map((update) => maintenanceNotice(update, newId())),
    changes: updates.map(({ maintenance, created_at }) => ({
      kind: 'maintenance',
      ref: maintenance,
      at: created_at,
    })),
  };
}

/**
 * Start of the judged state of a component that is no longer covered by maintenance: the end of the
 * maintenance, or its recovery if later; not when the whole scope was measured operational.
 */
export function judgedSince(context: JudgingContext, component: MeasuredComponent): EpochMs {
  const { live, now } = context;
  const ends = live.maintenances
    .filter((it) => it.components.includes(component.id))
    .flatMap((it) => uncoveredAt(it, now) ?? []);
  if (ends.length === 0) return now;
  const ended_at = Math.max(...ends);
  return component.function === 'sync'
    ? arrivalsResumedAt(syncMemoryOf(live, component), syncLimitsAt(live, component, now), ended_at)
    : Math.max(ended_at, ...component.checks.map(({ id }) => judgementOf(live, id).since));
}

/** The first arrival after the end, if arrivals had stalled before; else the end. */
function arrivalsResumedAt(
  { arrivals, watched_since }: SyncMemory,
  { stalled_after_ms }: SyncLimits,
  ended_at: EpochMs,
): EpochMs {
  const last_at = arrivals.findLast(({ at }) => at <= ended_at)?.at ?? watched_since ?? ended_at;
  const stood_still = ended_at - last_at >= stalled_after_ms;
  const first_at = arrivals.find(({ at }) => at > ended_at)?.at ?? ended_at;
  return stood_still ? first_at : ended_at;
}

/**
 * Whether every measured component in scope has been measured operational since the end of the
 * maintenance.
 */
function scopeWorks(context: JudgingContext, { components, actual_until }: Maintenance): boolean {
  const ended_at = actual_until ?? context.now;
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
