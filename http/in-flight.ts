/** Bounds the requests that are being answered at once. */
export interface InFlight {
  /**
   * Takes a place for a request of the client; returns what leaves it again, or null when there is
   * none. Where all are taken, the oldest request that only waits for its client is cut off: slow
   * bodies and slow readers keep nobody out.
   */
  enter(client: string, request?: HeldRequest): (() => void) | null;
}

/** A request that may be given up, because it only waits for its client to send or to read. */
export interface HeldRequest {
  waitsForClient(): boolean;
  /** Ends it. */
  cutOff(): void;
}

interface Place {
  client: string;
  request: HeldRequest | undefined;
}

/** At most `all` at once, and `per_client` of one client. */
export function createInFlight(limits: { all: number; per_client: number }): InFlight {
  const clients = new Map<string, number>();
  /** Oldest first. */
  const places = new Set<Place>();

  function leave(place: Place): void {
    if (!places.delete(place)) return;
    const own = clients.get(place.client) ?? 0;
    if (own <= 1) clients.delete(place.client);
    else clients.set(place.client, own - 1);
  }

  return {
    enter(client, request) {
      const own = clients.get(client) ?? 0;
      if (own >= limits.per_client) return null;
      if (places.size >= limits.all) {
        const given_up = [...places].find((it) => it.request?.waitsForClient());
        if (given_up === undefined) return null;
        leave(given_up);
        given_up.request?.cutOff();
      }
      const place = { client, request };
      places.add(place);
      clients.set(client, own + 1);
      return () => leave(place);
    },
  };
}
