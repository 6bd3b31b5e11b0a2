import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../model/ports.ts';
import type { Phase, Phases } from '../../model/result.ts';

/** Tracks the phase of an exchange and adds the duration of each phase to the run's totals. */
export interface PhaseWatch {
  current(): Phase;
  enter(next: Phase): void;
  /** Ends the last phase; later events (a lookup answered after the deadline) are ignored. */
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

/** Tracks connection set-up: lookup, connect, and the TLS handshake of https. */
export function followConnection(
  outgoing: ClientRequest,
  secure: boolean,
  phases: PhaseWatch,
): void {
  outgoing.once('socket', (socket: Socket) => {
    // Happy Eyeballs may emit the event again while connecting.
    socket.once('lookup', (error: Error | null) => {
      if (error === null) phases.enter('connect');
    });
    socket.once('connect', () => phases.enter(secure ? 'tls' : 'processing'));
    if (secure) socket.once('secureConnect', () => phases.enter('processing'));
  });
}
