import { LOCALES } from '../model/vocabulary.ts';
import type { MessageKey } from './keys.ts';
import { type Catalogues, createText } from './text.ts';
import { type Place, type Words, wordsOf } from './words.ts';

/** Every subject in every language, found by the name of its folder. Servers only. */
export const CATALOGUES: Catalogues<MessageKey> = Object.fromEntries(
  await Promise.all(
    LOCALES.map(async (locale) => [locale, (await import(`./${locale}/index.ts`)).default]),
  ),
);

/** What a server says everything with. */
export function createWords(place: Place): Words {
  return wordsOf(createText(CATALOGUES, place.locale), place);
}
