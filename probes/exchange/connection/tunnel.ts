import type { Socket } from 'node:net';
import { fault } from '../http/fault.ts';
import { endOfHead, MAX_HEAD_BYTES, parseHead, startOfHead } from '../http/head.ts';
import { credentialsIn } from '../http/request-head.ts';

/** The proxy was reached, and it could not reach the target. */
const NOT_CONNECTED = new Set([502, 503, 504]);

/**
 * Asks the proxy at the other end for a tunnel to this host and port (CONNECT, RFC 9110, section
 * 9.3.6). Rejects with `PROXY_FAILED` when the proxy refuses us, with `PROXY_NOT_CONNECTED` when it
 * says that it could not reach the target.
 */
export async function openTunnel(socket: Socket, proxy: URL, target: URL): Promise<void> {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  const authority = `${target.hostname}:${port}`;
  const credentials = credentialsIn(proxy, 'Proxy-Authorization');
  const headers = Object.entries({ Host: authority, ...credentials });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`CONNECT ${authority} HTTP/1.1\r\n${lines}\r\n`);
  const status = await readStatus(socket);
  if (status >= 200 && status <= 299) return;
  const code = NOT_CONNECTED.has(status) ? 'PROXY_NOT_CONNECTED' : 'PROXY_FAILED';
  throw fault(code, `the proxy answered ${status}`);
}

/** The status of the proxy's answer; what follows its head stays in the socket. */
function readStatus(socket: Socket): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let waiting: Buffer = Buffer.alloc(0);
  const fail = () => reject(fault('PROXY_FAILED', 'the proxy gave no answer'));
  function take(bytes: Buffer): void {
    waiting = Buffer.concat([waiting, bytes]);
    const end = endOfHead(waiting, 0);
    if (end === -1 && waiting.length < MAX_HEAD_BYTES) return;
    socket.off('data', take);
    socket.pause();
    const head = waiting.subarray(0, end);
    if (end === -1 || startOfHead(head) !== 0 || head.includes(0)) {
      fail();
    } else {
      if (end < waiting.length) socket.unshift(waiting.subarray(end));
      resolve(parseHead(head).status);
    }
  }
  socket.on('data', take);
  for (const event of ['end', 'error', 'close']) socket.once(event, fail);
  return promise;
}
