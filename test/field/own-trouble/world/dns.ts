import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/**
 * A name server over UDP that knows the addresses (A) of some names, and can fall silent: for some
 * names, or altogether. Written from RFC 1035 for the drills alone.
 */
export interface NameServer {
  /** `failing` answers SERVFAIL, `silent` nothing. */
  mode: 'well' | 'silent' | 'failing';
  hung: Set<string>;
}

const HEADER_BYTES = 12;
const TYPE_A = 1;
const NO_ERROR = 0;
const SERVER_FAILURE = 2;
const NO_SUCH_NAME = 3;
const TTL_SECONDS = 1;

/** Answers on `address`:53. */
export async function startNameServer(
  address: string,
  records: ReadonlyMap<string, string>,
): Promise<NameServer> {
  const server: NameServer = { mode: 'well', hung: new Set() };
  const socket: Socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const question = questionOf(query);
    if (question === null || server.mode === 'silent' || server.hung.has(question.name)) return;
    const answer = answerTo(query, question, server.mode === 'failing' ? null : records);
    // A line that is cut refuses the answer; the asker hears nothing either way.
    socket.send(answer, from.port, from.address, () => undefined);
  });
  socket.on('error', () => undefined);
  socket.bind(53, address);
  await once(socket, 'listening');
  return server;
}

interface Question {
  name: string;
  type: number;
  /** Offset behind the question. */
  end: number;
}

function questionOf(query: Buffer): Question | null {
  if (query.length < HEADER_BYTES || query.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (;;) {
    const length = query[at] ?? 0;
    if (length === 0) break;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(
  query: Buffer,
  { name, type, end }: Question,
  records: ReadonlyMap<string, string> | null,
): Buffer {
  const address = records?.get(name);
  const known = address !== undefined && type === TYPE_A;
  const code = records === null ? SERVER_FAILURE : address === undefined ? NO_SUCH_NAME : NO_ERROR;
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(known ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  return known ? Buffer.concat([head, addressRecord(address)]) : head;
}

function addressRecord(address: string): Buffer {
  const record = Buffer.alloc(16);
  // The name of the question, by reference.
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(TTL_SECONDS, 6);
  record.writeUInt16BE(4, 10);
  for (const [n, part] of address.split('.').entries()) record[12 + n] = Number(part);
  return record;
}
