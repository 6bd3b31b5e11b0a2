import type { NotReady, ProcessTrouble } from '../../model/process-trouble.ts';

/** From a child: it is ready. */
export interface ReadyMessage {
  type: 'ready';
  ports: Record<string, number>;
}

/** From a child that is ready, or waits for something: every second its event loop turns. */
export interface AliveMessage {
  type: 'alive';
  /** Why it does not do its work; null while it does. */
  not_ready: NotReady | null;
}

/** From a child that is about to end by itself: why. */
export interface EndingMessage {
  type: 'ending';
  why: NotReady;
}

/** From the notifier: operators have been told that everything ends. */
export interface ToldMessage {
  type: 'told';
}

export type ChildMessage = ReadyMessage | AliveMessage | EndingMessage | ToldMessage;

/** To every child, when it is ready and at every change: what is wrong with any of them. */
export interface TroublesMessage {
  type: 'troubles';
  troubles: ProcessTrouble[];
}

/** How often a child says that it is alive, and the supervisor looks. */
export const ALIVE_EVERY_MS = 1_000;
