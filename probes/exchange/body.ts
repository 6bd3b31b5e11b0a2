import type { IncomingMessage } from 'node:http';

export type BodyEnd = { body: Buffer; complete: boolean } | 'too_large';

/**
 * Reads a body up to `max_bytes`; `complete` is false when the peer closed the connection cleanly
 * before the announced end. (A broken connection is reported as an error of the request first.)
 */
export function readBody(
  incoming: IncomingMessage,
  max_bytes: number,
  count: (bytes: number) => void,
): Promise<BodyEnd> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length;
      count(chunk.length);
      if (received > max_bytes) resolve('too_large');
      else chunks.push(chunk);
    });
    incoming.on('end', () => {
      resolve({ body: Buffer.concat(chunks), complete: incoming.complete });
    });
    incoming.on('error', () => resolve({ body: Buffer.concat(chunks), complete: false }));
  });
}
