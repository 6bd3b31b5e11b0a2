import { LOCALES, type Locale, type Localized } from '../model/vocabulary.ts';
import { createFill, type Params } from './fill.ts';

/**
 * Messages missing in one language fall back to the first language of the list that has them,
 * followed by that language's name in tortoise-shell brackets, so that readers see why the language
 * differs, in HTML as in a mail subject or a calendar.
 */

/** The name of a language in itself: "中文", English. */
export function languageName(locale: string): string {
  const { baseName } = new Intl.Locale(locale).minimize();
  return new Intl.DisplayNames(locale, { type: 'language' }).of(baseName) ?? locale;
}

function tagOf(locale: string): string {
  return `\u3014${languageName(locale)}\u3015`;
}

/** The text in one language, or in the first that has it, tagged. */
export function nameIn(locale: Locale, text: Localized): string {
  // A row may contain texts in languages that are no longer supported.
  const texts: Partial<Record<string, string>> = text;
  const language = [locale, ...LOCALES, ...Object.keys(texts)].find((it) => texts[it]);
  if (language === undefined) return '';
  return language === locale ? (text[locale] ?? '') : `${texts[language]}${tagOf(language)}`;
}

/**
 * A message of another language. One tag is enough for the whole; a message without words, such as
 * a comma, needs none unless a parameter has one.
 */
export function fillFallback(message: string, params: Params, language: Locale): string {
  const tag = tagOf(language);
  const text = createFill(language)(message, params);
  const is_wordless = !/\p{L}/u.test(message.replace(/\{\w+\}/g, ''));
  if (is_wordless && !text.includes(tag)) return text;
  return text.replaceAll(tag, '') + tag;
}
