import {
  COMPLETE_LOCALES,
  type Languages,
  LOCALES,
  type Locale,
  type Localized,
  REQUIRED_LOCALES,
  type RequiredLocale,
} from './vocabulary.ts';

export function isRequired(locale: Locale): locale is RequiredLocale {
  return REQUIRED_LOCALES.some((it) => it === locale);
}

/** Whether it has every message. */
export function isComplete(locale: Locale): boolean {
  return COMPLETE_LOCALES.some((it) => it === locale);
}

/** A record with one value per language. */
export function byLocale<Value>(make: (locale: Locale) => Value): Record<Locale, Value> {
  const entries = LOCALES.map((locale) => [locale, make(locale)]);
  return Object.fromEntries(entries) as Record<Locale, Value>;
}

/** A name that is the same in every language. */
export function untranslated(name: string): Localized {
  return byLocale(() => name);
}

/** Languages in which administrators can enter texts: required and offered ones. */
export function inputLocales(offered: Languages): Locale[] {
  return LOCALES.filter((it) => isRequired(it) || offered.includes(it));
}

/** The stored locale if it is still supported, else the default (first) language. */
export function supportedLocale(locale: string, supported: Languages): Locale {
  return supported.find((it) => it === locale) ?? supported[0];
}
