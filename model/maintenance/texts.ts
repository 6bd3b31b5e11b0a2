import { isRequired } from '../languages.ts';
import { LOCALES, type Localized } from '../vocabulary.ts';
import type { MaintenanceProblem } from './problems.ts';

/** In characters, after white space around the text is taken off. */
export const TITLE_LIMIT = 120;
export const TEXT_LIMIT = 2_000;

/** Line ends as \n, no white space around; nothing where it is not required is left out. */
export function tidied(text: Localized): Localized {
  const said = LOCALES.map((locale) => [locale, tidy(text[locale] ?? '')] as const);
  return Object.fromEntries(
    said.filter(([locale, words]) => isRequired(locale) || words !== ''),
  ) as Localized;
}

/** null when nothing was said in any language. */
export function tidiedOrNull(text: Localized | null): Localized | null {
  if (text === null) return null;
  const tidy_text = tidied(text);
  return Object.values(tidy_text).every((it) => it === '') ? null : tidy_text;
}

function tidy(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}

/**
 * Control characters, and those that turn the direction of what follows or are half of a character.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** What is wrong with a tidied text. */
export function textProblems(
  path: string,
  text: Localized,
  { limit = TEXT_LIMIT, one_line = false }: { limit?: number; one_line?: boolean } = {},
): MaintenanceProblem[] {
  return LOCALES.flatMap((locale): MaintenanceProblem[] => {
    const field = `${path}.${locale}`;
    const said = text[locale];
    if (said === undefined) return [];
    if (said === '') return [{ field, code: 'missing_text' }];
    if (said.length > limit) return [{ field, code: 'too_long', limit }];
    const unprintable =
      UNPRINTABLE.test(said) || !said.isWellFormed() || (one_line && said.includes('\n'));
    return unprintable ? [{ field, code: 'control_characters' }] : [];
  });
}
