import type { Socket } from 'node:net';

/** The sockets of one exchange, which end with it. */
export interface Sockets {
  /**
   * Holds a socket; one that comes too late is destroyed at once. It ends instead of the one below
   * it: Node crashes when that is destroyed while a TLS socket is still using it.
   */
  keep<S extends Socket>(socket: S, below?: Socket): S;
  /** Runs this when the exchange ends; at once if it has ended. */
  onEnd(then: () => void): void;
  end(): void;
}

export function holdSockets(): Sockets {
  const held = new Set<Socket>();
  const thens: (() => void)[] = [];
  let over = false;
  return {
    keep(socket, below) {
      // An error that nobody waits for any more.
      socket.on('error', () => {});
      if (below !== undefined) held.delete(below);
      if (over) socket.destroy();
      else held.add(socket);
      return socket;
    },
    onEnd(then) {
      if (over) then();
      else thens.push(then);
    },
    end() {
      over = true;
      for (const then of thens.splice(0)) then();
      for (const socket of held) socket.destroy();
    },
  };
}
