import type { Notice } from '../../model/notice.ts';
import type { IncidentWithUpdates, Recipient } from '../../store/store.ts';

/** What one delivery is about. */
export interface Message {
  /** The same through every retry: what a receiver tells repetitions by. */
  delivery_id: string;
  recipient: Recipient;
  notice: Notice;
  incident: IncidentWithUpdates;
}

/** How an attempt ended: handed over, worth another attempt, or pointless to repeat. */
export type Sending =
  | { result: 'sent' }
  | { result: 'retry'; error: string }
  | { result: 'never_again'; error: string };

/** A channel that has not handed over by then must give up. */
export const SENDING_LIMIT_MS = 30_000;

/** A way of telling people. An exception counts as `retry`. */
export interface Channel {
  send(message: Message): Promise<Sending>;
}
