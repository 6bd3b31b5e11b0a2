import { z } from 'zod';
import type { Channel } from '../kit/channel.ts';

/** The log channel, which receives every notice without configuration. */
export const log: Channel = {
  settings: () => z.object({}),
  missing: () => null,
  words: {},
  openSender: async (parts) => (await import('./send.ts')).createLogSender(parts),
};
