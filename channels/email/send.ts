import type { Recipient } from '../kit/message.ts';
import type { Sender, SenderParts } from '../kit/sender.ts';
import { renderEmail } from './content.ts';
import { createMailboxTransport } from './mailbox-transport.ts';
import type { EmailSettings } from './settings.ts';
import { createSmtpTransport } from './smtp.ts';
import type { Email } from './transport.ts';

/**
 * Sends mails in plain text and HTML, without tracking. The Message-ID is derived from the
 * delivery.
 */
export function createEmailSender(parts: SenderParts<EmailSettings>): Sender {
  const { from, smtp } = parts.settings;
  if (from === undefined) throw new Error('the e-mail sender requires notify.from');
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const transport = smtp ? createSmtpTransport(smtp) : createMailboxTransport(parts.data_dir);
  return {
    shared: true,
    digests: true,
    ...(transport.reach ? { reach: transport.reach } : {}),
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
        // The date of the notice, not of the attempt, so that a retry is the same mail.
        date: new Date(notice.created_at),
        headers: { ...AUTOMATIC, 'List-Id': `<status.${domain}>`, ...listHeaders(to) },
      };
      return transport.deliver(mail, delivery_id);
    },
  };
}

/** Suppresses auto-replies (RFC 3834; the second header is for Exchange). */
const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
};

/** One-click unsubscribe (RFC 8058). */
function listHeaders({ links }: Recipient): Record<string, string> {
  if (!links) return {};
  return {
    'List-Unsubscribe': `<${links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
