import type { z } from '@hono/zod-openapi';
import { type ChangeCommand, requestedPlan } from '../../../../model/maintenance/commands.ts';
import {
  changedFields,
  type PlanDifference,
  type PlanValue,
  planDifferences,
  planValues,
} from '../../../../model/maintenance/difference.ts';
import { type MaintenancePlan, planOf } from '../../../../model/maintenance/plan.ts';
import type { Maintenance } from '../../../../model/maintenance.ts';
import { iso } from '../../../../model/time.ts';
import type { fieldDifference } from './schemas.ts';

export type WireDifference = z.output<typeof fieldDifference>;

/**
 * What differs between the maintenance as it was seen, as it is, and as the command wants it; of a
 * command without a plan, what changed since it was seen.
 */
export function wireDifferences(
  now: Maintenance,
  seen: MaintenancePlan | null,
  command: ChangeCommand,
): WireDifference[] {
  const theirs = planOf(now);
  const mine = command.name === 'announce' ? null : requestedPlan(now, command);
  if (mine !== null) return planDifferences({ opened: seen, theirs, mine }).map(toWireDifference);
  return seen === null ? [] : changesOnly(seen, theirs);
}

function changesOnly(seen: MaintenancePlan, theirs: MaintenancePlan): WireDifference[] {
  const [before, after] = [planValues(seen), planValues(theirs)];
  return changedFields(seen, theirs).map((field) => ({
    pointer: pointerTo(field),
    seen: wireValue(before[field]),
    current: wireValue(after[field]),
    changed_by: 'theirs',
  }));
}

function toWireDifference({ field, opened, theirs, mine, changed_by }: PlanDifference) {
  return {
    pointer: pointerTo(field),
    ...(opened !== null && { seen: wireValue(opened) }),
    current: wireValue(theirs),
    sent: wireValue(mine),
    changed_by,
  };
}

function pointerTo(field: string): string {
  return `#/${field.replaceAll('.', '/')}`;
}

function wireValue(value: PlanValue): string | string[] {
  if (typeof value === 'number') return iso(value);
  return typeof value === 'string' ? value : [...value];
}
