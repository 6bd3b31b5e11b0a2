import type { z } from 'zod';
import type { Catalogues } from '../../messages/index.ts';
import type { Sender, SenderParts } from './sender.ts';
import type { ChannelSimulator } from './simulator.ts';

/** Whether this process sends: only then are secrets read; elsewhere they are as good as absent. */
export interface Known {
  secrets: boolean;
}

/** A way of reaching people: all that the product knows of it, one line in channels/index.ts. */
export interface Channel<Settings = unknown> {
  /** Its keys in the section `notify` of a configuration. */
  settings(known: Known): z.ZodType<Settings> & { shape: Readonly<Record<string, unknown>> };
  /** Why nobody can be told this way here, in the words of the configuration; null: they can. */
  missing(settings: Settings, site: { demo: boolean }): string | null;
  /** How an entry of `notify.operators` says where; absent: operators cannot choose it. */
  operator?: OperatorEntry<Settings>;
  /** How readers say where, in the form; absent: they cannot choose it. */
  field?: AddressField<Settings>;
  /** A new secret that messages to a reader are signed with; absent: they are not. */
  newSecret?(): string;
  /**
   * Its own words: `name`; of its field `label`, `hint` and each `problem.…`; of its secrets
   * `secret` and `secret_about`; and what its sender adds to messages.
   */
  words: Catalogues<string>;
  /** Loads what sends, which no other process needs. */
  openSender(parts: SenderParts<Settings>): Promise<Sender>;
  /** Loads the other end, for the demo and for tests. */
  openSimulator?(data_dir: string): Promise<ChannelSimulator>;
}

export interface OperatorEntry<Settings = unknown> {
  /** Its keys beside `channel` and `locale`; a key `secret` is what messages are signed with. */
  keys(known: Known): Record<string, z.ZodType>;
  /** The key of the address. */
  address: string;
  /** What is wrong with an address, in the words of the configuration. */
  problem?(address: string, settings: Settings): string | null;
}

export interface AddressField<Settings = unknown> {
  /** Of the input, unlike any other in the form. */
  name: string;
  type: 'email' | 'url' | 'text';
  /** Whether its words say what to enter. */
  hint: boolean;
  /** The address as it is kept, or what is wrong with it. */
  read(text: string, settings: Settings): { address: string } | { problem: string };
}
