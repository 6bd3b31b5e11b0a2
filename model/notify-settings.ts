import type { Locale } from './vocabulary.ts';

/** How people are notified. Secrets are null in every process but the notifier. */
export interface NotifySettings {
  /** By channel, parsed by the channel's own schema; without those the process does not know. */
  channels: Readonly<Record<string, unknown>>;
  /** Who is alerted. */
  operators: readonly Operator[];
}

export interface Operator {
  /** A key of channels/. */
  channel: string;
  address: string;
  locale: Locale;
  /** What messages are signed with; null where the channel signs nothing. */
  secret: string | null;
}

/** In processes that notify nobody. */
export const DEFAULT_NOTIFY: NotifySettings = { channels: {}, operators: [] };
