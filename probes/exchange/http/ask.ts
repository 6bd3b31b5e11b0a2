import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { askHttp2 } from './http-2.ts';
import { type ReadParts, readAnswer, type WireAnswer } from './read-answer.ts';
import { type RequestHead, requestHead } from './request-head.ts';

/**
 * Sends a request over a connection and reads the answer, in the protocol agreed upon. Rejects with
 * a fault or with an error of the socket.
 */
export async function ask(
  socket: Socket,
  request: RequestHead,
  parts: ReadParts,
): Promise<WireAnswer> {
  if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2') {
    return await askHttp2(socket, request, parts);
  }
  const head = requestHead(request);
  const answered = readAnswer(socket, parts);
  socket.write(head, 'latin1');
  if (request.body !== null) socket.write(request.body);
  return await answered;
}
