import { afterEach, describe, expect, test } from 'vitest';
import { createHeadReader, type FinalHead } from '../../probes/exchange/http/head-reader.ts';
import { cpuMsOf } from '../cpu-time.ts';
import { closeServers, HELLO, serve } from './odd-exchange.ts';
import { drip, exchangeFor, get, PATIENT_MS } from './raw-server.ts';

afterEach(closeServers);

/** What an exchange makes of these bytes. */
async function answerTo(bytes: string, closes = true) {
  const server = await serve((socket) => {
    if (closes) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  });
  // Long enough for the longest of them on a busy machine.
  return await exchangeFor(PATIENT_MS).send(get(server.url));
}

const OK = 'HTTP/1.1 200 OK';
const LENGTH = 'Content-Length: 5';
/** A head with these lines and `hello`. */
const hello = (...lines: string[]) => `${[OK, ...lines, LENGTH].join('\r\n')}\r\n\r\nhello`;

/** Every expectation here is what Chromium 156 was seen to do. */
describe('a head is read', () => {
  test.for<[string, string]>([
    ['whose lines end by LF (R8)', `${OK}\n${LENGTH}\n\nhello`],
    ['whose lines end by either (R8)', `${OK}\r\nX-A: b\n${LENGTH}\r\n\nhello`],
    ['with a folded line (R9)', hello('X-Long: a\r\n  b')],
    ['that begins with a folded line (R9)', hello(' continued: nothing')],
    ['with control characters in values (R9)', hello('X-A: a\x01b', 'X-B: a\x7fb')],
    ['with a bare CR in a value', hello('X-Powered-By: ASP\r.NET')],
    ['with a blank before a colon', `${OK}\r\nContent-Length : 5\r\n\r\nhello`],
    ['with a blank in a name', hello('X Powered By: a')],
    ['without a name, and without a colon', hello(': nameless', 'nonsense')],
    ['with bytes outside ASCII in names and values', hello('\xe6\x9c\x8d: a', 'Server: \xcb\xb0')],
    ['that says its status twice', hello(OK)],
    ['with two blanks before the status', hello().replace(' 200', '  200')],
    ['in small letters', hello().replace('HTTP', 'http')],
    ['of HTTP/1.0, 1.2 or 2.0', hello().replace('1.1', '1.2')],
    ['without a reason', hello().replace(' OK', '')],
    ['without a status', hello().replace(' 200 OK', '')],
    ['behind a byte order mark', `\xef\xbb\xbf${hello()}`],
    ['behind empty lines', `\r\n\r\n${hello()}`],
    ['with its length twice', hello(LENGTH)],
    ['with its length as a list', hello().replace(': 5', ': 5, 5')],
    ['with a length that is no number', hello().replace(': 5', ': +5')],
    ['with a length below nothing', hello().replace(': 5', ': -1')],
    ['without a length', `${OK}\r\n\r\nhello`],
    ['behind 100, 102 and 103', `${'HTTP/1.1 103 E\r\nX: y\r\n\r\n'.repeat(3)}${hello()}`],
    ['with 20 kB of cookies (R10)', hello(...Array(5).fill(`Set-Cookie: a=${'x'.repeat(4_000)}`))],
    ['of 250 kB (R10)', hello(`X-Huge: ${'x'.repeat(250_000)}`)],
    ['of 3,000 lines', hello(...Array.from({ length: 3_000 }, (_, n) => `X-${n}: ${n}`))],
  ])('%s', async ([, bytes]) => {
    const attempt = await answerTo(bytes);
    expect(attempt.ok && attempt.value.status).toBe(200);
    expect(attempt.ok && attempt.value.body.toString()).toBe('hello');
  });

  test('to its end, in any pieces', async () => {
    const server = await serve((socket) => drip(socket, `HTTP/1.1 103 E\r\n\r\n${HELLO}`, 2));
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt).toHaveProperty('value.body', Buffer.from('hello'));
  });

  test('in linear time, whatever the pieces', () => {
    const heads = createHeadReader(new URL('http://127.0.0.1:8080/'));
    const bytes = Buffer.from(hello(`X-Huge: ${'x'.repeat(250_000)}`));
    const finals: FinalHead[] = [];
    const cpu_ms = cpuMsOf(() => {
      for (let at = 0; finals.length === 0; at += 1)
        finals.push(...[heads.take(bytes.subarray(at, at + 1))].filter((it) => it !== null));
    });
    // 30 GB were copied when every byte copied all before it: 5 s and more.
    expect(cpu_ms).toBeLessThan(1_500);
    expect(finals[0]?.head.lines.map(({ name }) => name)).toEqual(['x-huge', 'content-length']);
  });

  test('whose last line counts after more than a thousand', async () => {
    const lines = Array.from({ length: 2_500 }, (_, n) => `X-${n}: ${n}`);
    const attempt = await answerTo(hello(...lines), false);
    expect(attempt.ok && attempt.value.content_length).toBe(5);
    expect(attempt.ok && attempt.value.headers['x-2499']).toBe('2499');
  });
});

test('a status too long for a number is the largest', async () => {
  const attempt = await answerTo(hello().replace('200', '9'.repeat(400)));
  expect(attempt).toMatchObject({ ok: true, value: { status: 2_147_483_647 } });
});

describe('a head is refused, as browsers refuse it,', () => {
  test.for<[string, string]>([
    ['with a NUL', hello('X-A: a\0b')],
    ['with lengths that differ', hello('Content-Length: 4')],
    ['with a length beside an empty one', hello().replace(': 5', ': ,5')],
    ['with lengths that differ in zeros', hello().replace(': 5', ': 5, 05')],
    ['with dispositions that differ', hello('Content-Disposition: attachment; filename=a,b.pdf')],
    ['over 256 kB', hello(`X-Huge: ${'x'.repeat(300_000)}`)],
    ['behind much junk', `Warning: include()\n${hello()}`],
    ['that is none', '<html>hello</html>'],
  ])('%s', async ([, bytes]) => {
    expect(await answerTo(bytes)).toMatchObject({
      failure: { outcome: 'network', reason: 'protocol_error' },
    });
  });
});

