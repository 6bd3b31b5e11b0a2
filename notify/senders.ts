import { CHANNELS } from '../channels/index.ts';
import type { Sender, SenderParts } from '../channels/kit/sender.ts';
import type { Configuration } from '../model/configuration.ts';

export interface SendersParts extends Pick<SenderParts, 'data_dir' | 'render' | 'clock' | 'log'> {
  configuration: Pick<Configuration, 'page' | 'notify' | 'demo'>;
}

/** Opens a sender for each configured channel, by channel id. */
export async function openSenders(parts: SendersParts): Promise<Record<string, Sender>> {
  const { page, notify, demo } = parts.configuration;
  const senders: Record<string, Sender> = {};
  for (const [id, channel] of Object.entries(CHANNELS)) {
    const settings = notify.channels[id];
    if (channel.missing(settings, { demo }) !== null) continue;
    senders[id] = await channel.openSender({ ...parts, settings, page, demo });
  }
  return senders;
}
