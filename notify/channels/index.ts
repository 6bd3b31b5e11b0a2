import type { Log } from '../../model/ports.ts';
import type { Channel } from './channel.ts';
import { createLogChannel } from './log.ts';

/** Every channel by name: a new one is one file and one line here. */
export function createChannels({ log }: { log: Log }): Record<string, Channel> {
  return {
    log: createLogChannel({ log }),
  };
}
