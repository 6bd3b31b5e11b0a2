import type { z } from 'zod';

/** Whether this process sends: only then are secrets read. */
export interface Known {
  secrets: boolean;
}

/** What the parser must know of a channel. The mains that need channels pass those of channels/. */
export interface ChannelSchema {
  /** The channel's keys in the section `notify`. */
  settings(known: Known): z.ZodType & { shape: Readonly<Record<string, unknown>> };
  /** Why nobody can be notified by it here; null: it works. */
  missing(settings: unknown, site: { demo: boolean }): string | null;
  /** Absent: operators cannot choose it. */
  operator?: {
    /** Its keys beside `channel` and `locale`; `secret` is what messages are signed with. */
    keys(known: Known): Record<string, z.ZodType>;
    /** The key of the address. */
    address: string;
    problem?(address: string, settings: unknown): string | null;
  };
}

/** By the id of the channel. */
export type ChannelSchemas = Readonly<Record<string, ChannelSchema>>;
