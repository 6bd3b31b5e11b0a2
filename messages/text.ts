import { LOCALES, type Locale } from '../model/vocabulary.ts';
import { fill, type Params } from './fill.ts';

/** The messages of a subject by language. The first language of the list has them all. */
export type Catalogues<Key extends string> = Partial<Record<Locale, Partial<Record<Key, string>>>>;

/** The message with its parameters put in. */
export type Text<Key extends string> = (key: Key, params?: Params) => string;

/** What a language is called in itself: 中文, English. */
export function languageName(locale: Locale): string {
  const { baseName } = new Intl.Locale(locale).minimize();
  return new Intl.DisplayNames(locale, { type: 'language' }).of(baseName) ?? locale;
}

/** Puts the messages of a subject into one language. */
export function createText<Key extends string>(
  catalogues: Catalogues<Key>,
  locale: Locale,
): Text<Key> {
  return (key, params = {}) => {
    const language = [locale, ...LOCALES].find((it) => catalogues[it]?.[key] !== undefined);
    if (language === undefined) throw new Error(`No language says ${key}`);
    return fill(catalogues[language]?.[key] ?? '', params, language);
  };
}
