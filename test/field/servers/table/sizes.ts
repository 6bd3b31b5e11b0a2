import type { OddServer } from '../odd-server.ts';
import { html, LENGTH, OK, raw, reply, UTF8 } from '../reply.ts';

const SIZED = [UTF8, `Content-Length: ${LENGTH}`];
const lines = (name: string, count: number, length: number) =>
  Array.from({ length: count }, (_, n) => `${name}${n}${'x'.repeat(length)}`);

/** Heads and pages of sizes that nobody expects. */
export const SIZES: readonly OddServer[] = [
  {
    id: 'cookies-20-kb',
    cases: 'R10',
    about: 'sends 20 kB of Set-Cookie',
    serves: raw([OK, ...lines('Set-Cookie: c', 5, 4_000), ...SIZED]),
  },
  {
    id: 'cookies-200-kb',
    cases: 'R10',
    about: 'sends 200 kB of Set-Cookie',
    serves: raw([OK, ...lines('Set-Cookie: c', 50, 4_000), ...SIZED]),
  },
  {
    id: 'policy-30-kb',
    cases: 'R10',
    about: 'sends a policy of 30 kB',
    serves: raw([OK, `Content-Security-Policy: img-src ${'a.example '.repeat(3_000)}`, ...SIZED]),
  },
  {
    id: 'head-100-kb-of-short-lines',
    about: 'sends 100 kB of short lines',
    serves: raw([OK, ...lines('X-', 1_500, 60).map((line) => `${line}: y`), ...SIZED]),
  },
  {
    id: 'one-header-200-kb',
    about: 'sends one header of 200 kB',
    serves: raw([OK, `X-Huge: ${'x'.repeat(200_000)}`, ...SIZED]),
  },
  {
    id: 'head-250-kb',
    about: 'sends a head of 250 kB',
    serves: raw([OK, ...lines('X-Many: ', 250, 980), ...SIZED]),
  },
  {
    id: 'head-300-kb',
    about: 'sends a head of 300 kB',
    serves: raw([OK, ...lines('X-Many: ', 300, 1_000), ...SIZED]),
  },
  {
    id: 'endless-head',
    about: 'never ends its head',
    serves: (_, socket) => {
      socket.write(`${OK}\r\n`);
      flood(socket, `X-More: ${'y'.repeat(4_000)}\r\n`);
      return null;
    },
  },
  {
    id: 'page-3-mb',
    about: 'sends a page of 3 MB',
    serves: reply({ body: `${html()}<!-- ${'发票 '.repeat(450_000)}-->` }),
  },
  {
    id: 'page-5-mb-chunked',
    about: 'sends a page of 5 MB in chunks',
    serves: raw(
      [OK, UTF8, 'Transfer-Encoding: chunked'],
      Buffer.concat([
        ...Array.from({ length: 5 }, (_, n) => megabyte(n === 0 ? `${html()}<!--` : '')),
        Buffer.from('0\r\n\r\n'),
      ]),
    ),
  },
  {
    id: 'title-behind-1-mb',
    cases: 'R7',
    about: 'has its title behind 1 MB of script',
    serves: reply({
      body: `<html><script>/*${'x'.repeat(1_000_000)}*/</script><meta charset=utf-8>${html()}`,
    }),
  },
  {
    id: 'page-of-1-line',
    about: 'sends a page of one element',
    serves: reply({ body: '<title>全国增值税发票查验平台</title>' }),
  },
  {
    id: 'title-behind-3-mb',
    cases: 'R7',
    about: 'has its title behind 3 MB of script',
    serves: reply({ body: `<html><script>/*${'x'.repeat(3_000_000)}*/</script>${html()}` }),
  },
];

function megabyte(start: string): Buffer {
  const body = Buffer.concat([Buffer.from(start), Buffer.alloc(1_000_000, 'filling ')]);
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
}

/** Writes the same again and again until the other side hangs up. */
function flood(
  socket: {
    destroyed: boolean;
    write(text: string): boolean;
    on(event: 'drain', f: () => void): unknown;
  },
  text: string,
): void {
  const write = () => {
    while (!socket.destroyed && socket.write(text)) {
      // Until the socket's buffer is full.
    }
  };
  socket.on('drain', write);
  write();
}
