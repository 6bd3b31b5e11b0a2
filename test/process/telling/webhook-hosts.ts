import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWebhook } from './letters.ts';
import { takeTurns } from './moods.ts';
import type { Got } from './told.ts';

/** Hosts of webhooks, each of which is by turns well and as it is named. */
export const HOSTS = ['well', 'hangs', 'fails', 'throttles', 'slow'] as const;
export type HostName = (typeof HOSTS)[number];

const TURN_MS = [4_000, 9_000] as const;
const SLOW_MS = [500, 4_000] as const;
/** Seconds that a host which is throttling asks for. */
const RETRY_AFTER_S = 3;

interface HostParts {
  name: HostName;
  /** Whose it is, and the id by which a message without a matter is about it. */
  who: string;
  random: () => number;
  pass(step: string): void;
  startOf(ref: string): number | null;
}

export async function startMoodyHost({ name, who, random, pass, startOf }: HostParts) {
  const got: Got[] = [];
  const ill = name === 'well' ? [] : [name];
  const moods = takeTurns<HostName>({ ill, random, turn_ms: TURN_MS });

  async function answer(response: ServerResponse, { id, body }: { id: string; body: string }) {
    const mood = moods.now();
    if (mood === 'fails') return response.writeHead(500).end();
    if (mood === 'throttles') {
      return response.writeHead(429, { 'retry-after': String(RETRY_AFTER_S) }).end();
    }
    if (mood === 'slow') await sleep(SLOW_MS[0] + random() * (SLOW_MS[1] - SLOW_MS[0]));
    const tells = [readWebhook(body, { about: who, startOf })];
    const hangs = mood === 'hangs';
    got.push({ who, id, at: Date.now(), tells, answer: hangs ? 'none' : 'taken' });
    if (hangs) return;
    response.writeHead(204).end();
    pass('webhook answered');
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    pass('webhook received');
    const id = String(request.headers['webhook-id']);
    await answer(response, { id, body: Buffer.concat(chunks).toString() });
  }).listen(0, '127.0.0.1');
  server.on('error', () => {});
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    who,
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/hook`,
    got,
    moods,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
