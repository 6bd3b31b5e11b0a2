import type { PageSettings } from '../../model/configuration.ts';
import type { Render } from '../../notify/rendering/render.ts';
import type { Channel, Sending } from '../channel.ts';
import type { Addressee } from '../message.ts';
import { letterOf } from './letter.ts';

/** A mail ready to be handed over. */
export interface Mail {
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
export interface Post {
  hand(mail: Mail, delivery_id: string): Promise<Sending>;
}

/** Mails in plain text and HTML, without anything that tracks. The delivery is the Message-ID. */
export function createEmailChannel({
  post,
  render,
  page,
  from,
}: {
  post: Post;
  render: Render;
  page: PageSettings;
  /** Mailbox. */
  from: string;
}): Channel {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    shared: true,
    async send(message) {
      const { announcement, telling } = render(message);
      const { notice, to, delivery_id } = message;
      const mail: Mail = {
        from: { name: page.title[to.locale], address: from },
        to: to.address,
        ...letterOf(announcement, telling),
        messageId: `<${delivery_id}@${domain}>`,
        references: `<${notice.ref}@${domain}>`,
        // Of the notice and not of the attempt: a repetition is the same mail.
        date: new Date(notice.created_at),
        headers: { ...AUTOMATIC, 'List-Id': `<status.${domain}>`, ...listHeaders(to) },
      };
      return post.hand(mail, delivery_id);
    },
  };
}

/** Nobody's absence note answers it (RFC 3834; the second is what Exchange reads). */
const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
};

/** One click in the mail program ends the subscription (RFC 8058). */
function listHeaders({ links }: Addressee): Record<string, string> {
  if (!links) return {};
  return {
    'List-Unsubscribe': `<${links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
