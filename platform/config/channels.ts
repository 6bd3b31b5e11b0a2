import type { z } from 'zod';

/** What the parser must know of a channel. The mains that need channels pass those of channels/. */
export interface ChannelSchema {
  /**
   * The channel's keys in the section `notify`. Only the process that sends reads secrets;
   * elsewhere they are null.
   */
  settings(context: { secrets: boolean }): z.ZodType & { shape: Readonly<Record<string, unknown>> };
  /** Why nobody can be notified by it here; null: it works. */
  missing(settings: unknown, site: { demo: boolean }): string | null;
  /** Absent: operators cannot choose it. */
  operator?: {
    /** Its keys beside `channel` and `locale`; `secret` is what messages are signed with. */
    keys(context: { secrets: boolean }): Record<string, z.ZodType>;
    /** The key of the address. */
    address: string;
    problem?(address: string, settings: unknown): string | null;
  };
}

/** By the id of the channel. */
export type ChannelSchemas = Readonly<Record<string, ChannelSchema>>;
