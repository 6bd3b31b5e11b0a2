import { createText, type Text } from '../messages/index.ts';
import type { Locale } from '../model/vocabulary.ts';
import { CHANNELS } from './index.ts';

/** The channel's texts in a language; for an unknown channel, its id. */
export function channelText(id: string, locale: Locale): Text<string> {
  const channel = CHANNELS[id];
  return channel ? createText(channel.words, locale) : () => id;
}

/** The hint of its address field; null when it has none. */
export function channelHint(id: string, locale: Locale): string | null {
  const catalogues = Object.values(CHANNELS[id]?.words ?? {});
  const exists = catalogues.some((catalogue) => catalogue.hint !== undefined);
  return exists ? channelText(id, locale)('hint') : null;
}
