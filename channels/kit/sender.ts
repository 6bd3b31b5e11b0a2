import type { PageSettings } from '../../model/configuration.ts';
import type { Clock, Log } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { Render } from './announcement.ts';
import type { Message } from './message.ts';

/**
 * Outcome of an attempt: sent, to be retried, or permanently failed. `gone`: the recipient declines
 * further messages. `channel_fault`: the channel itself is failing, not the recipient.
 * `host_answered`: its host took the message to the recipient, who refused it. `may_be_sent`: it
 * was handed over, and no answer came.
 */
export type SendResult =
  | { result: 'sent' }
  | {
      result: 'retry';
      error: string;
      channel_fault?: true;
      host_answered?: true;
      may_be_sent?: true;
    }
  | { result: 'never_again'; error: string; gone?: true };

/** Time limit of one send. */
export const SENDING_LIMIT_MS = 30 * SECOND;

/** Whether a server can be reached, and takes our credentials. */
export interface Reached {
  /** With its port. */
  host: string;
  /** Why not, as an `ownDetail` or the answer; null: it does. */
  why: string | null;
}

/** Sends messages by one channel. An exception counts as `retry`. */
export interface Sender {
  /** All deliveries use one server, so that any success shows that the channel works. */
  shared: boolean;
  /** People read its messages, and are told in one of them what comes together. */
  digests?: true;
  /**
   * The host by which an address is reached, which gets one message at a time, and none for a while
   * when it takes none. Absent: all are reached by the same server.
   */
  hostOf?(address: string): string;
  /** Reaches the channel's server, without sending anything. Absent: it has none. */
  reach?(): Promise<Reached>;
  /** Errors never contain an address. */
  send(message: Message): Promise<SendResult>;
}

/** Dependencies of a sender. */
export interface SenderParts<Settings = unknown> {
  settings: Settings;
  page: PageSettings;
  demo: boolean;
  /** Data directory of the installation. */
  data_dir: string;
  render: Render;
  clock: Clock;
  log: Log;
}
