import { email } from './email/index.ts';
import type { Channel } from './kit/channel.ts';
import { log } from './log/index.ts';
import { webhook } from './webhook/index.ts';

/** Every way of reaching people by its id, in the order in which readers are offered them. */
export const CHANNELS: Readonly<Record<string, Channel>> = {
  log,
  email,
  webhook,
};
