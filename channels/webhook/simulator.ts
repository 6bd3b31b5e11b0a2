import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelSimulator } from '../kit/simulator.ts';
import { newWebhookSecret } from './secret.ts';

export interface ReceivedWebhook {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A local receiver that records requests; `answer` completes the n-th response. */
export async function startWebhookReceiver(
  answer: (response: ServerResponse, n: number) => void = noContent,
) {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    received.push({ path: request.url ?? '', headers: Object.fromEntries(headers), body });
    answer(response, received.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    received,
    port,
    host,
    url: `http://${host}/hook`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function noContent(response: ServerResponse): void {
  response.writeHead(204).end();
}

/** A receiver that accepts everything. */
export async function simulateWebhook(): Promise<ChannelSimulator> {
  const { host, url, received, stop } = await startWebhookReceiver();
  return {
    section: {
      webhook: { allow: [host] },
      operators: [{ channel: 'webhook', url, secret: { env: 'WEBHOOK_SECRET' } }],
    },
    env: { WEBHOOK_SECRET: newWebhookSecret() },
    address: url,
    received: async () => received.map(({ body }) => body),
    stop: async () => stop(),
  };
}
