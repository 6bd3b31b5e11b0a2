import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { isHangUp } from '../../http/hang-up.ts';

test('D9: a client that hangs up in the middle of its body is no failure of ours', async () => {
  const failed = Promise.withResolvers<unknown>();
  const server = createServer((request: IncomingMessage) => {
    text(request).then(() => failed.resolve(null), failed.resolve);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc', () => {
    setTimeout(() => socket.destroy(), 50);
  });
  expect(isHangUp(await failed.promise)).toBe(true);
  server.close();
});

test.each([
  [Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
  [new Error('aborted')],
  ['aborted'],
  [null],
])('D9: %s is one, or may be', (error) => {
  expect(isHangUp(error)).toBe(false);
});
