import type { Maintenance, MaintenanceUpdate } from '../maintenance.ts';
import type { Notice } from '../notice.ts';
import type { EpochMs, Localized } from '../vocabulary.ts';
import { MAINTENANCE_NOTICES, type MaintenanceStep } from './life-cycle.ts';

/** The maintenance after a step, and its public update; null when the step is not published. */
export interface MaintenanceChange {
  maintenance: Maintenance;
  update: MaintenanceUpdate | null;
}

export interface ChangeContext {
  now: EpochMs;
  /** Generates 12 characters of [a-z0-9]. */
  newId: () => string;
}

/** The maintenance after a step, with the fields that change besides its status. */
export function changed(
  before: Maintenance,
  step: MaintenanceStep,
  fields: Partial<Maintenance>,
  { now, newId, text = null }: ChangeContext & { text?: Localized | null },
): MaintenanceChange {
  const { next: status, update: code } = step;
  // Strictly increasing, so that no two versions have the same timestamp.
  const updated_at = Math.max(now, before.updated_at + 1);
  const maintenance = { ...before, ...fields, status, updated_at };
  const { id } = maintenance;
  return {
    maintenance,
    update: code ? { id: newId(), maintenance: id, status, code, text, created_at: now } : null,
  };
}

/** The notice that announces an update; null: nobody is told. */
export function maintenanceNotice(update: MaintenanceUpdate, id: string): Notice | null {
  const { maintenance: ref, code, created_at } = update;
  const kind = MAINTENANCE_NOTICES[code];
  return kind && { id, kind, ref, update: update.id, created_at };
}
