/** Bounds the requests that are being answered at once. */
export interface InFlight {
  /** Counts a request of the client until `leave`; false when there are too many. */
  enter(client: string): boolean;
  leave(client: string): void;
}

/** At most `all` at once, and `per_client` of one client. */
export function createInFlight(limits: { all: number; per_client: number }): InFlight {
  const clients = new Map<string, number>();
  let all = 0;

  return {
    enter(client) {
      const own = clients.get(client) ?? 0;
      if (all >= limits.all || own >= limits.per_client) return false;
      clients.set(client, own + 1);
      all += 1;
      return true;
    },
    leave(client) {
      const own = clients.get(client) ?? 0;
      if (own <= 1) clients.delete(client);
      else clients.set(client, own - 1);
      all -= 1;
    },
  };
}
