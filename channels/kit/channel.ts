import type { z } from 'zod';
import type { Catalogues } from '../../messages/index.ts';
import type { Sender, SenderParts } from './sender.ts';
import type { ChannelSimulator } from './simulator.ts';

/**
 * The process that parses the settings: only the notifier reads secrets; elsewhere they are null.
 */
export interface SettingsContext {
  secrets: boolean;
}

/**
 * A notification channel: everything the product knows of it, registered by one line in
 * channels/index.ts.
 */
export interface Channel<Settings = unknown> {
  /** Schema of its keys in the section `notify` of the configuration. */
  settings(
    context: SettingsContext,
  ): z.ZodType<Settings> & { shape: Readonly<Record<string, unknown>> };
  /**
   * Why the channel cannot be used with these settings, as a validation message; null when it can.
   */
  missing(settings: Settings, site: { demo: boolean }): string | null;
  /** Schema of its entries in `notify.operators`; absent when operators cannot use it. */
  operator?: OperatorEntry<Settings>;
  /** Its address field in the subscription form; absent when readers cannot use it. */
  field?: AddressField<Settings>;
  /** Generates a signing secret for a subscriber; absent when messages are not signed. */
  newSecret?(): string;
  /**
   * Its own texts: `name`; `label`, `problem.…` and maybe `hint` of its field; `secret` and
   * `secret_about` of its secrets; texts its sender adds to messages.
   */
  words: Catalogues<string>;
  /** Loads the sender, needed by the notifier only. */
  openSender(parts: SenderParts<Settings>): Promise<Sender>;
  /** Loads a simulated receiver, for tests. */
  openSimulator?(data_dir: string): Promise<ChannelSimulator>;
}

export interface OperatorEntry<Settings = unknown> {
  /** Keys besides `channel` and `locale`; a key `secret` is the signing secret. */
  keys(context: SettingsContext): Record<string, z.ZodType>;
  /** The key of the address. */
  address: string;
  /** The problem of an address as a validation message; null when it is valid. */
  problem?(address: string, settings: Settings): string | null;
}

export interface AddressField<Settings = unknown> {
  /** Name and id of the input, unique in the form. */
  name: string;
  type: 'email' | 'url' | 'text';
  /** The normalised address, or the code of a problem (`problem.…` in the texts). */
  read(text: string, settings: Settings): { address: string } | { problem: string };
  /** The receiver that an address leads to, however it is spelt: what limits count. */
  receiver(address: string): string;
}
