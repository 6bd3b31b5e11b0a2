import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../model/ports.ts';
import type { Phase, Phases } from '../../model/result.ts';

/**
 * Knows in which phase an exchange is, and adds the time of each phase that ends to the run's sums.
 */
export interface PhaseWatch {
  current(): Phase;
  enter(next: Phase): void;
  /** Ends the last phase; later events (a look-up answered after the deadline) count nothing. */
  end(): void;
}

export function watchPhases(sums: Phases, first: Phase, clock: Clock): PhaseWatch {
  let phase = first;
  let since = clock.monotonic();
  let over = false;
  function close(): void {
    if (over) return;
    const now = clock.monotonic();
    sums[phase] = (sums[phase] ?? 0) + (now - since);
    since = now;
  }
  return {
    current: () => phase,
    enter(next) {
      close();
      phase = next;
    },
    end() {
      close();
      over = true;
    },
  };
}

/** Follows a connection being made: name looked up, connected, and for https the handshake done. */
export function followConnection(
  outgoing: ClientRequest,
  secure: boolean,
  phases: PhaseWatch,
): void {
  outgoing.once('socket', (socket: Socket) => {
    // Happy eyeballs may raise the event again while connecting.
    socket.once('lookup', (error: Error | null) => {
      if (error === null) phases.enter('connect');
    });
    socket.once('connect', () => phases.enter(secure ? 'tls' : 'processing'));
    if (secure) socket.once('secureConnect', () => phases.enter('processing'));
  });
}
