import { z } from 'zod';
import type { Channel } from '../kit/channel.ts';

/** The operators' log, which is told of everything without being asked to. */
export const log: Channel = {
  settings: () => z.object({}),
  missing: () => null,
  words: {},
  openSender: async (parts) => (await import('./send.ts')).createLogSender(parts),
};
