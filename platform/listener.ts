import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SECOND } from '../model/time.ts';
import { UnrecoverableError } from './unrecoverable.ts';

/** An address to listen on, and the environment variable that sets its port. */
export interface Binding {
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** E.g. `COLLECTOR_PORT`; included in error messages. */
  variable: string;
}

/**
 * Binds a server and resolves to its port.
 * @throws {UnrecoverableError} when the port is in use or privileged, or the address is not local
 */
export function listen(server: Server, { host, port, variable }: Binding): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(bindingProblem(error, { host, port, variable }));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function bindingProblem(error: NodeJS.ErrnoException, { host, port, variable }: Binding): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UnrecoverableError(
        `Port ${port} on ${host} is already in use; stop the other program or set ${variable} ` +
          'to another port.',
      );
    case 'EACCES':
      return new UnrecoverableError(
        `Port ${port} on ${host} may not be used by this user; set ${variable} to a port ` +
          'above 1023.',
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UnrecoverableError(
        `${host} is not an address of this machine, so port ${port} (${variable}) cannot be ` +
          'opened on it.',
      );
    default:
      return error;
  }
}

/** Stops accepting, waits up to `grace_ms` for pending requests, then closes all connections. */
export function closeServer(server: Server, grace_ms = 2 * SECOND): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), grace_ms);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}
