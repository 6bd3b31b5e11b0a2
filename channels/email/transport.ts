import type { Reached, SendResult } from '../kit/sender.ts';

/** A mail ready to be sent. */
export interface Email {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Mail clients group messages with the same references. */
  references: string;
  date: Date;
  headers: Record<string, string>;
}

/** Delivers mails. Errors never contain an address. */
export interface EmailTransport {
  deliver(mail: Email, delivery_id: string): Promise<SendResult>;
  /** Connects and signs in, as before a mail; absent: there is no server. */
  reach?(): Promise<Reached>;
}
