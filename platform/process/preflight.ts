import { createServer, type Server } from 'node:http';
import { type Binding, listen } from '../listener.ts';

/**
 * Checks that every port is available, all at once, so that duplicate ports are detected too.
 * Ignores ports of 0.
 * @throws {UnrecoverableError} naming the first port that is not free and its variable
 */
export async function checkPortsFree(bindings: readonly Binding[]): Promise<void> {
  const opened: Server[] = [];
  try {
    for (const binding of bindings.filter(({ port }) => port !== 0)) {
      const server = createServer();
      await listen(server, binding);
      opened.push(server);
    }
  } finally {
    await Promise.all(opened.map((server) => new Promise((closed) => server.close(closed))));
  }
}
