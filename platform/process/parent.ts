import type { ProcessTrouble } from '../../model/process-trouble.ts';
import { ALIVE_EVERY_MS, type ChildMessage, type TroublesMessage } from './ipc.ts';

/** What a process says to the supervisor that started it, and hears from it. */
export interface Parent {
  /** What is wrong with any process; nothing without a supervisor. */
  troubles(): readonly ProcessTrouble[];
  ready(ports: Record<string, number>): void;
  /** Resolves when the supervisor is gone; never without one. */
  gone: Promise<void>;
}

/**
 * Says every second that this process is alive, once it is ready, and why it does not do its work.
 * One message is under way at a time, so that a suspended supervisor finds one, not hours of them.
 */
export function connectParent(notReady: () => string | null): Parent {
  let troubles: readonly ProcessTrouble[] = [];
  let is_sending = false;

  function sayAlive() {
    if (is_sending) return;
    is_sending = true;
    send({ type: 'alive', not_ready: notReady() }, () => {
      is_sending = false;
    });
  }

  if (process.connected) {
    process.on('message', (message: TroublesMessage) => {
      if (message.type === 'troubles') troubles = message.troubles;
    });
  }
  return {
    troubles: () => troubles,
    ready(ports) {
      send({ type: 'ready', ports });
      setInterval(sayAlive, ALIVE_EVERY_MS).unref();
    },
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
