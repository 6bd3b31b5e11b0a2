import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { ownSettings, startOwnSite } from '../collector/own-site.ts';
import { TOKEN } from '../collector/posting.ts';
import { openSiteStore } from '../collector/recording.ts';

/** What may happen to a post on its way. */
export type Fate =
  | 'taken'
  | 'busy'
  | 'down'
  | 'forbidden'
  | 'too large'
  | 'cut before'
  | 'cut after'
  | 'cut within'
  | 'no report';

/**
 * The ingest API over HTTP and a real database. Each post meets the next fate; then all are taken.
 */
export async function startOddIngest(fates: Fate[] = []) {
  const { store } = await openSiteStore(ownSettings());
  const site = await startOwnSite(store);
  await site.recorder.start();
  const met: Fate[] = [];
  const server = createServer(async (request, response) => {
    const fate = fates.shift() ?? 'taken';
    met.push(fate);
    const body = await bodyOf(request);
    if (fate === 'cut before') return void request.socket.destroy();
    if (fate === 'busy' || fate === 'down') {
      response.writeHead(fate === 'busy' ? 429 : 503, { 'retry-after': '0' });
      return void response.end('{"title": "later"}');
    }
    if (fate === 'forbidden' || fate === 'too large') {
      response.writeHead(fate === 'forbidden' ? 403 : 413, { 'content-type': 'text/html' });
      return void response.end('<h1>Not taken</h1>');
    }
    const answer = await site.ingest.fetch(
      new Request('http://127.0.0.1/ingest/events', {
        method: 'POST',
        headers: request.headers as Record<string, string>,
        body,
      }),
    );
    if (fate === 'cut after') return void request.socket.destroy();
    if (fate === 'cut within') return cutOff(response, await answer.text());
    if (fate === 'no report') return void response.end('<h1>Welcome</h1>');
    await respond(response, answer);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
    await store.close();
  });
  return {
    url: `http://127.0.0.1:${port}/ingest/events`,
    token: TOKEN,
    met,
    /** Those of the keys that never came. */
    async unknownOf(all: readonly string[]): Promise<string[]> {
      const idOf = (key: string) =>
        createHash('sha256').update(`test|event|shop|${key}`).digest('hex').slice(0, 32);
      const known = new Set(await store.knownEvents(all.map(idOf)));
      return all.filter((key) => !known.has(idOf(key)));
    },
    /** How many results each has, of those that were counted. */
    async counted() {
      const all = { check: 'shop-own-issue', from: 0, to: Number.MAX_SAFE_INTEGER };
      const counts = await store.trafficCounts(all);
      return counts.reduce((sum, { good, bad }) => sum + good + bad, 0);
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

async function respond(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

/** What was taken is half told. */
function cutOff(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-length': text.length });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

/** An event that counts, of a few seconds ago. */
export const anEvent = (key: string) => ({
  key,
  system: 'shop',
  type: 'issued',
  at: new Date(Date.now() - 5_000).toISOString(),
  duration_ms: 900,
});
