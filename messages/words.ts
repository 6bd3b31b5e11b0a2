import type { Locale, Localized } from '../model/vocabulary.ts';
import { CATALOGUES, fill, type MessageKey } from './catalogue.ts';
import { createFormats, type Formats } from './formats.ts';

/** One language in one zone: what templates and mails speak with. */
export interface Words extends Formats {
  locale: Locale;
  /** The message with its parameters put in; parameters are already formatted. */
  text(key: MessageKey, params?: Record<string, string>): string;
  /** The name in this language. */
  name(text: Localized): string;
}

export function createWords({ locale, zone }: { locale: Locale; zone: string }): Words {
  const catalogue = CATALOGUES[locale];
  return {
    ...createFormats(locale, zone),
    locale,
    text: (key, params = {}) => fill(catalogue[key], params),
    name: (text) => text[locale],
  };
}
