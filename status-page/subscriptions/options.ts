import { CHANNELS } from '../../channels/index.ts';
import type { AddressField } from '../../channels/kit/channel.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Languages } from '../../model/vocabulary.ts';

/** A channel offered to readers. */
export interface ChannelOption {
  id: string;
  field: AddressField;
  /** The operator's settings. */
  settings: unknown;
}

/** The options of the subscription form. */
export interface SubscriptionOptions {
  channels: readonly ChannelOption[];
  /** System ids. */
  systems: readonly string[];
  languages: Languages;
}

/** All channels usable for readers; all systems on the page. */
export function subscriptionOptions({
  page,
  systems,
  notify,
  demo,
}: Configuration): SubscriptionOptions {
  const channels = Object.entries(CHANNELS).flatMap(([id, channel]) => {
    const settings = notify.channels[id];
    const { field } = channel;
    return field && channel.missing(settings, { demo }) === null ? [{ id, field, settings }] : [];
  });
  const watched = systems.filter(({ neutral }) => !neutral).map(({ id }) => id);
  return { channels, systems: watched, languages: page.languages };
}
