import { rmSync } from 'node:fs';
import { MINUTE } from '../../../model/time.ts';
import type { Injury } from './injuries.ts';
import {
  forgetHappened,
  type Happened,
  readHappened,
  signal,
  withdrawOrder,
  writeOrder,
} from './orders.ts';

/** Upkeep comes once a minute, and outages every 9 s, but on a busy machine as seldom as that. */
const STRIKE_LIMIT_MS = 75_000;
/** A step in which a process is when its order ends is over by then. */
const CARRIED_OUT_MS = 1_000;
/** Where other installations start beside it, all on one machine. */
const ANSWERS_WITHIN_MS = 5 * MINUTE;

export interface StrikeParts {
  /** Where orders lie. */
  orders: string;
  /** The file that fills the disk. */
  ballast: string;
}

/**
 * Orders the injury, and ends it after its time; resolves to when it happened, or null when its
 * step never came.
 */
export async function strike(
  injury: Injury,
  { orders, ballast }: StrikeParts,
): Promise<Happened | null> {
  forgetHappened(orders);
  const ordered = { ...injury, until: Date.now() + STRIKE_LIMIT_MS };
  writeOrder(orders, ordered);
  let happened = readHappened(orders);
  while (happened === null) {
    if (Date.now() > ordered.until + CARRIED_OUT_MS) {
      withdrawOrder(orders, ordered);
      return null;
    }
    await sleep(20);
    happened = readHappened(orders);
  }
  if (injury.action !== 'kill') await sleep(injury.for_ms);
  if (injury.action === 'full') rmSync(ballast, { force: true });
  if (injury.action === 'stop') signal(happened.pid, 'SIGCONT');
  return happened;
}

/** Waits until each process at these origins answers that it is ready. */
export async function answering(origins: readonly string[]): Promise<void> {
  for (const origin of origins) {
    const give_up_at = performance.now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const limit = AbortSignal.timeout(5_000);
      const ready = await fetch(`${origin}/-/ready`, { signal: limit }).catch(() => null);
      if (ready?.ok) break;
      if (performance.now() > give_up_at) {
        throw new Error(`${origin} is not ready: ${(await ready?.text()) ?? 'no answer'}`);
      }
      await sleep(100);
    }
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
