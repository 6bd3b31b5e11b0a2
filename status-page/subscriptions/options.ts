import { CHANNELS } from '../../channels/index.ts';
import type { AddressField } from '../../channels/kit/channel.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Languages } from '../../model/vocabulary.ts';

/** A channel that readers can choose. */
export interface ChannelOption {
  id: string;
  field: AddressField;
  /** What the operator has set. */
  settings: unknown;
}

/** What this site offers to choose from. */
export interface SubscriptionOptions {
  channels: readonly ChannelOption[];
  /** Ids. */
  systems: readonly string[];
  languages: Languages;
}

/** Every channel by which readers can be told here; every system that is on the page. */
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
