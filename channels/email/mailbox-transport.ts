import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { mailboxFolder, mailFile, mailId } from './mailbox-files.ts';
import type { EmailTransport } from './transport.ts';

const MAX_MAILS = 200;

/**
 * Writes mails to the demo's mailbox as files and removes the oldest. A mail that is sent twice is
 * one file.
 */
export function createMailboxTransport(data_dir: string): EmailTransport {
  const folder = mailboxFolder(data_dir);
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async deliver(mail, delivery_id) {
      const { message } = await transport.sendMail(mail);
      await mkdir(folder, { recursive: true });
      const name = mailFile(mailId(mail.date, delivery_id));
      const unfinished = join(folder, `${name}.part`);
      await writeFile(unfinished, message, { mode: 0o600, flush: true });
      await rename(unfinished, join(folder, name));
      await removeOldest(folder);
      return { result: 'sent' };
    },
  };
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  for (const name of names.slice(0, -MAX_MAILS)) await rm(join(folder, name), { force: true });
}
