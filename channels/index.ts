import type { Configuration } from '../model/configuration.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { Render } from './announcement.ts';
import type { Channel } from './channel.ts';
import { createMailboxTransport } from './email/mailbox.ts';
import { createEmailChannel, type EmailTransport } from './email/send.ts';
import { createSmtpTransport } from './email/smtp.ts';
import { createLogChannel } from './log/send.ts';
import { type Resolve, systemResolve } from './webhook/guarded-lookup.ts';
import { createWebhookChannel } from './webhook/send.ts';

export interface ChannelParts {
  configuration: Pick<Configuration, 'page' | 'notify' | 'demo'>;
  render: Render;
  /** Where the demo keeps mails when there is no mail server. */
  mailbox: string;
  resolve?: Resolve;
  clock: Clock;
  log: Log;
}

/** Every channel by name: a new one is one file and one line here. */
export function createChannels(parts: ChannelParts): Record<string, Channel> {
  const { configuration, render, clock, log, resolve = systemResolve } = parts;
  const { page, notify } = configuration;
  const post = postOf(parts);
  return {
    log: createLogChannel({ log }),
    ...(post && notify.from !== null
      ? { email: createEmailChannel({ post, render, page, from: notify.from }) }
      : {}),
    webhook: createWebhookChannel({ render, settings: notify.webhook, resolve, clock }),
  };
}

function postOf({ configuration: { notify, demo }, mailbox }: ChannelParts): EmailTransport | null {
  if (notify.smtp) return createSmtpTransport(notify.smtp);
  return demo ? createMailboxTransport({ folder: mailbox }) : null;
}
