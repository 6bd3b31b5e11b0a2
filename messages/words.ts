import type { Locale, Localized } from '../model/vocabulary.ts';
import { nameIn } from './fallback.ts';
import { createFormats, type Formats } from './formats.ts';
import type { MessageKey, PageKey } from './keys.ts';
import type { Text } from './text.ts';

/** One language in one zone: what templates and mails speak with. */
export interface Words<Key extends string = MessageKey> extends Formats {
  locale: Locale;
  text: Text<Key>;
  /** The name in this language, or visibly in another. */
  name(text: Localized): string;
}

/** What a browser knows to say, and so all that is said of the page's own. */
export type PageWords = Words<PageKey>;

/** A language, and the zone of its times. */
export interface WordsOptions {
  locale: Locale;
  zone: string;
}

export function wordsOf<Key extends string>(
  text: Text<Key | PageKey>,
  { locale, zone }: WordsOptions,
): Words<Key | PageKey> {
  return {
    ...createFormats({ locale, zone, text }),
    locale,
    text,
    name: (name) => nameIn(locale, name),
  };
}
