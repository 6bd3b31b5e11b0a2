import {
  changedFields,
  mergedPlan,
  type PlanDifference,
  type PlanField,
  planDifferences,
  planValues,
  type Side,
} from '../../model/maintenance/difference.ts';
import { isStartFixed } from '../../model/maintenance/life-cycle.ts';
import { type MaintenancePlan, planOf } from '../../model/maintenance/plan.ts';
import type { MaintenanceProblem } from '../../model/maintenance/problems.ts';
import type { MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { PlanRevision } from '../../store/ports/maintenances.ts';
import { fieldOf, localTimeProblems, type PlanValues, planFrom, valuesFrom } from './fields.ts';
import { isAsRead, type ReadVersion, readVersion, seenFrom, unchangedSince } from './versions.ts';

/** A submitted form compared with how things stand. */
export interface Comparison {
  now: MaintenanceWithUpdates;
  /** The version from which the form was made; null: unknown. */
  opened: ReadVersion | null;
  /** As entered. */
  values: PlanValues;
  differences: ComparedField[];
  /** Whether it was seen how things stand, or nothing differs. */
  is_current: boolean;
  /** The plan by the sides taken; where none is, the current one. */
  merged: MaintenancePlan;
  /** Problems of times in the merged plan. */
  problems: MaintenanceProblem[];
  /** Whether a maintenance is still as compared, or already says what is asked. */
  isAsCompared(it: MaintenanceWithUpdates): boolean;
}

export interface ComparedField extends PlanDifference {
  /** The side chosen, or taken unless another one is; null: to be chosen. */
  side: Side | null;
  /** Since when the present value holds; null: unknown. */
  since: EpochMs | null;
}

export interface ComparisonParts {
  form: FormData;
  zone: string;
  now: MaintenanceWithUpdates;
  revisions: readonly PlanRevision[];
  /** The fields of the form. */
  fields: readonly PlanField[];
}

/**
 * Compares field by field: what only one side changed is taken from there, what both changed must
 * be chosen. Nothing is taken silently unless the form showed how things stand.
 */
export function compareForm(parts: ComparisonParts): Comparison {
  const { form, zone, now, revisions, fields } = parts;
  const opened = readVersion(revisions, seenFrom(form, 'seen'));
  const compared = form.has('compared')
    ? readVersion(revisions, seenFrom(form, 'compared'))
    : opened;
  const values = valuesFrom(form);
  const mine = planFrom(values, zone, opened?.plan);
  const theirs = planOf(now);
  const has_begun_since = isStartFixed(now.status) && !isAsRead(now, opened, fields);
  const differences = planDifferences({ opened: opened?.plan ?? null, theirs, mine }, fields).map(
    (difference) => ({
      ...difference,
      side:
        has_begun_since && difference.field === 'announced_from'
          ? 'theirs'
          : (chosenSide(form, difference, compared) ?? usualSide(difference)),
      since: unchangedSince(now, revisions, difference.field),
    }),
  );
  const taken = new Map(differences.map(({ field, side }) => [field, side]));
  const merged = mergedPlan({ theirs, mine }, (field) => taken.get(field) ?? 'theirs');
  return {
    now,
    opened,
    values,
    differences,
    is_current: differences.length === 0 || isAsRead(now, compared, fields),
    merged,
    problems: localTimeProblems(merged, zone, values),
    isAsCompared: (it) =>
      isAsRead(it, compared, fields) || changedFields(merged, planOf(it), fields).length === 0,
  };
}

/** The side chosen, if it was between the values of today. */
function chosenSide(
  form: FormData,
  { field, theirs }: PlanDifference,
  compared: ReadVersion | null,
): Side | null {
  const chosen = fieldOf(form, `choice.${field}`);
  const is_side = chosen === 'mine' || chosen === 'theirs';
  const is_seen = compared && String(planValues(compared.plan)[field]) === String(theirs);
  return is_side && is_seen ? chosen : null;
}

function usualSide({ changed_by }: PlanDifference): Side | null {
  return changed_by === 'both' ? null : changed_by;
}

/** The fields that are still to be chosen. */
export function undecided({ differences }: Comparison): PlanField[] {
  return differences.filter(({ side }) => side === null).map(({ field }) => field);
}
