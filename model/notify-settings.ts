import type { Locale } from './vocabulary.ts';

/** How people are told. Secrets are null in every process but the notifier. */
export interface NotifySettings {
  /** Mailbox that mails come from; its name is the page's title. null: there are no mails. */
  from: string | null;
  /** null: mails go nowhere; in the demo, into its mailbox. */
  smtp: SmtpSettings | null;
  /** Who is alerted. */
  operators: Operator[];
  webhook: {
    /** `host:port` of receivers that may be private, and need not be HTTPS. */
    allow: string[];
  };
}

export interface SmtpSettings {
  host: string;
  port: number;
  /**
   * TLS from the first byte; otherwise STARTTLS when the server offers it, and always before a
   * password.
   */
  secure: boolean;
  user: string | null;
  password: string | null;
}

export type Operator =
  | { channel: 'email'; address: string; locale: Locale }
  | { channel: 'webhook'; address: string; locale: Locale; secret: string | null };

/** What holds when the configuration says nothing. */
export const DEFAULT_NOTIFY: NotifySettings = {
  from: null,
  smtp: null,
  operators: [],
  webhook: { allow: [] },
};

/** Whether readers can subscribe by e-mail: mails are delivered, or shown in the demo's mailbox. */
export function sendsMail({ notify, demo }: { notify: NotifySettings; demo: boolean }): boolean {
  return notify.from !== null && (notify.smtp !== null || demo);
}
