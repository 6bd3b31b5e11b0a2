import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy of tunnels for tests. */
export interface TestProxy {
  /** Its address, with name and password if it asks for them. */
  url: string;
  /** Hosts and ports that tunnels were asked for. */
  tunnels: string[];
  /** How many tunnels it refused, for want of a password. */
  refused(): number;
  close(): Promise<void>;
}

export interface TestProxyParts {
  /** It lets in those only who say this name and password. */
  account?: { name: string; password: string };
  /** Names that only the proxy knows, and the addresses that they have. */
  names?: Readonly<Record<string, string>>;
}

/** An HTTP proxy that opens tunnels (CONNECT, RFC 9110, 9.3.6) and nothing else. */
export async function startTestProxy(parts: TestProxyParts = {}): Promise<TestProxy> {
  const { account, names = {} } = parts;
  const expected =
    account && `Basic ${Buffer.from(`${account.name}:${account.password}`).toString('base64')}`;
  const open = new Set<Socket>();
  const tunnels: string[] = [];
  let refusals = 0;

  function keep(socket: Socket): Socket {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }

  function answer(socket: Socket, head: string, rest: Buffer): void {
    const [, host = '', port = ''] = /^CONNECT (\S+):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? [];
    if (host === '') return void socket.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n');
    const given = /^proxy-authorization: *(.*)$/im.exec(head)?.[1]?.trim();
    if (expected !== undefined && given !== expected) {
      refusals += 1;
      const asks = 'Proxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n';
      return void socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${asks}`);
    }
    tunnels.push(`${host}:${port}`);
    join(socket, { host: names[host] ?? host.replace(/^\[|\]$/g, ''), port: Number(port) }, rest);
  }

  function join(socket: Socket, to: { host: string; port: number }, rest: Buffer): void {
    const there = keep(connect({ ...to, allowHalfOpen: true }));
    let joined = false;
    there.once('connect', () => {
      joined = true;
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      there.write(rest);
      socket.pipe(there);
      there.pipe(socket);
    });
    there.once('error', () => {
      if (joined) socket.resetAndDestroy();
      else socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    });
    socket.once('error', () => there.destroy());
    socket.once('close', () => there.destroy());
  }

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    keep(socket);
    let received = Buffer.alloc(0);
    socket.on('data', function read(bytes: Buffer) {
      received = Buffer.concat([received, bytes]);
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', read);
      socket.pause();
      answer(socket, received.toString('latin1', 0, end + 2), received.subarray(end + 4));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const before = account
    ? `${encodeURIComponent(account.name)}:${encodeURIComponent(account.password)}@`
    : '';
  return {
    url: `http://${before}127.0.0.1:${port}`,
    tunnels,
    refused: () => refusals,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
}
