import type { z } from 'zod';

/**
 * The part of a channel that the parser needs. The mains that need channels pass those of
 * channels/.
 */
export interface ChannelSchema {
  /**
   * Schema of the channel's keys in the section `notify`. Only the notifier reads secrets;
   * elsewhere they are null.
   */
  settings(context: { secrets: boolean }): z.ZodType & { shape: Readonly<Record<string, unknown>> };
  /** Why the channel cannot be used with these settings; null when it can. */
  missing(settings: unknown, site: { demo: boolean }): string | null;
  /** Absent when operators cannot use the channel. */
  operator?: {
    /** Keys besides `channel` and `locale`; `secret` is the signing secret. */
    keys(context: { secrets: boolean }): Record<string, z.ZodType>;
    /** The key of the address. */
    address: string;
    problem?(address: string, settings: unknown): string | null;
  };
}

/** By the id of the channel. */
export type ChannelSchemas = Readonly<Record<string, ChannelSchema>>;
