import { createWords } from '../../../messages/catalogue.ts';
import type { Words } from '../../../messages/index.ts';
import type { Locale } from '../../../model/vocabulary.ts';

/** One language of the administration: its own messages, and those it shares with the page. */
export interface Language {
  locale: Locale;
  words: Words;
  /** Where the administration lies in this language, without a trailing slash. */
  base: string;
}

export function createLanguage(locale: Locale, zone: string): Language {
  return {
    locale,
    words: createWords({ locale, zone }),
    base: `/admin/${locale}`,
  };
}
