import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { REQUEST_LIMITS } from '../http/request-limits.ts';
import { type Binding, closeServer, type Listener, listen } from './listener.ts';

/**
 * Serves `fetch` on its own port.
 * @throws {UnrecoverableError} when the port cannot be opened
 */
export async function startListener(
  binding: Binding,
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Listener> {
  const server = createAdaptorServer({ fetch, serverOptions: REQUEST_LIMITS }) as Server;
  const port = await listen(server, binding);
  return { port, close: () => closeServer(server) };
}
