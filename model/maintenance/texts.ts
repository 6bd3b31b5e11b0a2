import { isRequired } from '../languages.ts';
import type { MaintenanceTexts } from '../maintenance.ts';
import { LOCALES, type Localized } from '../vocabulary.ts';
import type { MaintenanceProblem } from './problems.ts';

export const TEXT_FIELDS = ['title', 'description', 'stays_open', 'workaround'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Maximum length in characters, after trimming. */
export const TITLE_LIMIT = 120;
export const TEXT_LIMIT = 2_000;

/** The text with line ends as \n and trimmed; empty texts of optional languages are omitted. */
export function normalised(text: Localized): Localized {
  const entries = LOCALES.map((locale) => [locale, normaliseText(text[locale] ?? '')] as const);
  return Object.fromEntries(
    entries.filter(([locale, value]) => isRequired(locale) || value !== ''),
  ) as Localized;
}

/** Like `normalised`; null when every language is empty. */
export function normalisedOrNull(text: Localized | null): Localized | null {
  if (text === null) return null;
  const result = normalised(text);
  return Object.values(result).every((it) => it === '') ? null : result;
}

export function normalisedTexts(texts: MaintenanceTexts): MaintenanceTexts {
  const { title, description, stays_open, workaround } = texts;
  return {
    title: normalised(title),
    description: normalised(description),
    stays_open: normalisedOrNull(stays_open),
    workaround: normalisedOrNull(workaround),
  };
}

function normaliseText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}

/** Control characters, bidirectional overrides and line separators. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** Problems of a normalised text, per language. */
export function textProblems(
  path: string,
  text: Localized,
  { limit = TEXT_LIMIT, one_line = false }: { limit?: number; one_line?: boolean } = {},
): MaintenanceProblem[] {
  return LOCALES.flatMap((locale): MaintenanceProblem[] => {
    const field = `${path}.${locale}`;
    const value = text[locale];
    if (value === undefined) return [];
    if (value === '') return [{ field, code: 'missing_text' }];
    if (value.length > limit) return [{ field, code: 'too_long', limit }];
    const unprintable =
      UNPRINTABLE.test(value) || !value.isWellFormed() || (one_line && value.includes('\n'));
    return unprintable ? [{ field, code: 'control_characters' }] : [];
  });
}
