import { join } from 'node:path';

/** Folder of the demo's mails, which are written instead of sent. */
export function mailboxFolder(data_dir: string): string {
  return join(data_dir, 'mailbox');
}

/** Time and delivery: a mail that is sent twice has the same id. */
export function mailId(date: Date, delivery_id: string): string {
  return `${date.getTime()}-${delivery_id}`;
}

export const MAIL_ID = /^\d{1,16}-[0-9a-f]{24}$/;

export function mailFile(id: string): string {
  return `${id}.eml`;
}
