import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { EpochMs } from '../../model/vocabulary.ts';
import { MAIL_ID, mailboxFolder, mailFile } from './mailbox-files.ts';

/** A parsed mail. */
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

/** The demo's mailbox: mails that were written to files instead of sent. */
export interface Mailbox {
  /** Newest first. */
  list(): Promise<MailView[]>;
  find(id: string): Promise<MailView | null>;
}

const MAX_LISTED = 50;

export function openMailbox(data_dir: string): Mailbox {
  const folder = mailboxFolder(data_dir);

  async function read(id: string): Promise<MailView | null> {
    const raw = await readFile(join(folder, mailFile(id))).catch(nullIfMissing);
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
      const names = (await readdir(folder).catch(nullIfMissing)) ?? [];
      const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4));
      const newest = ids
        .filter((id) => MAIL_ID.test(id))
        .toSorted(byTime)
        .slice(0, MAX_LISTED);
      const mails = await Promise.all(newest.map(read));
      return mails.filter((mail) => mail !== null);
    },
    find: async (id) => (MAIL_ID.test(id) ? read(id) : null),
  };
}

function byTime(a: string, b: string): number {
  return Number(b.split('-')[0]) - Number(a.split('-')[0]) || (a < b ? -1 : 1);
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
