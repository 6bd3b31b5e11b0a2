import { connect } from 'node:net';

/** What came back for bytes that no client would send. */
export interface RawAnswer {
  /** 0 when there was none. */
  status: number;
  /** By name, in lower case. */
  headers: Record<string, string>;
  text: string;
  /** From sending to the end of the connection. */
  took_ms: number;
}

/** Sends `lines` and an empty one as they are; resolves when the other side hangs up. */
export function sendRaw(url: string, lines: readonly string[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write([...lines, '', ''].join('\r\n'));
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...body] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      const [first = '', ...fields] = head.split('\r\n');
      const headers = fields.map((it) => [
        it.slice(0, it.indexOf(':')).toLowerCase(),
        it.slice(it.indexOf(':') + 1).trim(),
      ]);
      resolve({
        status: Number(first.split(' ')[1] ?? 0),
        headers: Object.fromEntries(headers),
        text: body.join('\r\n\r\n'),
        took_ms: performance.now() - began,
      });
    });
  });
}
