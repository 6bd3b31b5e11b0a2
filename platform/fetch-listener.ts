import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Binding, closeServer, type Listener, listen, REQUEST_LIMIT_MS } from './listener.ts';

/**
 * Serves `fetch` on its own port.
 * @throws {UnrecoverableError} when the port cannot be opened
 */
export async function startListener(
  binding: Binding,
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Listener> {
  const server = createAdaptorServer({ fetch }) as Server;
  server.requestTimeout = REQUEST_LIMIT_MS;
  const port = await listen(server, binding);
  return { port, close: () => closeServer(server) };
}
