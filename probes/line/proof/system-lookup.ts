import { lookup } from 'node:dns/promises';

/** Asks getaddrinfo about names that our own resolver did not find. */
export interface SystemLookup {
  /** Whether it finds an address in time. Never rejects. */
  finds(name: string, lane: Lane): Promise<boolean>;
}

/**
 * Names that our resolver was told not to exist are answered soon; those that hung for us are
 * likely to hang here too, and wait for each other only. So no more than two of the four threads
 * that getaddrinfo shares with files and compression are ever taken.
 */
export type Lane = 'denied' | 'hung';

export interface SystemLookupParts {
  /** Rejects when there is no address. */
  find?: (name: string) => Promise<unknown>;
  limit_ms?: number;
}

const LIMIT_MS = 5_000;
const MOST_WAITING = 100;

export function createSystemLookup(parts: SystemLookupParts = {}): SystemLookup {
  const { find = lookup, limit_ms = LIMIT_MS } = parts;
  const asking = new Map<string, Promise<boolean>>();
  const lanes: Record<Lane, Job[]> = { denied: [], hung: [] };
  const busy = new Set<Lane>();

  function next(lane: Lane): void {
    if (busy.has(lane)) return;
    const job = lanes[lane].shift();
    if (job === undefined) return;
    busy.add(lane);
    const settle = (found: boolean) => {
      job.settle(found);
      busy.delete(lane);
      next(lane);
    };
    find(job.name).then(
      () => settle(true),
      () => settle(false),
    );
  }

  function ask(name: string, lane: Lane): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const job: Job = { name, settle: resolve };
    const waiting = lanes[lane];
    const timer = setTimeout(() => {
      const at = waiting.indexOf(job);
      if (at !== -1) waiting.splice(at, 1);
      resolve(false);
    }, limit_ms);
    if (waiting.length < MOST_WAITING) waiting.push(job);
    else resolve(false);
    next(lane);
    return promise.finally(() => {
      clearTimeout(timer);
      asking.delete(name);
    });
  }

  return {
    finds(name, lane) {
      const asked = asking.get(name) ?? ask(name, lane);
      asking.set(name, asked);
      return asked;
    },
  };
}

interface Job {
  name: string;
  settle(found: boolean): void;
}
