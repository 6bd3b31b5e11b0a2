import { type ComponentId, type EpochMs, LOCALES, type Locale } from '../vocabulary.ts';
import { type MaintenancePlan, TIME_FIELDS, type TimeField } from './plan.ts';
import { normalisedTexts, TEXT_FIELDS, type TextField } from './texts.ts';

/** A part of a plan that is changed on its own, by the path used in problems. */
export type PlanField = 'components' | TimeField | `texts.${TextField}.${Locale}`;

const TEXT_PATHS = TEXT_FIELDS.flatMap((text) =>
  LOCALES.map((locale) => ({ text, locale, field: `texts.${text}.${locale}` as const })),
);

/** In the order of the form. */
export const PLAN_FIELDS: readonly PlanField[] = [
  'components',
  ...TIME_FIELDS,
  ...TEXT_PATHS.map(({ field }) => field),
];

/** Components in the order of their ids, an instant, or a text; a missing text is empty. */
export type PlanValue = readonly ComponentId[] | EpochMs | string;

/** Who holds a value: the person whose form it is, or whoever changed the maintenance meanwhile. */
export type Side = 'mine' | 'theirs';

/** A field that is not as the form has it. */
export interface PlanDifference {
  field: PlanField;
  /** When the form was opened; null: unknown. */
  opened: PlanValue | null;
  theirs: PlanValue;
  mine: PlanValue;
  /** Whose change it is; `both` also when it is unknown what it was. */
  changed_by: Side | 'both';
}

export interface PlanVersions {
  /** The plan from which the form was made; null: unknown. */
  opened: MaintenancePlan | null;
  /** The current plan. */
  theirs: MaintenancePlan;
  /** The plan as submitted. */
  mine: MaintenancePlan;
}

/** The fields in which the submitted plan is not the current one, and whose change that is. */
export function planDifferences(
  { opened, theirs, mine }: PlanVersions,
  fields: readonly PlanField[] = PLAN_FIELDS,
): PlanDifference[] {
  const [before, here, there] = [
    opened && planValues(opened),
    planValues(mine),
    planValues(theirs),
  ];
  return fields
    .filter((field) => !isSameValue(here[field], there[field]))
    .map((field) => ({
      field,
      opened: before?.[field] ?? null,
      theirs: there[field],
      mine: here[field],
      changed_by: changedBy(field),
    }));

  function changedBy(field: PlanField): PlanDifference['changed_by'] {
    if (before && isSameValue(before[field], there[field])) return 'mine';
    return before && isSameValue(before[field], here[field]) ? 'theirs' : 'both';
  }
}

/** The current plan with the submitted values of the fields on that side. */
export function mergedPlan(
  { theirs, mine }: Pick<PlanVersions, 'theirs' | 'mine'>,
  sideOf: (field: PlanField) => Side,
): MaintenancePlan {
  const of = (field: PlanField) => (sideOf(field) === 'mine' ? mine : theirs);
  const texts = TEXT_FIELDS.map((text) => [
    text,
    Object.fromEntries(
      LOCALES.map((locale) => [locale, of(`texts.${text}.${locale}`).texts[text]?.[locale] ?? '']),
    ),
  ]);
  return {
    components: of('components').components,
    announced_from: of('announced_from').announced_from,
    announced_until: of('announced_until').announced_until,
    expected_recovery_at: of('expected_recovery_at').expected_recovery_at,
    texts: Object.fromEntries(texts),
  };
}

/** The fields in which two plans differ, regardless of the order of components. */
export function changedFields(
  one: MaintenancePlan,
  other: MaintenancePlan,
  fields: readonly PlanField[] = PLAN_FIELDS,
): PlanField[] {
  const [a, b] = [planValues(one), planValues(other)];
  return fields.filter((field) => !isSameValue(a[field], b[field]));
}

export function isSamePlan(one: MaintenancePlan, other: MaintenancePlan): boolean {
  return changedFields(one, other).length === 0;
}

/** The values of a plan by field, normalised. */
export function planValues(plan: MaintenancePlan): Record<PlanField, PlanValue> {
  const { announced_from, announced_until, expected_recovery_at } = plan;
  const texts = normalisedTexts(plan.texts);
  const words = TEXT_PATHS.map(({ text, locale, field }) => [field, texts[text]?.[locale] ?? '']);
  return {
    components: plan.components.toSorted(),
    announced_from,
    announced_until,
    expected_recovery_at,
    ...Object.fromEntries(words),
  };
}

function isSameValue(one: PlanValue, other: PlanValue): boolean {
  return String(one) === String(other);
}
