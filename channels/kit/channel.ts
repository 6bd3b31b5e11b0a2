import type { z } from 'zod';
import type { Catalogues } from '../../messages/index.ts';
import type { Sender, SenderParts } from './sender.ts';
import type { ChannelSimulator } from './simulator.ts';

/** Who reads the settings: only the process that sends reads secrets; elsewhere they are null. */
export interface SettingsContext {
  secrets: boolean;
}

/** A way to notify people: all that the product knows of it, and one line in channels/index.ts. */
export interface Channel<Settings = unknown> {
  /** Its keys in the section `notify` of a configuration. */
  settings(
    context: SettingsContext,
  ): z.ZodType<Settings> & { shape: Readonly<Record<string, unknown>> };
  /** Why nobody can be notified by it here, as a message about an operator; null: it works. */
  missing(settings: Settings, site: { demo: boolean }): string | null;
  /** How `notify.operators` names an address; absent: operators cannot choose it. */
  operator?: OperatorEntry<Settings>;
  /** How readers enter an address in the form; absent: they cannot choose it. */
  field?: AddressField<Settings>;
  /** A new secret that messages to a reader are signed with; absent: they are not. */
  newSecret?(): string;
  /**
   * Its own words: `name`; of its field `label`, `hint` and each `problem.…`; of its secrets
   * `secret` and `secret_about`; and what its sender adds to messages.
   */
  words: Catalogues<string>;
  /** Loads the code that sends, which only the notifier needs. */
  openSender(parts: SenderParts<Settings>): Promise<Sender>;
  /** Loads a receiving end, for the demo and for tests. */
  openSimulator?(data_dir: string): Promise<ChannelSimulator>;
}

export interface OperatorEntry<Settings = unknown> {
  /** Its keys beside `channel` and `locale`; a key `secret` is what messages are signed with. */
  keys(context: SettingsContext): Record<string, z.ZodType>;
  /** The key of the address. */
  address: string;
  /** What is wrong with an address, as a message about the configuration. */
  problem?(address: string, settings: Settings): string | null;
}

export interface AddressField<Settings = unknown> {
  /** Name and id of the input, unlike any other in the form. */
  name: string;
  type: 'email' | 'url' | 'text';
  /** Whether its words have a `hint` on what to enter. */
  hint: boolean;
  /** The address in its normal form, or a problem that the words name `problem.…`. */
  read(text: string, settings: Settings): { address: string } | { problem: string };
}
