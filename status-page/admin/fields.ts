import { byLocale } from '../../model/languages.ts';
import { type MaintenancePlan, TIME_FIELDS, type TimeField } from '../../model/maintenance/plan.ts';
import type { MaintenanceProblem } from '../../model/maintenance/problems.ts';
import { TEXT_FIELDS, type TextField } from '../../model/maintenance/texts.ts';
import { LOCALES, type Locale } from '../../model/vocabulary.ts';
import { instantOf, NO_TIME, type TypedTime, timeProblem, typedTime } from './times.ts';

/** The fields of an extension. */
export const EXTENSION_FIELDS = ['announced_until', 'expected_recovery_at'] as const;
export type ExtensionField = (typeof EXTENSION_FIELDS)[number];

/** A text as entered, per language. */
export type TypedText = Record<Locale, string>;

export const NO_TEXT: TypedText = byLocale(() => '');

/** The form values as entered. Names are the paths used in problems. */
export interface PlanValues {
  components: string[];
  times: Record<TimeField, TypedTime>;
  texts: Record<TextField, TypedText>;
}

export const NO_VALUES: PlanValues = {
  components: [],
  times: eachOf(TIME_FIELDS, () => NO_TIME),
  texts: eachOf(TEXT_FIELDS, () => NO_TEXT),
};

/** The values that show a plan; of times that are none, what was entered. */
export function valuesOf(
  plan: MaintenancePlan,
  zone: string,
  entered: PlanValues = NO_VALUES,
): PlanValues {
  return {
    components: plan.components,
    times: eachOf(TIME_FIELDS, (field) =>
      Number.isNaN(plan[field]) ? entered.times[field] : typedTime(zone, plan[field]),
    ),
    texts: eachOf(TEXT_FIELDS, (field) => ({ ...NO_TEXT, ...plan.texts[field] })),
  };
}

export function valuesFrom(form: FormData): PlanValues {
  return {
    components: form.getAll('components').map(String),
    times: eachOf(TIME_FIELDS, (field) => timeFrom(form, field)),
    texts: eachOf(TEXT_FIELDS, (field) => localizedFrom(form, `texts.${field}`)),
  };
}

/** The plan as entered into a form that showed `opened`. Invalid times are NaN. */
export function planFrom(
  { components, times, texts }: PlanValues,
  zone: string,
  opened: MaintenancePlan | null = null,
): MaintenancePlan {
  return {
    components,
    texts,
    ...eachOf(TIME_FIELDS, (field) => instantOf(zone, times[field], opened?.[field] ?? null)),
  };
}

/** The problems of its times that only the form knows; the rules report the others. */
export function localTimeProblems(
  plan: MaintenancePlan,
  zone: string,
  { times }: Pick<PlanValues, 'times'>,
): MaintenanceProblem[] {
  return TIME_FIELDS.filter((field) => Number.isNaN(plan[field])).flatMap(
    (field) => timeProblem(zone, field, times[field]) ?? [],
  );
}

/** The form as entered, as hidden fields. */
export function enteredFields({ components, times, texts }: PlanValues): [string, string][] {
  return [
    ...components.map((id): [string, string] => ['components', id]),
    ...TIME_FIELDS.flatMap((field): [string, string][] => [
      [field, times[field].text],
      [`${field}.offset`, times[field].offset],
    ]),
    ...TEXT_FIELDS.flatMap((text) =>
      LOCALES.map((locale): [string, string] => [`texts.${text}.${locale}`, texts[text][locale]]),
    ),
  ];
}

/** Reads a time and, where it was asked for, which one is meant. */
export function timeFrom(form: FormData, field: TimeField): TypedTime {
  return { text: fieldOf(form, field), offset: fieldOf(form, `${field}.offset`) };
}

/** Reads the text of each language from fields such as `texts.title.en`. */
export function localizedFrom(form: FormData, name: string): TypedText {
  return byLocale((locale) => fieldOf(form, `${name}.${locale}`));
}

/** The field's value; empty when it is missing or a file. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function eachOf<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}
