import type { Channel } from '../kit/channel.ts';
import { emailField } from './field.ts';
import { type EmailSettings, emailSettings, mailbox } from './settings.ts';
import { emailWords } from './words/index.ts';

/** E-mail by SMTP; the demo has no mail server and writes to its mailbox. */
export const email: Channel<EmailSettings> = {
  settings: emailSettings,
  missing({ from, smtp }, { demo }) {
    if (smtp === undefined && !demo) return 'e-mail requires notify.smtp';
    return from === undefined ? 'e-mail requires notify.from' : null;
  },
  operator: { keys: () => ({ address: mailbox }), address: 'address' },
  field: emailField,
  words: emailWords,
  openSender: async (parts) => (await import('./send.ts')).createEmailSender(parts),
  openSimulator: async (data_dir) => (await import('./simulator.ts')).simulateEmail(data_dir),
};
