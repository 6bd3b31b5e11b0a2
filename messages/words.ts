import type { EpochMs, Locale, Localized } from '../model/vocabulary.ts';
import { nameIn } from './fallback.ts';
import { createFormats, type Formats } from './formats.ts';
import type { MessageKey, PageKey } from './keys.ts';
import type { Text } from './text.ts';

/** Messages and formats of one language in one zone. */
export interface Words<Key extends string = MessageKey> extends Formats {
  locale: Locale;
  text: Text<Key>;
  /** The address of a path of the site's table of routes, for its own pages. */
  href(path: string): string;
  /** The name in this language, or in another, tagged. */
  name(text: Localized): string;
  /** The same with the year in every date, for what may be read later. */
  inFull(): Words<Key>;
}

/** The messages available in browsers, used for all of the page's own text. */
export type PageWords = Words<PageKey>;

/** A language, the zone of its times, and what time it is for who reads it at once. */
export interface WordsOptions {
  locale: Locale;
  zone: string;
  now: () => EpochMs;
  /** Whether every date has its year, as what may be read later; default: those of other years. */
  in_full?: boolean;
  /** What is before every path on the site's host (`basePath`); default: nothing. */
  base_path?: string;
}

export function wordsOf<Key extends string>(
  text: Text<Key | PageKey>,
  options: WordsOptions,
): Words<Key | PageKey> {
  const { locale, zone, now, in_full = false, base_path = '' } = options;
  return {
    ...createFormats({ locale, zone, text, now, in_full }),
    locale,
    text,
    href: (path) => `${base_path}${path}`,
    name: (name) => nameIn(locale, name),
    inFull: () => wordsOf(text, { ...options, in_full: true }),
  };
}
