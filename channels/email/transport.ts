import type { SendResult } from '../kit/sender.ts';

/** A mail ready to be handed over. */
export interface Email {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Mail programs show messages with the same references together. */
  references: string;
  date: Date;
  headers: Record<string, string>;
}

/** Where mails are handed over. Errors name no address. */
export interface EmailTransport {
  deliver(mail: Email, delivery_id: string): Promise<SendResult>;
}
