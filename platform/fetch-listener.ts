import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { CameBy } from '../http/client-address.ts';
import { REQUEST_LIMITS } from '../http/request-limits.ts';
import { type Binding, closeServer, type Listener, listen } from './listener.ts';

/**
 * Serves `fetch` on its own port.
 * @throws {UnrecoverableError} when the port cannot be opened
 */
export async function startListener(
  binding: Binding,
  fetch: (request: Request, connection: CameBy) => Response | Promise<Response>,
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, env) => fetch(request, (env as HttpBindings).incoming),
    serverOptions: REQUEST_LIMITS,
  }) as Server;
  const port = await listen(server, binding);
  return { port, close: () => closeServer(server) };
}
