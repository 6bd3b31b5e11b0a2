import type { Socket } from 'node:net';
import { type BodyReader, createBodyReader } from './body.ts';
import { fault } from './fault.ts';
import { type Framing, framingOf } from './framing.ts';
import type { Head } from './head.ts';
import { createHeadReader, type FinalHead } from './head-reader.ts';
import { refuseContradictions } from './header-lines.ts';

/** An answer as it came over the wire. */
export interface WireAnswer {
  head: Head;
  /** At most `max_bytes`; its content coding is not undone. */
  body: Buffer;
  /** The announced length of the body, or null. */
  content_length: number | null;
  /** False when the connection closed before the end of the answer. */
  complete: boolean;
  /** The body was longer than `max_bytes`. */
  over_limit: boolean;
}

export interface ReadParts {
  max_bytes: number;
  url: URL;
  /** The body of such an answer is not read, as browsers pass over that of a redirect. */
  skipsBody(head: Head): boolean;
  /** The final head is there. */
  onHead(head: Head): void;
  /** So many bytes of the body have come. */
  onBytes(count: number): void;
}

/** An answer whose head is there. */
interface Begun {
  head: Head;
  framing: Framing;
  body: BodyReader;
}

/**
 * Reads one answer, as tolerant as Chromium's HttpStreamParser. Rejects with a fault or with an
 * error of the socket.
 */
export function readAnswer(socket: Socket, parts: ReadParts): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const heads = createHeadReader(parts.url);
  let begun: Begun | null = null;

  function take(bytes: Buffer): void {
    if (begun !== null) takeBody(bytes, begun);
    else begin(heads.take(bytes));
  }

  function begin(final: FinalHead | null): void {
    if (final === null) return;
    const { head, rest } = final;
    const framing = framingOf(head);
    refuseContradictions(head.lines, framing.by === 'chunks');
    parts.onHead(head);
    const body = createBodyReader(framing, parts.max_bytes);
    begun = { head, framing, body };
    if (body.is_empty || parts.skipsBody(head)) settle(begun, true);
    else if (rest.length > 0) takeBody(rest, begun);
  }

  function takeBody(bytes: Buffer, answer: Begun): void {
    parts.onBytes(bytes.length);
    if (answer.body.take(bytes)) settle(answer, true);
  }

  function settle({ head, framing, body }: Begun, complete: boolean): void {
    const content_length = framing.by === 'length' ? framing.length : null;
    resolve({ head, ...body.gathered(), content_length, complete });
  }

  /** The other side has closed the connection. */
  function end(): void {
    if (begun === null) {
      const final = heads.end();
      begin(final);
      // A body that did not begin is not there, except where there is no head.
      if (begun !== null && final.rest.length === 0) settle(begun, false);
    }
    if (begun !== null) settle(begun, begun.framing.by === 'close');
  }

  function orReject<T>(work: (it: T) => void): (it: T) => void {
    return (it) => {
      try {
        work(it);
      } catch (error) {
        reject(error);
      }
    };
  }
  socket.on('data', orReject(take));
  socket.on('end', orReject(end));
  socket.on('error', reject);
  socket.on('close', () => reject(fault('ANSWER_MISSING', 'closed before its end')));
  // It was paused for a tunnel.
  socket.resume();
  return promise;
}
