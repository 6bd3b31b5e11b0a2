import type { TLSSocket } from 'node:tls';
import { createBodyReader } from './body.ts';
import { fault } from './fault.ts';
import type { Head } from './head.ts';
import type { HeaderLine } from './header-lines.ts';
import type { ReadParts, WireAnswer } from './read-answer.ts';
import type { RequestHead } from './request-head.ts';

/** As many headers as fit into a head over HTTP/1. */
const MOST_HEADERS = 65_536;

/**
 * Asks a server that speaks HTTP/2 only, on a connection that has agreed to it. Node's own client
 * is loaded for the first of them. Rejects with a fault or with an error of the socket.
 */
export async function askHttp2(
  socket: TLSSocket,
  { method, url, headers, body }: RequestHead,
  parts: ReadParts,
): Promise<WireAnswer> {
  const { connect } = await import('node:http2');
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const session = connect(url.origin, {
    createConnection: () => socket,
    maxHeaderListPairs: MOST_HEADERS,
    settings: { enablePush: false },
  });
  session.on('error', (error) => reject(asFault(error)));
  const stream = session.request({
    ...headers,
    ':method': method,
    ':path': url.pathname + url.search,
  });
  const reader = createBodyReader({ by: 'close' }, parts.max_bytes);
  stream.on('response', (_, __, raw) => {
    const head = headOf(raw);
    const settle = (complete: boolean) =>
      resolve({ head, ...reader.gathered(), content_length: lengthIn(head), complete });
    parts.onHead(head);
    if (parts.skipsBody(head)) settle(true);
    stream.on('data', (bytes: Buffer) => {
      parts.onBytes(bytes.length);
      if (reader.take(bytes)) settle(true);
    });
    // Node ends the data of a connection that was cut too, and says so by this code only.
    stream.on('end', () => settle(stream.rstCode === 0));
  });
  stream.on('error', (error) => reject(asFault(error)));
  stream.on('close', () => reject(fault('ANSWER_MISSING', 'closed without an answer')));
  stream.end(body ?? undefined);
  return await promise.finally(() => session.destroy());
}

/** Names and values in turn, as they came. */
function headOf(raw: readonly string[]): Head {
  const lines: HeaderLine[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    lines.push({ name: raw[at] ?? '', value: raw[at + 1] ?? '' });
  }
  const status = lines.find(({ name }) => name === ':status')?.value;
  return {
    status: Number(status),
    is_1_1: true,
    lines: lines.filter(({ name }) => name[0] !== ':'),
  };
}

function lengthIn({ lines }: Head): number | null {
  const said = lines.find(({ name }) => name === 'content-length')?.value ?? '';
  return /^\d{1,15}$/.test(said) ? Number(said) : null;
}

function asFault(error: NodeJS.ErrnoException): Error {
  return error.code?.startsWith('ERR_HTTP2_') ? fault('ANSWER_INVALID', error.code) : error;
}
