import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Reach } from '../../model/proof.ts';
import { createNames } from '../../probes/exchange/names/names.ts';
import { bad, good } from '../../probes/probe.ts';
import { openStage } from '../field/servers/stage.ts';
import { type Answering, nameFolder, startNameServer } from './name-server.ts';
import { exchangeFor, get } from './raw-server.ts';

const stage = openStage();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await stage.clear();
});

async function namesFrom(answering: Answering) {
  const server = await startNameServer(answering);
  const folder = nameFolder(`nameserver ${server.at}\n`);
  ends.push(folder.remove, server.close);
  return { names: createNames({ files: folder.files, prefersIpv6: () => false }), server };
}

const everywhere: Answering = (name, type) =>
  type === 'A' && !name.startsWith('hung') ? { addresses: ['127.0.0.1'] } : {};

const answer = (head: string, body = '') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const listening = (take: (socket: Socket) => void) => stage.sockets(take);
const saying = (text: string) => listening((socket) => socket.once('data', () => socket.end(text)));

/** The contact of one request, as of a run that ended with this failure of the answer. */
async function contactOf(
  url: string,
  deadline_ms: number,
  as: 'good' | 'not_recognised' | 'status',
) {
  const { names } = await namesFrom(everywhere);
  const exchange = exchangeFor(deadline_ms, { names });
  const sent = await exchange.send(get(url));
  if (!sent.ok) return bad(exchange, sent.failure).contact;
  if (as === 'good') return good(exchange).contact;
  const reason = as === 'status' ? 'http_status' : as;
  return bad(exchange, { outcome: 'system', reason, detail: '' }).contact;
}

describe('how far a run got with the host that decided it', () => {
  const port = (at: string) => at.split(':').at(-1);
  const cases: [string, Reach, 'good' | 'not_recognised' | 'status', () => Promise<string>][] = [
    [
      'a page that is well',
      'answered',
      'good',
      async () => `http://${await saying(answer('200 OK'))}`,
    ],
    [
      'status 500 over plain HTTP',
      'answered',
      'status',
      async () => `http://${await saying(answer('500 No'))}`,
    ],
    [
      'another page over plain HTTP',
      'redirected',
      'not_recognised',
      async () => `http://${await saying(answer('200 OK'))}`,
    ],
    [
      'led to another host over plain HTTP, whatever it says',
      'redirected',
      'status',
      async () => {
        const other = `http://b.test:${port(await saying(answer('500 No')))}/`;
        return `http://a.test:${port(await saying(answer(`302 Found\r\nLocation: ${other}`)))}`;
      },
    ],
    [
      'led to a name that does not resolve',
      'redirected',
      'status',
      async () =>
        `http://a.test:${port(await saying(answer('302 Found\r\nLocation: http://hung.test/')))}`,
    ],
    [
      'led to another place of the same host',
      'answered',
      'status',
      async () => {
        const other = `/b`;
        let n = 0;
        const at = await listening((socket) =>
          socket.once('data', () => {
            n += 1;
            socket.end(n === 1 ? answer(`302 Found\r\nLocation: ${other}`) : answer('500 No'));
          }),
        );
        return `http://${at}`;
      },
    ],
    ['nobody at the port', 'refused', 'status', async () => `http://${await stage.nobody()}`],
    [
      'a reset',
      'refused',
      'status',
      async () => `http://${await listening((it) => it.resetAndDestroy())}`,
    ],
    [
      'closed without an answer',
      'refused',
      'status',
      async () => `http://${await listening((it) => it.end())}`,
    ],
    ['no HTTP', 'refused', 'status', async () => `http://${await saying('x'.repeat(70_000))}`],
    ['no TLS', 'refused', 'status', async () => `https://${await saying('no TLS here\r\n')}`],
    ['silence', 'silent', 'status', async () => `http://${await listening(() => {})}`],
    [
      'silence in the handshake',
      'silent',
      'status',
      async () => `https://${await listening(() => {})}`,
    ],
    [
      'silence within the body',
      'silent',
      'status',
      async () =>
        `http://${await listening((it) =>
          it.once('data', () => it.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234')),
        )}`,
    ],
    ['a name without an address', 'unresolved', 'status', async () => 'http://hung.test/'],
  ];
  test.each(cases)('%s: %s', async (_, reach, as, open) => {
    const url = await open();
    const contact = await contactOf(url, reach === 'silent' ? 300 : 3_000, as);
    expect(contact).toMatchObject({ reach, resolver_differs: false });
    if (reach === 'redirected' && url.includes('a.test')) {
      expect(contact).toMatchObject({ host: 'a.test', address: '127.0.0.1' });
    }
    const is_known = reach !== 'unresolved' && !url.includes('a.test');
    if (is_known) expect(contact).toMatchObject({ host: '127.0.0.1', address: '127.0.0.1' });
  });

  test('led to another host by what an answer over plain HTTP says', async () => {
    const at = await saying(answer('500 No'));
    const { names } = await namesFrom(everywhere);
    const contactBy = async (url: string) => {
      const exchange = exchangeFor(3_000, { names });
      const led_by = { url: new URL(url), is_private: true };
      await exchange.send({ ...get(`http://b.test:${port(at)}/`), led_by });
      return bad(exchange, { outcome: 'system', reason: 'http_status', detail: '' }).contact;
    };
    expect(await contactBy('http://a.test/')).toMatchObject({
      host: 'a.test',
      reach: 'redirected',
    });
    for (const url of ['https://a.test/', 'http://b.test/'])
      expect(await contactBy(url)).toMatchObject({ host: 'b.test', reach: 'answered' });
  });

  test('the address reached, not the first one known', async () => {
    const at = await stage.sockets((it) => it.once('data', () => it.end(answer('500 No'))));
    const { names } = await namesFrom((_, type) =>
      type === 'A' ? { addresses: ['127.0.9.9', '127.0.0.1'] } : {},
    );
    const exchange = exchangeFor(3_000, { names });
    await exchange.send(get(`http://a.test:${port(at)}/`));
    expect(good(exchange).contact).toMatchObject({ host: 'a.test', address: '127.0.0.1' });
  });
});

describe('B2: names that hang', () => {
  test('delay nobody: six of them beside five healthy systems', async () => {
    const at = await saying(answer('200 OK'));
    const { names } = await namesFrom((name, type) =>
      name.startsWith('hung') ? 'silence' : type === 'A' ? { addresses: ['127.0.0.1'] } : {},
    );
    const port = at.split(':').at(-1);
    const run = async (host: string) => {
      const exchange = exchangeFor(3_000, { names });
      const sent = await exchange.send(get(`http://${host}.test:${port}/`));
      return sent.ok ? 'ok' : sent.failure.reason;
    };
    const hung = Array.from({ length: 6 }, (_, n) => run(`hung${n}`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    const healthy = await Promise.all(Array.from({ length: 5 }, (_, n) => run(`well${n}`)));
    expect(healthy).toEqual(Array(5).fill('ok'));
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await Promise.all(hung)).toEqual(Array(6).fill('timeout_resolve'));
  });

  test('end at the deadline of the run', async () => {
    const { names } = await namesFrom(() => 'silence');
    const exchange = exchangeFor(300, { names });
    const start = performance.now();
    await exchange.send(get('http://hung.test/'));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
