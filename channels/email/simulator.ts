import type { ChannelSimulator } from '../kit/simulator.ts';
import { openMailbox } from './mailbox.ts';

/** The demo's mailbox, used in place of a mail server. */
export async function simulateEmail(data_dir: string): Promise<ChannelSimulator> {
  const mailbox = openMailbox(data_dir);
  return {
    section: {
      from: 'status@example.invalid',
      operators: [{ channel: 'email', address: 'operator@example.invalid' }],
    },
    env: {},
    address: 'reader@example.com',
    async received() {
      const mails = await mailbox.list();
      return mails.toReversed().map(({ subject, text }) => `${subject}\n${text}`);
    },
    async stop() {},
  };
}
