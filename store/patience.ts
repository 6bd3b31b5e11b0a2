import { setTimeout as pause } from 'node:timers/promises';
import type { NotReady } from '../model/process-trouble.ts';
import { SECOND } from '../model/time.ts';
import { notReadyBecause, StoreBusy, StoreTrouble } from './errors.ts';

/** How long an operation is repeated before its trouble is thrown. */
export const PATIENCE_MS = 10 * SECOND;
const FIRST_PAUSE_MS = 1;
/** Locks are held for a few ms, and others wait for them too. */
const LONGEST_PAUSE_MS = 50;
/** Each try on a full disk writes what still fits. */
const DISK_PAUSE_MS = 500;

/**
 * Repeats the operation while it meets a {@link StoreTrouble}, for at most `patience_ms`, without
 * blocking this thread; then throws the last trouble. The operation is repeated as a whole: it must
 * be one statement or one transaction.
 */
export async function patiently<T>(
  operation: () => T | Promise<T>,
  patience_ms = PATIENCE_MS,
): Promise<T> {
  const give_up_at = performance.now() + patience_ms;
  for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(2 * pause_ms, LONGEST_PAUSE_MS)) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof StoreTrouble) || performance.now() >= give_up_at) throw error;
      await pause(error instanceof StoreBusy ? pause_ms : DISK_PAUSE_MS);
    }
  }
}

/**
 * Repeats the operation for as long as it meets a {@link StoreTrouble}: a start that no restart
 * would help. `waits` is told why, at every turn, and null when that is over.
 */
export async function untilStorageWorks<T>(
  operation: () => Promise<T>,
  waits: (why: NotReady | null) => void,
): Promise<T> {
  for (;;) {
    try {
      const done = await operation();
      waits(null);
      return done;
    } catch (error) {
      if (!(error instanceof StoreTrouble)) throw error;
      waits(notReadyBecause(error));
      await pause(DISK_PAUSE_MS);
    }
  }
}

type Operations<Port> = Record<keyof Port, (...given: never[]) => Promise<unknown>>;

/** The same operations, each with patience. */
export function patient<Port extends Operations<Port>>(port: Port, patience_ms?: number): Port {
  const operations = Object.entries<(...given: never[]) => Promise<unknown>>(port);
  return Object.fromEntries(
    operations.map(([name, operation]) => [
      name,
      (...given: never[]) => patiently(() => operation(...given), patience_ms),
    ]),
  ) as unknown as Port;
}
