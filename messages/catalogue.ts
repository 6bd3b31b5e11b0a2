import { LOCALES } from '../model/vocabulary.ts';
import type { MessageKey } from './keys.ts';
import { type Catalogues, createText } from './text.ts';
import { type Words, type WordsOptions, wordsOf } from './words.ts';

/** The messages of every language, loaded from its folder. Servers only. */
export const CATALOGUES: Catalogues<MessageKey> = Object.fromEntries(
  await Promise.all(
    LOCALES.map(async (locale) => [locale, (await import(`./${locale}/index.ts`)).default]),
  ),
);

/** All messages in one language, for servers. */
export function createWords(options: WordsOptions): Words {
  return wordsOf(createText(CATALOGUES, options.locale), options);
}
