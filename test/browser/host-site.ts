import { createServer, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, on another origin than ours. */
export interface HostSite {
  url: string;
  close(): Promise<void>;
}

/** Serves one document at every address but that of its script. */
export async function startHostSite(
  html: string,
  headers: OutgoingHttpHeaders = {},
  script = { path: '/script.js', text: '' },
): Promise<HostSite> {
  const server: Server = createServer(({ url }, response) => {
    if (url === script.path) {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(script.text);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><html lang="zh-CN"><title>ERP</title>${html}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
