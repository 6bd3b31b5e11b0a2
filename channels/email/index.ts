import type { Channel } from '../kit/channel.ts';
import { type EmailSettings, emailSettings, mailbox } from './settings.ts';

/** Mails by SMTP; in the demo, without a mail server, into its mailbox. */
export const email: Channel<EmailSettings> = {
  settings: emailSettings,
  missing({ from, smtp }, { demo }) {
    const sends = from !== undefined && (smtp !== undefined || demo);
    return sends ? null : 'is told by e-mail; expected notify.smtp';
  },
  operator: { keys: () => ({ address: mailbox }), address: 'address' },
  openSender: async (parts) => (await import('./send.ts')).createEmailSender(parts),
};
