import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expectDescribed } from '../http/described.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came over the wire. */
  bytes: Buffer;
  /** Decoded. */
  text: string;
}

/**
 * One request as sent, without what `fetch` adds or undoes.
 * @throws when the answer is none that the published description of the API has
 */
export async function ask(url: string, sent: Sent = {}): Promise<Answer> {
  const answer = await exchange(url, sent);
  const path = new URL(url).pathname;
  await expectDescribed({ method: sent.method ?? 'GET', path, ...answer });
  return answer;
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

function exchange(url: string, { method = 'GET', headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: decode(bytes, response.headers['content-encoding']).toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function decode(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes;
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}
