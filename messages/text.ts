import { LOCALES, type Locale } from '../model/vocabulary.ts';
import { fillBorrowed } from './fallback.ts';
import { fill, type Params } from './fill.ts';

/** The messages of a subject by language. */
export type Catalogues<Key extends string> = Partial<Record<Locale, Partial<Record<Key, string>>>>;

/** The message with its parameters put in. */
export type Text<Key extends string> = (key: Key, params?: Params) => string;

/**
 * Puts the messages of a subject into one language; what it lacks into another, visibly. A subject
 * need not be said in every language, but each of its messages in some.
 */
export function createText<Key extends string>(
  catalogues: Catalogues<Key>,
  locale: Locale,
): Text<Key> {
  return (key, params = {}) => {
    const language = [locale, ...LOCALES].find((it) => catalogues[it]?.[key] !== undefined);
    if (language === undefined) throw new Error(`No language says ${key}`);
    const message = catalogues[language]?.[key] ?? '';
    return language === locale
      ? fill(message, params, language)
      : fillBorrowed(message, params, language);
  };
}
