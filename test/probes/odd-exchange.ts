import { type RawServer, startRawServer } from './raw-server.ts';

/** An answer that has nothing odd. */
export const HELLO = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

const servers: RawServer[] = [];

/** Starts a server that `closeServers` ends. */
export async function serve(...args: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...args);
  servers.push(server);
  return server;
}

export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}
