import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { EpochMs } from '../../model/vocabulary.ts';

/** A mail as its reader would see it. */
export interface MailView {
  id: string;
  from: string;
  from_name: string;
  to: string;
  subject: string;
  sent_at: EpochMs;
  text: string;
  html: string;
}

/** The demo's mailbox: the mails that would have been sent, as files. */
export interface Mailbox {
  /** Newest first. */
  list(): Promise<MailView[]>;
  find(id: string): Promise<MailView | null>;
}

/** Where the demo keeps the mails it does not send. */
export function mailboxFolder(data_dir: string): string {
  return join(data_dir, 'mailbox');
}

const LISTED = 50;
/** As mailbox-transport.ts names them: when, and which delivery. */
const NAME = /^\d{1,16}-[0-9a-f]{24}$/;

export function openMailbox(folder: string): Mailbox {
  async function read(id: string): Promise<MailView | null> {
    const raw = await readFile(join(folder, `${id}.eml`)).catch(nothingThere);
    if (raw === null) return null;
    const { from, to, subject, date, text, html } = await PostalMime.parse(raw);
    return {
      id,
      from: from?.address ?? '',
      from_name: from?.name ?? '',
      to: to?.[0]?.address ?? '',
      subject: subject ?? '',
      sent_at: Date.parse(date ?? ''),
      text: text ?? '',
      html: html ?? '',
    };
  }

  return {
    async list() {
      const names = (await readdir(folder).catch(nothingThere)) ?? [];
      const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4));
      const newest = ids
        .filter((id) => NAME.test(id))
        .toSorted(byTime)
        .slice(0, LISTED);
      const mails = await Promise.all(newest.map(read));
      return mails.filter((mail) => mail !== null);
    },
    find: async (id) => (NAME.test(id) ? read(id) : null),
  };
}

function byTime(a: string, b: string): number {
  return Number(b.split('-')[0]) - Number(a.split('-')[0]) || (a < b ? -1 : 1);
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
