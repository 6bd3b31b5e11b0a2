import type { Locale } from './vocabulary.ts';

/** Notification settings. Secrets are null in every process except the notifier. */
export interface NotifySettings {
  /** Channel settings, parsed by the channel's own schema; only channels known to the process. */
  channels: Readonly<Record<string, unknown>>;
  /** Recipients of alerts. */
  operators: readonly Operator[];
  /** After this an alert that nobody acknowledges is told again; null: never. */
  repeat_after_ms: number | null;
  /** Who is told of it too, and when; null: nobody. */
  escalation: Escalation | null;
}

export interface Escalation {
  after_ms: number;
  operators: readonly Operator[];
}

export interface Operator {
  /** A key of channels/. */
  channel: string;
  address: string;
  locale: Locale;
  /** Signing secret of messages; null when the channel does not sign. */
  secret: string | null;
}

/** Settings of processes that send no notifications. */
export const DEFAULT_NOTIFY: NotifySettings = {
  channels: {},
  operators: [],
  repeat_after_ms: null,
  escalation: null,
};
