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
const UNPRINTABLE =
  '\\u0000-\\u0009\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f' + '\\u2028-\\u202e\\u2066-\\u2069';
const LINE_ENDS = '\\n\\r';
/** What `trim` removes and can be shown, by ECMA-262; others mean less or more by \\s. */
const SPACE = ' \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\ufeff';

/**
 * The regular expression of texts that can be shown, without what only some programs read. That
 * there are no halves of characters it cannot say.
 */
export function printablePattern({ one_line = false, may_be_blank = false } = {}): string {
  const hidden = one_line ? UNPRINTABLE + LINE_ENDS : UNPRINTABLE;
  const space = one_line ? SPACE : SPACE + LINE_ENDS;
  const seen = may_be_blank ? '' : `[${space}]*[^${hidden}${SPACE}${LINE_ENDS}]`;
  return `^${seen}[^${hidden}]*$`;
}

const PRINTABLE = new RegExp(printablePattern({ may_be_blank: true }), 'u');
const PRINTABLE_LINE = new RegExp(printablePattern({ one_line: true, may_be_blank: true }), 'u');

/** Whether nothing of it is left after trimming. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Whether it can be shown as it is. */
export function isPrintable(text: string, { one_line = false } = {}): boolean {
  return (one_line ? PRINTABLE_LINE : PRINTABLE).test(text) && text.isWellFormed();
}

/** Characters as people count them in a limit, not units of UTF-16. */
export function characterCount(text: string): number {
  return [...text].length;
}

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
    if (characterCount(value) > limit) return [{ field, code: 'too_long', limit }];
    return isPrintable(value, { one_line }) ? [] : [{ field, code: 'control_characters' }];
  });
}
