import { isComplete } from '../model/languages.ts';
import { LOCALES, type Locale } from '../model/vocabulary.ts';
import type { PageKey } from './keys.ts';
import { type Catalogues, createText } from './text.ts';
import { type PageWords, type WordsOptions, wordsOf } from './words.ts';

/**
 * The messages of the page that its scripts use, in one language, loaded on demand in browsers. A
 * test reads from what was built that they use no others.
 */
export async function loadPageWords(options: WordsOptions): Promise<PageWords> {
  // An incomplete language falls back to the first one, which is complete.
  const needed = isComplete(options.locale) ? [options.locale] : [options.locale, LOCALES[0]];
  const catalogues: Catalogues<PageKey> = Object.fromEntries(
    await Promise.all(needed.map(async (locale) => [locale, await liveTexts(locale)])),
  );
  return wordsOf(createText(catalogues, options.locale), options);
}

async function liveTexts(locale: Locale): Promise<Partial<Record<PageKey, string>>> {
  return (await import(`./${locale}/live.ts`)).default;
}
