import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  randomBytes,
  sign,
} from 'node:crypto';
import type { Socket } from 'node:net';
import type { Issued } from './authority.ts';

/**
 * TLS 1.2 (RFC 5246) as balancers spoke it before RFC 5746: one cipher, and a ServerHello without
 * any extension. Answers the first request and closes.
 */
export function oldBalancer(chain: readonly Issued[], answer: Buffer): (socket: Socket) => void {
  return (socket) => {
    const state: State = { socket, chain, answer, said: [], step: takeHello, keys: null };
    let received = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= 5 && received.length >= 5 + received.readUInt16BE(3)) {
        const end = 5 + received.readUInt16BE(3);
        takeRecord(state, received.readUInt8(0), received.subarray(5, end));
        received = received.subarray(end);
      }
    });
  };
}

interface State {
  socket: Socket;
  chain: readonly Issued[];
  answer: Buffer;
  /** All handshake messages so far. */
  said: Buffer[];
  step(state: State, message: Buffer): void;
  keys: Keys | null;
}

interface Keys {
  master: Buffer;
  ours: Direction;
  theirs: Direction;
  /** They have changed to the keys. */
  in_use: boolean;
}

interface Direction {
  key: Buffer;
  salt: Buffer;
  count: number;
}

const HANDSHAKE = 22;
const CHANGE = 20;
const DATA = 23;

function takeRecord(state: State, type: number, content: Buffer): void {
  const { keys } = state;
  if (type === CHANGE && keys !== null) keys.in_use = true;
  else if (type === HANDSHAKE || type === DATA) {
    const plain = keys?.in_use ? opened(keys.theirs, type, content) : content;
    if (type === DATA) answerRequest(state);
    else for (const message of messagesIn(plain)) state.step(state, message);
  }
}

function* messagesIn(content: Buffer): Generator<Buffer> {
  for (let at = 0; at + 4 <= content.length; ) {
    const end = at + 4 + content.readUIntBE(at + 1, 3);
    yield content.subarray(at, end);
    at = end;
  }
}

function takeHello(state: State, hello: Buffer): void {
  const theirs = hello.subarray(6, 38);
  const ours = randomBytes(32);
  const pair = createECDH('prime256v1');
  const share = Buffer.concat([Buffer.of(3, 0, 23, 65), pair.generateKeys()]);
  const [first] = state.chain;
  if (first === undefined) throw new Error('a balancer needs a certificate');
  const signature = sign('sha256', Buffer.concat([theirs, ours, share]), first.key);
  state.said.push(hello);
  // Version, random, no session, ECDHE-RSA-AES128-GCM-SHA256, no compression; no extensions.
  say(state, 2, Buffer.concat([Buffer.of(3, 3), ours, Buffer.of(0, 0xc0, 0x2f, 0)]));
  say(state, 11, counted(3, Buffer.concat(state.chain.map(({ cert }) => counted(3, cert)))));
  say(state, 12, Buffer.concat([share, Buffer.of(4, 1), counted(2, signature)]));
  say(state, 14, Buffer.alloc(0));
  state.step = (_, exchange) => {
    state.said.push(exchange);
    const secret = pair.computeSecret(exchange.subarray(5));
    const master = derive(secret, 'master secret', Buffer.concat([theirs, ours]), 48);
    const block = derive(master, 'key expansion', Buffer.concat([ours, theirs]), 40);
    const direction = (key: number, salt: number) => ({
      key: block.subarray(key, key + 16),
      salt: block.subarray(salt, salt + 4),
      count: 0,
    });
    state.keys = { master, theirs: direction(0, 32), ours: direction(16, 36), in_use: false };
    state.step = takeFinished;
  };
}

function takeFinished(state: State, finished: Buffer): void {
  const { keys, said, socket } = state;
  if (keys === null) return;
  said.push(finished);
  const hash = createHash('sha256').update(Buffer.concat(said)).digest();
  const proof = derive(keys.master, 'server finished', hash, 12);
  socket.write(record(CHANGE, Buffer.of(1)));
  send(state, HANDSHAKE, message(20, proof));
}

function answerRequest(state: State): void {
  const { answer, socket } = state;
  for (let at = 0; at < answer.length; at += 16_000) {
    send(state, DATA, answer.subarray(at, at + 16_000));
  }
  // Alert: close_notify.
  send(state, 21, Buffer.of(1, 0));
  socket.end();
}

function say(state: State, type: number, body: Buffer): void {
  const words = message(type, body);
  state.said.push(words);
  state.socket.write(record(HANDSHAKE, words));
}

function send(state: State, type: number, content: Buffer): void {
  if (state.keys !== null) state.socket.write(record(type, sealed(state.keys.ours, type, content)));
}

const message = (type: number, body: Buffer) => Buffer.concat([Buffer.of(type), counted(3, body)]);
const record = (type: number, content: Buffer) =>
  Buffer.concat([Buffer.of(type, 3, 3), counted(2, content)]);

function counted(bytes: number, content: Buffer): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(content.length, 0, bytes);
  return Buffer.concat([length, content]);
}

/** AES-128-GCM of a record (RFC 5288). */
function sealed(direction: Direction, type: number, content: Buffer): Buffer {
  const count = nextCount(direction);
  const nonce = Buffer.concat([direction.salt, count]);
  const cipher = createCipheriv('aes-128-gcm', direction.key, nonce);
  cipher.setAAD(Buffer.concat([count, Buffer.of(type, 3, 3), counted(2, content).subarray(0, 2)]));
  return Buffer.concat([count, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function opened(direction: Direction, type: number, content: Buffer): Buffer {
  const count = nextCount(direction);
  const nonce = Buffer.concat([direction.salt, content.subarray(0, 8)]);
  const inner = content.subarray(8, -16);
  const decipher = createDecipheriv('aes-128-gcm', direction.key, nonce);
  decipher.setAAD(Buffer.concat([count, Buffer.of(type, 3, 3), counted(2, inner).subarray(0, 2)]));
  decipher.setAuthTag(content.subarray(-16));
  return Buffer.concat([decipher.update(inner), decipher.final()]);
}

function nextCount(direction: Direction): Buffer {
  const count = Buffer.alloc(8);
  count.writeUInt32BE(direction.count, 4);
  direction.count += 1;
  return count;
}

/** The pseudo-random function of TLS 1.2 (RFC 5246, 5). */
function derive(secret: Buffer, label: string, seed: Buffer, bytes: number): Buffer {
  const start = Buffer.concat([Buffer.from(label), seed]);
  const hmac = (content: Buffer) => createHmac('sha256', secret).update(content).digest();
  let a = start;
  let made = Buffer.alloc(0);
  while (made.length < bytes) {
    a = hmac(a);
    made = Buffer.concat([made, hmac(Buffer.concat([a, start]))]);
  }
  return made.subarray(0, bytes);
}
