import { createInFlight } from '../../http/in-flight.ts';
import { SECOND } from '../../model/time.ts';

/**
 * Bodies that are read and recorded at once: a mebibyte and some 100 ms of computing each. Slow
 * senders with a few tokens leave room for the others.
 */
const POSTS = { all: 32, per_client: 4 };
/** What waits is not read yet, so it is small, and these are few. */
const MOST_WAITING = { all: 200, per_client: 50 };
const WAITS_MS = 5 * SECOND;

/** Leaves the place again. */
export type Leave = () => void;

/** Places of the bodies that are taken at once. */
export interface Places {
  /** null: none is free. */
  take(client: string): Leave | null;
  /** The same, after a few seconds at most, in the order of arrival. */
  takeSoon(client: string): Promise<Leave | null>;
}

interface Waiting {
  client: string;
  end(leave: Leave | null): void;
}

export function createPlaces(): Places {
  const posts = createInFlight(POSTS);
  /** Oldest first. */
  const waiting = new Set<Waiting>();

  function take(client: string): Leave | null {
    const leave = posts.enter(client);
    if (leave === null) return null;
    return () => {
      leave();
      serve();
    };
  }

  /** Whose client has all of its places keeps no other back. */
  function serve(): void {
    for (const it of waiting) {
      const leave = take(it.client);
      if (leave !== null) it.end(leave);
    }
  }

  function mayWait(client: string): boolean {
    const own = [...waiting].filter((it) => it.client === client);
    return waiting.size < MOST_WAITING.all && own.length < MOST_WAITING.per_client;
  }

  return {
    take,
    async takeSoon(client) {
      const free = take(client);
      if (free !== null || !mayWait(client)) return free;
      const { promise, resolve } = Promise.withResolvers<Leave | null>();
      const timer = setTimeout(() => mine.end(null), WAITS_MS);
      const mine: Waiting = {
        client,
        end(leave) {
          clearTimeout(timer);
          waiting.delete(mine);
          resolve(leave);
        },
      };
      waiting.add(mine);
      return await promise;
    },
  };
}
