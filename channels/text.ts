import { createText, type Text } from '../messages/index.ts';
import type { Locale } from '../model/vocabulary.ts';
import { CHANNELS } from './index.ts';

/** The channel's texts in a language; for an unknown channel, its id. */
export function channelText(id: string, locale: Locale): Text<string> {
  const channel = CHANNELS[id];
  return channel ? createText(channel.words, locale) : () => id;
}
