import { byLocale } from '../../model/languages.ts';
import { fromLocalTime, toLocalTime } from '../../model/local-time.ts';
import type { MaintenancePlan } from '../../model/maintenance/plan.ts';
import type { Locale } from '../../model/vocabulary.ts';

export const TIME_FIELDS = ['announced_from', 'announced_until', 'expected_recovery_at'] as const;
export type TimeField = (typeof TIME_FIELDS)[number];

export const TEXT_FIELDS = ['title', 'description', 'stays_open', 'workaround'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** A text as entered, per language. */
export type TypedText = Record<Locale, string>;

export const NO_TEXT: TypedText = byLocale(() => '');

/** The form values as entered. Names are the paths used in problems. */
export interface PlanValues {
  components: string[];
  times: Record<TimeField, string>;
  texts: Record<TextField, TypedText>;
}

export const NO_VALUES: PlanValues = {
  components: [],
  times: { announced_from: '', announced_until: '', expected_recovery_at: '' },
  texts: { title: NO_TEXT, description: NO_TEXT, stays_open: NO_TEXT, workaround: NO_TEXT },
};

export function valuesOf(plan: MaintenancePlan, zone: string): PlanValues {
  return {
    components: plan.components,
    times: eachOf(TIME_FIELDS, (field) => toLocalTime(zone, plan[field])),
    texts: eachOf(TEXT_FIELDS, (field) => ({ ...NO_TEXT, ...plan.texts[field] })),
  };
}

export function valuesFrom(form: FormData): PlanValues {
  return {
    components: form.getAll('components').map(String),
    times: eachOf(TIME_FIELDS, (field) => fieldOf(form, field)),
    texts: eachOf(TEXT_FIELDS, (field) => localizedFrom(form, `texts.${field}`)),
  };
}

/** Invalid times become NaN, which the rules report. */
export function planFrom({ components, times, texts }: PlanValues, zone: string): MaintenancePlan {
  return {
    components,
    texts,
    ...eachOf(TIME_FIELDS, (field) => fromLocalTime(zone, times[field]) ?? Number.NaN),
  };
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

/** The number of a hidden field; null when it is invalid. */
export function wholeNumberOf(form: FormData, name: string): number | null {
  const text = fieldOf(form, name);
  return /^\d{1,16}$/.test(text) ? Number(text) : null;
}

function eachOf<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}
