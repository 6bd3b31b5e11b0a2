import type { PageSettings } from '../../model/configuration.ts';
import type { Render } from '../announcement.ts';
import type { Channel, SendResult } from '../channel.ts';
import type { Recipient } from '../message.ts';
import { renderEmail } from './content.ts';

/** A mail ready to be handed over. */
export interface Email {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Mail programs show the messages of one matter together. */
  references: string;
  date: Date;
  headers: Record<string, string>;
}

/** Where mails are handed over. Errors name no address. */
export interface EmailTransport {
  deliver(mail: Email, delivery_id: string): Promise<SendResult>;
}

/** Mails in plain text and HTML, without anything that tracks. The delivery is the Message-ID. */
export function createEmailChannel({
  post,
  render,
  page,
  from,
}: {
  post: EmailTransport;
  render: Render;
  page: PageSettings;
  /** Mailbox. */
  from: string;
}): Channel {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    shared: true,
    async send(message) {
      const { announcement, context } = render(message);
      const { notice, to, delivery_id } = message;
      const mail: Email = {
        from: { name: page.title[to.locale], address: from },
        to: to.address,
        ...renderEmail(announcement, context),
        messageId: `<${delivery_id}@${domain}>`,
        references: `<${notice.ref}@${domain}>`,
        // Of the notice and not of the attempt: a repetition is the same mail.
        date: new Date(notice.created_at),
        headers: { ...AUTOMATIC, 'List-Id': `<status.${domain}>`, ...listHeaders(to) },
      };
      return post.deliver(mail, delivery_id);
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
