import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { usePage } from './use-page.ts';

const page = usePage();
const HISTORY = '/api/v1/history?kind=states';
const held: Socket[] = [];
afterEach(() => {
  for (const socket of held.splice(0)) socket.destroy();
});

/** Sends the head of a form and nothing of its body. */
function holdForm(path: string, localAddress = '127.0.0.1'): Promise<void> {
  const { hostname, port } = new URL(page.url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress }, () => {
      const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'Content-Length: 1000'];
      const type = 'Content-Type: application/x-www-form-urlencoded';
      socket.write([...head, type, 'Sec-Fetch-Site: same-origin', '', ''].join('\r\n'), () =>
        resolve(),
      );
    });
    socket.on('error', () => undefined);
    held.push(socket);
  });
}

const FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
};
const send = (path: string) =>
  ask(page.url + path, { method: 'POST', headers: FORM, body: 'token=guess' });

test('D12: the 51st form of a client is sent away at once, readers apart', async () => {
  await Promise.all(Array.from({ length: 50 }, () => holdForm('/en/subscribe')));
  await expect.poll(async () => (await send('/en/subscribe')).status).toBe(429);
  const refused = await send('/en/subscribe');
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '5']);
  expect(JSON.parse(refused.text).detail).toContain('Nothing of this was read');
  // Reading goes on, and administrators have room of their own.
  expect((await ask(`${page.url}/en/subscribe`)).status).toBe(200);
  expect((await send('/admin/en/sign-in')).status).toBe(401);

  for (const socket of held.splice(0)) socket.destroy();
  await expect.poll(async () => (await send('/en/subscribe')).status).toBe(422);
});

test('D12: forms without a body, of however many clients, keep no administrator out', async () => {
  const clients = Array.from({ length: 11 }, (_, n) => `127.0.1.${n + 1}`);
  for (const client of clients)
    await Promise.all(Array.from({ length: 50 }, () => holdForm('/admin/en/sign-in', client)));
  expect((await send('/admin/en/sign-in')).status).toBe(429);
  // Whoever has not sent its body within a second gives way.
  page.clock.set(page.clock.now() + 2 * SECOND);
  await expect.poll(async () => (await send('/admin/en/sign-in')).status).toBe(401);
  expect((await send('/admin/en/sign-in')).status).toBe(401);
});

test('D12: of what the API computes a client has four at once, the others a time', async () => {
  const { reader } = page.site;
  const release = Promise.withResolvers<void>();
  const { transitions } = reader;
  reader.transitions = async (...query) => {
    await release.promise;
    return transitions(...query);
  };
  const sent = Array.from({ length: 10 }, () => ask(page.url + HISTORY));
  const refused = await Promise.race(sent);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '5']);
  expect((await ask(`${page.url}/api/v1/maintenances`)).status).toBe(401);
  release.resolve();
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([...Array(4).fill(200), ...Array(6).fill(429)]);
  await expect.poll(async () => (await ask(page.url + HISTORY)).status).toBe(200);
});
