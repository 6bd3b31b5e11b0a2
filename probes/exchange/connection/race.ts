import { connect, isIPv6, type Socket } from 'node:net';
import type { Sockets } from './sockets.ts';

/** Connection Attempt Delay of RFC 8305, section 5. */
const NEXT_AFTER_MS = 250;

/**
 * Connects to the first address that answers (RFC 8305): the next is tried after 250 ms, at once
 * when one fails, and none is given up before the exchange ends. Addresses that come later take
 * turns with those still waiting. Rejects with the most telling error when all have failed.
 */
export function connectFirst(
  addresses: readonly string[],
  port: number,
  sockets: Sockets,
  later: Promise<readonly string[]> | null = null,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  let waiting = familiesInTurn(addresses);
  let more_may_come = later !== null;
  let won = false;
  const running = new Set<Socket>();
  const errors: NodeJS.ErrnoException[] = [];
  let timer: NodeJS.Timeout | undefined;

  function tryNext(): void {
    clearTimeout(timer);
    const host = waiting.shift();
    if (host === undefined) {
      if (running.size === 0 && !more_may_come) reject(mostTelling(errors));
      return;
    }
    const socket = sockets.keep(connect({ host, port, autoSelectFamily: false, noDelay: true }));
    running.add(socket);
    socket.once('connect', () => win(socket));
    socket.once('error', (error) => lose(socket, error));
    // The exchange has ended.
    socket.once('close', () => clearTimeout(timer));
    if (waiting.length > 0) timer = setTimeout(tryNext, NEXT_AFTER_MS);
  }

  function win(socket: Socket): void {
    clearTimeout(timer);
    won = true;
    running.delete(socket);
    waiting.length = 0;
    for (const other of running) other.destroy();
    running.clear();
    resolve(socket);
  }

  function lose(socket: Socket, error: Error): void {
    if (!running.delete(socket)) return;
    errors.push(error);
    tryNext();
  }

  void later?.then((others) => {
    more_may_come = false;
    if (won) return;
    const is_idle = waiting.length === 0;
    // One of the first is being tried.
    waiting = inTurn(others, waiting);
    if (running.size === 0) tryNext();
    else if (is_idle && waiting.length > 0) timer = setTimeout(tryNext, NEXT_AFTER_MS);
  });
  tryNext();
  return promise;
}

/** The families of these addresses in turn, from the first one's on (RFC 8305, section 4). */
export function familiesInTurn(addresses: readonly string[]): string[] {
  const isFirst = (address: string) => isIPv6(address) === isIPv6(addresses[0] ?? '');
  return inTurn(
    addresses.filter(isFirst),
    addresses.filter((it) => !isFirst(it)),
  );
}

function inTurn(a: readonly string[], b: readonly string[]): string[] {
  const longest = Math.max(a.length, b.length);
  return Array.from({ length: longest }, (_, n) => [a[n], b[n]])
    .flat()
    .filter((it) => it !== undefined);
}

/** From what says most about the other side to what says least. */
const TELLING = ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ETIMEDOUT'];

function mostTelling(errors: readonly NodeJS.ErrnoException[]): Error {
  const rank = ({ code = '' }: NodeJS.ErrnoException) =>
    TELLING.includes(code) ? TELLING.indexOf(code) : TELLING.length;
  return errors.toSorted((a, b) => rank(a) - rank(b))[0] ?? new Error('no address');
}
