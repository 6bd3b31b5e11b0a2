import type { OddServer } from '../odd-server.ts';
import { html, LENGTH, OK, raw, UTF8 } from '../reply.ts';

const because = 'a plain failure';
const reset = { outcome: 'network', reason: 'connection_reset', because } as const;
const NO_STATUS = { outcome: 'not_well', because: 'it says no status of success' } as const;
/** Long enough for a busy machine to get as far as that. */
const SOON_MS = 3_000;

/** What is down and must be called so. */
export const FAILURES: readonly OddServer[] = [
  {
    id: 'refused',
    about: 'has nobody on its port',
    starts: async (stage) => `http://${await stage.nobody()}/`,
    judged: { outcome: 'network', reason: 'connection_refused', because },
    direct_only: 'the proxy is refused, not we',
  },
  {
    id: 'no-such-name',
    about: 'has a name that does not exist',
    starts: async () => 'http://nobody.invalid/',
    judged: { outcome: 'network', reason: 'name_not_resolved', because },
    direct_only: 'the proxy resolves, not we',
  },
  {
    id: 'reset-at-once',
    about: 'resets connections',
    starts: async (stage) => `http://${await stage.sockets((it) => void it.resetAndDestroy())}/`,
    judged: reset,
    direct_only: 'the proxy is reset, and says only that it did not connect',
  },
  {
    id: 'closed-at-once',
    about: 'closes connections',
    starts: async (stage) => `http://${await stage.sockets((socket) => void socket.end())}/`,
    judged: reset,
  },
  {
    id: 'closes-after-request',
    about: 'closes without an answer',
    serves: Buffer.alloc(0),
    judged: reset,
  },
  {
    id: 'resets-after-request',
    about: 'resets without an answer',
    serves: (_, socket) => {
      socket.resetAndDestroy();
      return null;
    },
    judged: reset,
  },
  {
    id: 'closes-within-head',
    about: 'closes within its head',
    serves: Buffer.from(`${OK}\r\nConte`),
    judged: { ...reset, because: 'held: a head without its end is broken' },
  },
  {
    id: 'closes-after-status-line',
    about: 'closes after its status line',
    serves: Buffer.from(`${OK}\r\n`),
    judged: { ...reset, because: 'held: a head without its end is broken' },
  },
  {
    id: 'no-empty-line',
    about: 'closes after its headers, without the empty line',
    serves: Buffer.from(`${OK}\r\n${UTF8}\r\nContent-Length: ${LENGTH}\r\n`),
    judged: { ...reset, because: 'held: a head without its end is broken' },
  },
  {
    id: 'resets-within-head',
    about: 'resets within its head',
    serves: (_, socket) => {
      socket.write(`${OK}\r\nConte`);
      setTimeout(() => socket.resetAndDestroy(), 100);
      return null;
    },
    judged: reset,
  },
  {
    id: 'silent',
    about: 'never answers',
    serves: () => null,
    deadline_ms: SOON_MS,
    judged: { outcome: 'timeout', reason: 'timeout_processing', because },
  },
  {
    id: 'stalls-within-head',
    about: 'stalls within its head',
    serves: (_, socket) => {
      socket.write(`${OK}\r\nContent-Ty`);
      return null;
    },
    deadline_ms: SOON_MS,
    judged: { outcome: 'timeout', reason: 'timeout_processing', because },
  },
  {
    id: 'stalls-within-body',
    about: 'stalls within its body',
    serves: (_, socket) => {
      socket.write(raw([OK, UTF8, `Content-Length: ${LENGTH + 9}`]));
      return null;
    },
    deadline_ms: SOON_MS,
    judged: { outcome: 'timeout', reason: 'timeout_transfer', because },
  },
  {
    id: 'stalls-within-handshake',
    about: 'never answers a handshake',
    starts: async (stage) => `https://${await stage.sockets((socket) => void socket.resume())}/`,
    deadline_ms: SOON_MS,
    judged: { outcome: 'timeout', reason: 'timeout_tls', because },
  },
  {
    id: 'endless-early-hints',
    about: 'sends 103 for ever',
    serves: (_, socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
      return null;
    },
    deadline_ms: SOON_MS,
  },
  { id: 'ssh', about: 'speaks SSH', serves: Buffer.from('SSH-2.0-OpenSSH_9.2\r\n') },
  { id: 'ftp', about: 'speaks FTP', serves: Buffer.from('220 FTP server ready\r\n530 no\r\n') },
  { id: 'noise', about: 'sends noise', serves: Buffer.from('00ff1703030041', 'hex') },
  {
    id: 'database',
    about: 'is a MySQL server',
    serves: Buffer.from('4a0000000a382e302e333200', 'hex'),
  },
  {
    id: 'status-no-number',
    about: 'has a status that is no number',
    serves: raw(['HTTP/1.1 OK', UTF8], html()),
  },
  {
    id: 'status-2-digits',
    about: 'has a status of two digits',
    serves: raw(['HTTP/1.1 20 OK', UTF8], html()),
    judged: NO_STATUS,
  },
  {
    id: 'status-4-digits',
    about: 'has a status of four digits',
    serves: raw(['HTTP/1.1 2000 OK', UTF8], html()),
    judged: NO_STATUS,
  },
  {
    id: 'status-0',
    about: 'has status 000',
    serves: raw(['HTTP/1.1 000 OK', UTF8], html()),
    judged: NO_STATUS,
  },
  {
    id: 'http-only',
    about: 'says HTTP and no more',
    serves: Buffer.from('HTTP\r\n\r\n'),
    judged: NO_STATUS,
  },
  {
    id: 'version-only',
    about: 'says its version and no status',
    serves: raw(['HTTP/1.1', UTF8], html()),
  },
];
