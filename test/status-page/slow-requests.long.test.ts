import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { usePage } from './use-page.ts';

const page = usePage({ once: true });

const HEAD = 'POST /en/subscribe HTTP/1.1\r\nHost: localhost\r\n';
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n';

/** Sends `begin`, then a letter every second; resolves to the answer and the seconds it took. */
function drip(begin: string, letter: string): Promise<[answer: string, seconds: number]> {
  const { hostname, port } = new URL(page.url);
  const began = performance.now();
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(begin));
    const dripping = setInterval(() => socket.write(letter), 1_000);
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(dripping);
      resolve([answer, (performance.now() - began) / 1_000]);
    });
  });
}

describe('D14: a request that comes a letter a second', () => {
  test.concurrent.each([
    ['its head', HEAD, 'x'],
    ['its body', `${HEAD}${FORM}Content-Length: 1000\r\n\r\n`, 'x'],
    ['its body in chunks', `${HEAD}${FORM}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
    ['nothing at all', '', ''],
  ])('%s, is ended after 30 s', async (_, begin, letter) => {
    const [answer, seconds] = await drip(begin, letter);
    expect(answer === '' ? 408 : Number(answer.split(' ')[1])).toBe(408);
    expect(seconds).toBeGreaterThan(29);
    expect(seconds).toBeLessThan(45);
  });
});
