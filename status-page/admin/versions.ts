import {
  changedFields,
  PLAN_FIELDS,
  type PlanField,
  planValues,
} from '../../model/maintenance/difference.ts';
import { MAINTENANCE_PHASES } from '../../model/maintenance/life-cycle.ts';
import { type MaintenancePlan, planOf } from '../../model/maintenance/plan.ts';
import {
  MAINTENANCE_STATUSES,
  type Maintenance,
  type MaintenanceStatus,
} from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { PlanRevision } from '../../store/ports/maintenances.ts';
import { fieldOf } from './fields.ts';

/** The version of a maintenance that a page showed, as its form carries it. */
export interface SeenVersion {
  revision: number;
  status: MaintenanceStatus;
}

/** The value of its hidden field: `3.scheduled`. */
export function seenText({ revision, status }: SeenVersion): string {
  return `${revision}.${status}`;
}

/** The version in a hidden field; null when there is none. */
export function seenFrom(form: FormData, name: string): SeenVersion | null {
  const [, revision = '', named = ''] = /^(\d{1,9})\.(\w+)$/.exec(fieldOf(form, name)) ?? [];
  const status = MAINTENANCE_STATUSES.find((it) => it === named);
  return status === undefined ? null : { revision: Number(revision), status };
}

/** A version with its plan, which is kept of every revision. */
export interface ReadVersion extends SeenVersion {
  plan: MaintenancePlan;
}

export function readVersion(
  revisions: readonly PlanRevision[],
  seen: SeenVersion | null,
): ReadVersion | null {
  const plan = revisions.find(({ revision }) => revision === seen?.revision);
  return seen && plan ? { ...seen, plan } : null;
}

/** Whether these fields still say what that version said, in the same phase. */
export function isAsRead(
  now: Maintenance,
  version: ReadVersion | null,
  fields: readonly PlanField[] = PLAN_FIELDS,
): boolean {
  if (version === null || MAINTENANCE_PHASES[now.status] !== MAINTENANCE_PHASES[version.status])
    return false;
  return changedFields(planOf(now), version.plan, fields).length === 0;
}

/** Since when a field has had its present value; null when it is not known. */
export function unchangedSince(
  now: Maintenance,
  revisions: readonly PlanRevision[],
  field: PlanField,
): EpochMs | null {
  const value = String(planValues(now)[field]);
  const before = revisions.findLastIndex((it) => String(planValues(it)[field]) !== value);
  const first = revisions[before + 1];
  if (first === undefined) return null;
  // Nothing but its edits changes a draft.
  const is_last_edit = now.status === 'draft' && first.revision === now.revision;
  return first.published_at ?? (is_last_edit ? now.updated_at : null);
}
