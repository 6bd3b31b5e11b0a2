import type { z } from 'zod';
import type { Sender, SenderParts } from './sender.ts';

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
  /** How an entry of `notify.operators` says where; null: operators cannot choose it. */
  operator: OperatorEntry<Settings> | null;
  /** Loads what sends, which no other process needs. */
  openSender(parts: SenderParts<Settings>): Promise<Sender>;
}

export interface OperatorEntry<Settings> {
  /** Its keys beside `channel` and `locale`; a key `secret` is what messages are signed with. */
  keys(known: Known): Record<string, z.ZodType>;
  /** The key of the address. */
  address: string;
  /** What is wrong with an address, in the words of the configuration. */
  problem?(address: string, settings: Settings): string | null;
}
