import { join } from 'node:path';

/** Where the demo keeps the mails it does not send. */
export function mailboxFolder(data_dir: string): string {
  return join(data_dir, 'mailbox');
}

/** When, and which delivery: a mail sent twice has one id. */
export function mailId(date: Date, delivery_id: string): string {
  return `${date.getTime()}-${delivery_id}`;
}

export const MAIL_ID = /^\d{1,16}-[0-9a-f]{24}$/;

export function mailFile(id: string): string {
  return `${id}.eml`;
}
