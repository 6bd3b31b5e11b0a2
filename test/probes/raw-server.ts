import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { systemClock } from '../../model/time.ts';
import type { Request } from '../../probes/exchange/answer.ts';
import { type ExchangeParts, openExchange } from '../../probes/exchange/exchange.ts';
import { createNames } from '../../probes/exchange/names/names.ts';

export interface RawServer {
  url: string;
  host: string;
  /** Raw requests received so far, one text per connection. */
  received: string[];
  close(): Promise<void>;
}

/**
 * A server of plain sockets that does whatever the test wants once the first bytes of a request are
 * there.
 */
export function startRawServer(
  behave: (socket: Socket, request: string) => void,
  tls?: { key: string; cert: string },
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const received: string[] = [];
  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      received.push(bytes.toString('latin1'));
      behave(socket, bytes.toString('latin1'));
    });
  }
  const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      resolve({
        url: `${tls ? 'https' : 'http'}://${host}`,
        host,
        received,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}

/** An exchange for one run with real clocks. */
/** Of an exchange that is answered: on a busy machine that takes seconds. */
export const PATIENT_MS = 20_000;

export function exchangeFor(deadline_ms: number, more: Partial<ExchangeParts> = {}) {
  return openExchange({
    deadline_ms,
    contact: 'ops@example.invalid',
    traceparent: null,
    clock: systemClock,
    names: createNames(),
    ca: null,
    proxy: null,
    fills_in_intermediate: false,
    ...more,
  });
}

export function get(url: string, max_bytes = 1_000_000): Request {
  return { method: 'GET', url: new URL(url), max_bytes };
}

/** Writes the same chunk again and again until the other side hangs up. */
export function flood(socket: Socket, chunk: string): void {
  const write = () => {
    while (!socket.destroyed && socket.write(chunk)) {
      // Until the socket's buffer is full.
    }
  };
  socket.on('drain', write);
  write();
}

/** Writes the text one character at a time. */
export function drip(socket: Socket, text: string, every_ms: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || sent === text.length) clearInterval(timer);
    else socket.write(text.charAt(sent++));
  }, every_ms);
}
