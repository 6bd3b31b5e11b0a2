import { createText, type Text } from '../messages/index.ts';
import type { Locale } from '../model/vocabulary.ts';
import { CHANNELS } from './index.ts';

/** A channel's own words in a language; of a channel that is no longer there, its id. */
export function channelText(id: string, locale: Locale): Text<string> {
  const channel = CHANNELS[id];
  return channel ? createText(channel.words, locale) : () => id;
}
