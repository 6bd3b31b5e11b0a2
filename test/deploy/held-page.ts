import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page behind a line that can be held: what is asked meanwhile waits. */
export interface HeldPage {
  url: string;
  hold(): void;
  release(): void;
  /** Requests that wait. */
  waiting(): number;
  close(): Promise<void>;
}

/** Hands each request on to the page as it came, and its answer back. */
export async function holdPage(page_url: string): Promise<HeldPage> {
  const { hostname, port } = new URL(page_url);
  let held: (() => void)[] | null = null;
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const handOn = () => {
      const asked = request({ hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      asked.once('error', () => outgoing.destroy());
      incoming.pipe(asked);
    };
    if (held === null) handOn();
    else held.push(handOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const release = () => {
    const waiting = held ?? [];
    held = null;
    for (const handOn of waiting) handOn();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: () => {
      held ??= [];
    },
    release,
    waiting: () => held?.length ?? 0,
    async close() {
      release();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
