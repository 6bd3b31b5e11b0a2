import { createSocket, type RemoteInfo } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a name server says to a question. */
export interface NameAnswer {
  /** RFC 1035: 0 no error, 2 failure of the server, 3 no such name, 5 refused. */
  rcode?: 0 | 2 | 3 | 5;
  addresses?: string[];
  /** Names that lead to each other, before the addresses. */
  aliases?: string[];
  after_ms?: number;
}
export type Answering = (name: string, type: 'A' | 'AAAA') => NameAnswer | 'silence';

export interface NameServer {
  /** As name servers are written in resolv.conf and to c-ares: address and port. */
  at: string;
  /** Questions so far: `A a.test`. */
  asked: string[];
  answering(next: Answering): void;
  close(): Promise<void>;
}

/** A name server on the loopback; hand-made packets of RFC 1035 and 3596. */
export async function startNameServer(answering: Answering): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  let answer = answering;
  const timers = new Set<NodeJS.Timeout>();
  socket.on('error', () => {});
  socket.on('message', (packet, from) => {
    const { name, type, end } = questionIn(packet);
    asked.push(`${type} ${name}`);
    const said = type === 'A' || type === 'AAAA' ? answer(name, type) : { rcode: 0 as const };
    if (said === 'silence') return;
    const timer = setTimeout(() => reply(packet.subarray(0, end), said, from), said.after_ms ?? 0);
    timers.add(timer);
  });
  function reply(question: Buffer, said: NameAnswer, { port, address }: RemoteInfo): void {
    socket.send(answerPacket(question, said), port, address);
  }
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    at: `127.0.0.1:${socket.address().port}`,
    asked,
    answering(next) {
      answer = next;
    },
    close: () =>
      new Promise((closed) => {
        for (const timer of timers) clearTimeout(timer);
        socket.close(() => closed());
      }),
  };
}

const TYPES: Record<number, string> = { 1: 'A', 28: 'AAAA' };

function questionIn(packet: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const code = packet.readUInt16BE(at + 1);
  return { name: labels.join('.').toLowerCase(), type: TYPES[code] ?? String(code), end: at + 5 };
}

function answerPacket(question: Buffer, said: NameAnswer): Buffer {
  const { rcode = 0, addresses = [], aliases = [] } = said;
  const head = Buffer.from(question);
  const count = aliases.length + addresses.length;
  // A response, recursion desired and available.
  head.writeUInt16BE(0x8180 | rcode, 2);
  head.writeUInt16BE(count, 6);
  head.writeUInt32BE(0, 8);
  const names = [Buffer.from([0xc0, 12]), ...aliases.map(wireName)];
  const last = names.at(-1) as Buffer;
  return Buffer.concat([
    head,
    ...aliases.map((alias, n) => record(names[n] as Buffer, 5, wireName(alias))),
    ...addresses.map((it) => record(last, isIPv4(it) ? 1 : 28, bytesOf(it))),
  ]);
}

function record(owner: Buffer, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(60, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

function wireName(name: string): Buffer {
  const labels = name.split('.').map((it) => Buffer.concat([Buffer.from([it.length]), latin(it)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

const latin = (text: string) => Buffer.from(text, 'latin1');

function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [left = '', right = ''] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const zeros = 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array(zeros).fill('0'), ...groups(right)];
  return Buffer.from(all.map((it) => it.padStart(4, '0')).join(''), 'hex');
}

/** A folder with files of names, which the test may change. */
export interface NameFolder {
  files: { hosts: string; resolv_conf: string };
  write(file: 'hosts' | 'resolv_conf', text: string): void;
  remove(): void;
}

export function nameFolder(resolv_conf = '', hosts = ''): NameFolder {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  const files = { hosts: join(folder, 'hosts'), resolv_conf: join(folder, 'resolv.conf') };
  const write: NameFolder['write'] = (file, text) => writeFileSync(files[file], text);
  write('hosts', hosts);
  write('resolv_conf', resolv_conf);
  return { files, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
