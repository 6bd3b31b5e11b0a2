import { LOCALES, type Locale, type Localized } from '../model/vocabulary.ts';
import { createFill, type Params } from './fill.ts';

/**
 * What one language does not say is said in another, the first of the list that says it, followed
 * by that language's name in tortoise-shell brackets. A reader sees why it looks foreign, in HTML
 * as in a subject or a calendar.
 */

/** What a language is called in itself: 中文, English. */
export function languageName(locale: string): string {
  const { baseName } = new Intl.Locale(locale).minimize();
  return new Intl.DisplayNames(locale, { type: 'language' }).of(baseName) ?? locale;
}

function tagOf(locale: string): string {
  return `\u3014${languageName(locale)}\u3015`;
}

/** A text in one language; where it is missing there, in the first that has it, with its tag. */
export function nameIn(locale: Locale, text: Localized): string {
  // A row may hold texts of languages that are not spoken any more.
  const texts: Partial<Record<string, string>> = text;
  const language = [locale, ...LOCALES, ...Object.keys(texts)].find((it) => texts[it]);
  if (language === undefined) return '';
  return language === locale ? (text[locale] ?? '') : `${texts[language]}${tagOf(language)}`;
}

/**
 * A message borrowed from another language. One tag is enough for all of it; a message without a
 * word of its own, such as a comma, needs none unless what it joins has one.
 */
export function fillFallback(message: string, params: Params, language: Locale): string {
  const tag = tagOf(language);
  const text = createFill(language)(message, params);
  const is_wordless = !/\p{L}/u.test(message.replace(/\{\w+\}/g, ''));
  if (is_wordless && !text.includes(tag)) return text;
  return text.replaceAll(tag, '') + tag;
}
