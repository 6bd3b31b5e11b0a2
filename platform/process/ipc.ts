import type { ProcessTrouble } from '../../model/process-trouble.ts';

/** From a child: it is ready. */
export interface ReadyMessage {
  type: 'ready';
  ports: Record<string, number>;
}

/** From a child that is ready: every second its event loop turns. */
export interface AliveMessage {
  type: 'alive';
  /** Why it does not do its work, in one line; null while it does. */
  not_ready: string | null;
}

export type ChildMessage = ReadyMessage | AliveMessage;

/** To every child, when it is ready and at every change: what is wrong with any of them. */
export interface TroublesMessage {
  type: 'troubles';
  troubles: ProcessTrouble[];
}

/** How often a child says that it is alive, and the supervisor looks. */
export const ALIVE_EVERY_MS = 1_000;