describe('a body is read', () => {
  const chunked = (...parts: string[]) =>
    `${OK}\r\nTransfer-Encoding: chunked\r\n\r\n${parts.join('')}`;
  const LAST = '0\r\n\r\n';

  test.for<[string, string]>([
    [
      'by chunks rather than a length (R9)',
      hello('Transfer-Encoding: chunked').replace('hello', `5\r\nhello\r\n${LAST}`),
    ],
    ['by chunks that end by LF', chunked('5\nhello\n0\n\n')],
    ['by padded chunk sizes with extensions', chunked('0005  ;a="b"\r\nhello\r\n0 \r\n\r\n')],
    ['by chunks with trailers', chunked('5\r\nhello\r\n0\r\nX-A: b\r\n\r\n')],
    ['by chunks of one byte', chunked(...[...'hello'].map((it) => `1\r\n${it}\r\n`), LAST)],
    ['whatever follows the last chunk', chunked(`5\r\nhello\r\n${LAST}more`)],
    ['whatever follows its length', `${hello()} and more`],
    ['of a transfer coding that nobody knows', hello('Transfer-Encoding: x-own')],
  ])('%s', async ([, bytes]) => {
    const attempt = await answerTo(bytes);
    expect(attempt).toMatchObject({ ok: true, value: { complete: true } });
    expect(attempt.ok && attempt.value.body.toString()).toBe('hello');
  });

  test('of HTTP/1.0 as it is, chunked or not', async () => {
    const attempt = await answerTo(chunked(`5\r\nhello\r\n${LAST}`).replace('1.1', '1.0'));
    expect(attempt.ok && attempt.value.body.toString()).toBe(`5\r\nhello\r\n${LAST}`);
  });

  test.for<[string, string]>([
    ['before its length', hello().slice(0, -2)],
    ['within a chunk', chunked('9\r\nhello')],
    ['before the last chunk', chunked('5\r\nhello\r\n')],
    ['before the line after the last chunk', chunked('5\r\nhello\r\n0\r\n')],
  ])('that ends %s is not complete', async ([, bytes]) => {
    expect(await answerTo(bytes)).toMatchObject({ ok: true, value: { complete: false } });
  });

  test.for(['zz\r\nhello', ' 5\r\nhello\r\n', '0x5\r\nhello\r\n', '3\r\nhello\r\n'])(
    'and the chunks "%j" are refused',
    async (parts) => {
      expect(await answerTo(chunked(parts, LAST))).toMatchObject({
        failure: { outcome: 'network', reason: 'protocol_error' },
      });
    },
  );

  const extended = `1;a=${'b'.repeat(85)}\r\nx\r\n`;
  const trailer = `X-A: ${'b'.repeat(994)}\r\n`;

  test.for<[string, string, boolean]>([
    ['200 kB of extensions', chunked(extended.repeat(2_700), LAST), true],
    ['400 kB of them', chunked(extended.repeat(5_400), LAST), false],
    ['250 kB of trailers', chunked('1\r\nx\r\n0\r\n', trailer.repeat(250), '\r\n'), true],
    ['300 kB of them', chunked('1\r\nx\r\n0\r\n', trailer.repeat(300), '\r\n'), false],
  ])('and with %s: to 256 kB', async ([, bytes, is_read]) => {
    const invalid = { outcome: 'network', reason: 'protocol_error' };
    const expected = is_read ? { value: { complete: true } } : { failure: invalid };
    expect(await answerTo(bytes)).toMatchObject(expected);
  });

  test.for([204, 205, 304])('of a %i there is none', async (status) => {
    const attempt = await answerTo(`HTTP/1.1 ${status} No\r\nContent-Length: 5\r\n\r\n`, false);
    expect(attempt).toMatchObject({ ok: true, value: { status, complete: true } });
  });

  test('in so many pieces that a list of them would be long', async () => {
    const body = 'x'.repeat(400_000);
    const before = process.memoryUsage().rss;
    const attempt = await answerTo(chunked('1\r\nx\r\n'.repeat(body.length), LAST));
    expect(attempt.ok && attempt.value.body.toString()).toBe(body);
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });

  test('up to its limit, and no further', async () => {
    for (const bytes of [hello(), chunked(`5\r\nhello\r\n${LAST}`), `${OK}\r\n\r\nhello`]) {
      const server = await serve((socket) => socket.end(bytes));
      const attempt = await exchangeFor(PATIENT_MS).send(get(server.url, 3));
      expect(attempt).toMatchObject({ ok: true, value: { complete: true, over_limit: true } });
      expect(attempt.ok && attempt.value.body.toString()).toBe('hel');
      const whole = await exchangeFor(PATIENT_MS).send(get(server.url, 5));
      expect(whole).toMatchObject({ ok: true, value: { over_limit: false } });
    }
  });
});

test('headers of the same name: the last type, the first location, all cookies', async () => {
  const attempt = await answerTo(
    hello(
      'Content-Type: text/plain',
      'Content-Type: text/html',
      'Location: ',
      'Set-Cookie: a=1, b',
      'Set-Cookie: c=2',
      'Vary: a',
      'vary: b',
    ),
  );
  expect(attempt.ok && { ...attempt.value.headers }).toEqual({
    'content-type': 'text/html',
    location: '',
    'set-cookie': ['a=1, b', 'c=2'],
    vary: 'a, b',
    'content-length': '5',
  });
});
