import { email } from './email/index.ts';
import type { Channel } from './kit/channel.ts';
import { log } from './log/index.ts';
import { webhook } from './webhook/index.ts';

/** Every notification channel by its id, in the order of the subscription form. */
export const CHANNELS: Readonly<Record<string, Channel>> = {
  log,
  email,
  webhook,
};
