import { afterEach, expect, test } from 'vitest';
import { domainExpiry } from '../../probes/domain-expiry.ts';
import { closeServers, serve } from './odd-exchange.ts';
import { exchangeFor, PATIENT_MS } from './raw-server.ts';

afterEach(closeServers);

/**
 * The entry of example.com at its registry, rdap.verisign.com, as of 2026 and shortened: members as
 * in RFC 9083, section 5.3.
 */
const ENTRY = {
  objectClassName: 'domain',
  handle: '2336799_DOMAIN_COM-VRSN',
  ldhName: 'EXAMPLE.COM',
  status: ['client delete prohibited'],
  events: [
    { eventAction: 'registration', eventDate: '1995-08-14T04:00:00Z' },
    { eventAction: 'expiration', eventDate: '2027-08-13T04:00:00Z' },
    { eventAction: 'last update of RDAP database', eventDate: '2026-11-20T08:12:44Z' },
  ],
};

async function asked(body: string, status = 200) {
  const head = `HTTP/1.1 ${status} Said\r\ncontent-type: application/rdap+json\r\n`;
  const length = Buffer.byteLength(body);
  const server = await serve((socket) =>
    socket.end(`${head}content-length: ${length}\r\n\r\n${body}`),
  );
  const rdap = `${server.url}/com/v1/domain/example.com`;
  const said = await domainExpiry(exchangeFor(PATIENT_MS), { name: 'example.com', rdap });
  return { said, received: server.received };
}

test('the date of expiration of the entry of a registry', async () => {
  const { said, received } = await asked(JSON.stringify(ENTRY));
  expect(said).toEqual({ ok: true, value: Date.UTC(2027, 7, 13, 4) });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(/^GET \/com\/v1\/domain\/example\.com HTTP\/1\.1\r\n/);
  expect(received[0]).toMatch(/\r\naccept: application\/rdap\+json/i);
});

const without = (events: unknown) => JSON.stringify({ ...ENTRY, events });
test.each([
  ['no such domain', '{"errorCode":404}', 404, 'http_status'],
  ['too many questions', '{"errorCode":429}', 429, 'http_status'],
  ['a page', '<title>RDAP</title>', 200, 'unexpected_answer'],
  ['a list', '[]', 200, 'unexpected_answer'],
  ['another domain', JSON.stringify({ ...ENTRY, ldhName: 'other.com' }), 200, 'unexpected_answer'],
  ['no name', JSON.stringify({ events: ENTRY.events }), 200, 'unexpected_answer'],
  ['no events', without(undefined), 200, 'unexpected_answer'],
  ['no date', without([{ eventAction: 'expiration' }, null]), 200, 'unexpected_answer'],
  [
    'a date that is none',
    without([{ eventAction: 'expiration', eventDate: 'soon' }]),
    200,
    'unexpected_answer',
  ],
  ['more than is read', JSON.stringify({ ...ENTRY, x: 'x'.repeat(300_000) }), 200, 'probe_error'],
])('says nothing: %s', async (_, body, status, reason) => {
  expect((await asked(body, status)).said).toMatchObject({ ok: false, failure: { reason } });
});
