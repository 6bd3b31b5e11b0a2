import {
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

/** Something for each language. */
export function byLocale<Value>(make: (locale: Locale) => Value): Record<Locale, Value> {
  const made = LOCALES.map((locale) => [locale, make(locale)]);
  return Object.fromEntries(made) as Record<Locale, Value>;
}

/** A name that is the same in every language. */
export function untranslated(name: string): Localized {
  return byLocale(() => name);
}

/** Languages in which people are asked for texts: the required, and those that are offered. */
export function writtenLocales(offered: Languages): Locale[] {
  return LOCALES.filter((it) => isRequired(it) || offered.includes(it));
}

/**
 * The language in which to speak to whoever once asked for `locale`: the first of those that are
 * spoken, if that is not among them or not any more.
 */
export function spokenLocale(locale: string, spoken: Languages): Locale {
  return spoken.find((it) => it === locale) ?? spoken[0];
}
