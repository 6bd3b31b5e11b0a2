import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { OddServer, Reply } from './odd-server.ts';

export type Serve = (socket: Socket, request: string) => void;

/** Where odd servers listen; all of them end with it. */
export interface Stage {
  /** Answers each request over plain HTTP; returns the origin. */
  plain(reply: Reply, host?: string): Promise<string>;
  /** Answers each request over TLS; returns the origin, whose host is a name with `as`. */
  secure(tls: TlsOptions, reply: Reply, as?: string): Promise<string>;
  /** Starts any server; returns host and port. */
  listen(server: Server, host?: string, port?: number): Promise<string>;
  /** Takes connections as they come; returns host and port. */
  sockets(take: (socket: Socket) => void, host?: string, port?: number): Promise<string>;
  /** Host and port where nobody listens: those of a caller, so that no server gets them. */
  nobody(): Promise<string>;
  /** Runs when the stage is cleared. */
  afterwards(clear: () => void | Promise<void>): void;
  clear(): Promise<void>;
}

/** An odd server may be as weak as it likes. */
const ANY_STRENGTH = 'DEFAULT@SECLEVEL=0';

export function openStage(): Stage {
  const open = new Set<Socket>();
  const ends: (() => void | Promise<void>)[] = [];

  function listen(server: Server, host = '127.0.0.1', port = 0): Promise<string> {
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => open.delete(socket));
    });
    ends.push(() => new Promise((closed) => server.close(() => closed())));
    return new Promise((resolve, reject) => {
      server.on('error', reject);
      server.listen({ host, port }, () => {
        const at = host.includes(':') ? `[${host}]` : host;
        resolve(`${at}:${(server.address() as AddressInfo).port}`);
      });
    });
  }

  return {
    async plain(reply, host = '127.0.0.1') {
      return `http://${await listen(createServer(answering(reply)), host)}`;
    },
    async secure(tls, reply, as = '127.0.0.1') {
      const server = createTlsServer({ ciphers: ANY_STRENGTH, ...tls }, answering(reply));
      // A visitor may not like us.
      server.on('tlsClientError', () => {});
      const at = await listen(server, '127.0.0.1');
      return `https://${at.replace('127.0.0.1', as)}`;
    },
    listen,
    sockets: (take, host, port) => listen(createServer(take), host, port),
    nobody: async () => {
      const port = Number((await listen(createServer())).split(':').at(-1));
      const caller = connect({ port, host: '127.0.0.1' });
      open.add(caller);
      await once(caller, 'connect');
      return `127.0.0.1:${caller.localPort}`;
    },
    afterwards(clear) {
      ends.push(clear);
    },
    async clear() {
      const closed = ends.map((end) => end());
      for (const socket of open) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** Starts the server; returns the address to visit. */
export async function startOddServer(server: OddServer, stage: Stage): Promise<string> {
  return 'starts' in server ? await server.starts(stage) : `${await stage.plain(server.serves)}/`;
}

/** Replies once the head of a request is there. */
export function answering(reply: Reply): (socket: Socket) => void {
  return (socket) => {
    socket.on('error', () => {});
    let received = '';
    socket.on('data', function read(bytes: Buffer) {
      received += bytes.toString('latin1');
      if (!received.includes('\r\n\r\n')) return;
      socket.off('data', read);
      socket.resume();
      const sent = typeof reply === 'function' ? reply(received, socket) : reply;
      if (sent !== null) socket.end(sent);
    });
  };
}
