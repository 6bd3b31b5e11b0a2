import type { NotReady, ProcessTrouble } from '../../model/process-trouble.ts';
import { SECOND } from '../../model/time.ts';
import { ALIVE_EVERY_MS, type ChildMessage, type TroublesMessage } from './ipc.ts';

/** What a process says to the supervisor that started it, and hears from it. */
export interface Parent {
  /** What is wrong with any process; nothing without a supervisor. */
  troubles(): readonly ProcessTrouble[];
  ready(ports: Record<string, number>): void;
  /**
   * It is not ready yet, because it waits for something that no restart helps; null: no more.
   */
  waits(why: NotReady | null): void;
  /** Says why this process is about to end; resolves when it is said, at the latest after 1 s. */
  ending(why: NotReady): Promise<void>;
  /** Operators have been told that everything ends. */
  told(): void;
  /** Resolves when the supervisor is gone; never without one. */
  gone: Promise<void>;
}

/** Time for the last words. */
const ENDING_LIMIT_MS = SECOND;

/**
 * Says every second that this process is alive, once it is ready or while it waits, and why it does
 * not do its work. One message is under way at a time, so that a suspended supervisor finds one,
 * not hours of them.
 */
export function connectParent(notReady: () => NotReady | null): Parent {
  let troubles: readonly ProcessTrouble[] = [];
  let is_sending = false;
  let is_ready = false;
  let waiting: NotReady | null = null;

  function sayAlive() {
    if (is_sending || (!is_ready && waiting === null)) return;
    is_sending = true;
    send({ type: 'alive', not_ready: is_ready ? notReady() : waiting }, () => {
      is_sending = false;
    });
  }

  setInterval(sayAlive, ALIVE_EVERY_MS).unref();
  if (process.connected) {
    process.on('message', (message: TroublesMessage) => {
      if (message.type === 'troubles') troubles = message.troubles;
    });
  }
  return {
    troubles: () => troubles,
    ready(ports) {
      is_ready = true;
      send({ type: 'ready', ports });
    },
    waits(why) {
      waiting = why;
      sayAlive();
    },
    ending: (why) =>
      new Promise((resolve) => {
        setTimeout(resolve, ENDING_LIMIT_MS).unref();
        send({ type: 'ending', why }, resolve);
        if (!process.connected) resolve();
      }),
    told: () => send({ type: 'told' }),
    gone: parentGone(),
  };
}

function send(message: ChildMessage, onSent: () => void = () => {}): void {
  // An error means that the channel is closed, which `gone` reports.
  if (process.connected) process.send?.(message, undefined, undefined, onSent);
}

/** `connected` is false when the parent was gone before anybody listened for that. */
function parentGone(): Promise<void> {
  if (process.connected === false) return Promise.resolve();
  return new Promise((resolve) => process.once('disconnect', resolve));
}
