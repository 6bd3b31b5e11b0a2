import { createWords } from '../../../messages/catalogue.ts';
import type { Words } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import { writtenLocales } from '../../../model/languages.ts';
import type { Locale } from '../../../model/vocabulary.ts';

/** One language of the administration: its own messages, and those it shares with the page. */
export interface Language {
  locale: Locale;
  words: Words;
  /** Where the administration lies in this language, without a trailing slash. */
  base: string;
  /** In which texts are asked for. */
  written: readonly Locale[];
}

export function createLanguage(
  locale: Locale,
  { zone, languages }: Pick<PageSettings, 'zone' | 'languages'>,
): Language {
  return {
    locale,
    words: createWords({ locale, zone }),
    base: `/admin/${locale}`,
    written: writtenLocales(languages),
  };
}
