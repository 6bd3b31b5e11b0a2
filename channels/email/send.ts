import type { Recipient } from '../kit/message.ts';
import type { Sender, SenderParts } from '../kit/sender.ts';
import { renderEmail } from './content.ts';
import { createMailboxTransport } from './mailbox-transport.ts';
import type { EmailSettings } from './settings.ts';
import { createSmtpTransport } from './smtp.ts';
import type { Email } from './transport.ts';

/** Mails in plain text and HTML, without anything that tracks. The delivery is the Message-ID. */
export function createEmailSender(parts: SenderParts<EmailSettings>): Sender {
  const { from, smtp } = parts.settings;
  if (from === undefined) throw new Error('mails come from nobody');
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const transport = smtp ? createSmtpTransport(smtp) : createMailboxTransport(parts.data_dir);
  return {
    shared: true,
    async send(message) {
      const { page } = parts;
      const { announcement, words } = parts.render(message);
      const { notice, to, delivery_id } = message;
      const mail: Email = {
        from: { name: words.name(page.title), address: from },
        to: to.address,
        ...renderEmail({ message, announcement, words, page }),
        messageId: `<${delivery_id}@${domain}>`,
        references: `<${notice.ref}@${domain}>`,
        // Of the notice and not of the attempt: a repetition is the same mail.
        date: new Date(notice.created_at),
        headers: { ...AUTOMATIC, 'List-Id': `<status.${domain}>`, ...listHeaders(to) },
      };
      return transport.deliver(mail, delivery_id);
    },
  };
}

/** Nobody's absence note answers it (RFC 3834; the second is what Exchange reads). */
const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
};

/** One click in the mail program ends the subscription (RFC 8058). */
function listHeaders({ links }: Recipient): Record<string, string> {
  if (!links) return {};
  return {
    'List-Unsubscribe': `<${links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
