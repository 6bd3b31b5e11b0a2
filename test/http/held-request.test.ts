import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHeldRequest } from '../../http/held-request.ts';
import type { HeldRequest } from '../../http/in-flight.ts';

/** More than the buffers of both sides hold. */
const LARGE = Buffer.alloc(64 * 1024 * 1024);

interface Held {
  client: Socket;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  held: HeldRequest;
  clock: { now: number };
}

/** A request that a client has begun, as its server holds it. */
async function hold(head: string): Promise<Held> {
  const clock = { now: 1_000 };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => {});
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  client.write(head);
  const [incoming, outgoing] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  const held = createHeldRequest(incoming, outgoing, { monotonic: () => clock.now });
  return { client, incoming, outgoing, held, clock };
}

const GET = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\n';

test('D12: a body that is not there after 1 s is waited for', async () => {
  const { client, incoming, held, clock } = await hold(`${POST}ab`);
  clock.now += 999;
  expect(held.waitsForClient()).toBe(false);
  clock.now += 1;
  expect(held.waitsForClient()).toBe(true);
  client.write('cd');
  incoming.resume();
  await once(incoming, 'end');
  expect(held.waitsForClient()).toBe(false);
});

test('D12: a request whose answer is still computed waits for nobody', async () => {
  const { held, clock } = await hold(GET);
  clock.now += 60_000;
  expect(held.waitsForClient()).toBe(false);
});

test('D12: a reader who has taken nothing for 2 s is waited for, no other', async () => {
  const { client, incoming, outgoing, held, clock } = await hold(GET);
  incoming.resume();
  await once(incoming, 'end');
  client.pause();
  outgoing.end(LARGE);
  await stopsGrowing(() => outgoing.socket?.bytesWritten ?? 0);
  held.waitsForClient();
  clock.now += 1_999;
  expect(held.waitsForClient()).toBe(false);
  clock.now += 1;
  expect(held.waitsForClient()).toBe(true);
  client.resume();
  await once(outgoing, 'finish');
  expect(held.waitsForClient()).toBe(false);
});

test('D12: who is cut off is not connected any more, and sends nothing more', async () => {
  const { client, incoming, held } = await hold(`${POST}ab`);
  const read = incoming.toArray().catch((error: NodeJS.ErrnoException) => error.code);
  held.cutOff();
  client.write('cd');
  await once(client, 'close');
  expect(await read).toBe('ECONNRESET');
});

/** What is written goes on in threads of the system until its buffers are full. */
async function stopsGrowing(value: () => number): Promise<void> {
  let [before, same] = [-1, 0];
  await expect
    .poll(
      () => {
        same = value() === before ? same + 1 : 0;
        before = value();
        return same;
      },
      { interval: 20 },
    )
    .toBeGreaterThan(5);
}
