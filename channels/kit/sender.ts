import type { PageSettings } from '../../model/configuration.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { Render } from './announcement.ts';
import type { Message } from './message.ts';

/**
 * How an attempt ended: handed over, worth another attempt, or pointless to repeat. `gone`: the
 * address itself declines further messages. `channel_fault`: the channel cannot reach anybody at
 * the moment.
 */
export type SendResult =
  | { result: 'sent' }
  | { result: 'retry'; error: string; channel_fault?: true }
  | { result: 'never_again'; error: string; gone?: true };

/** A sender that has not handed over by then must give up. */
export const SENDING_LIMIT_MS = 30_000;

/** Hands messages over by one channel. An exception counts as `retry`. */
export interface Sender {
  /** One server takes all deliveries, so that any success shows that the channel works. */
  shared: boolean;
  /** Its errors name no address. */
  send(message: Message): Promise<SendResult>;
}

/** What a sender is made of. */
export interface SenderParts<Settings = unknown> {
  settings: Settings;
  page: PageSettings;
  demo: boolean;
  /** Folder of what this installation keeps. */
  data_dir: string;
  render: Render;
  clock: Clock;
  log: Log;
}
