import { afterEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../model/proof.ts';
import { isByDates } from '../../probes/exchange/errors.ts';
import { failed } from '../../probes/exchange/failure.ts';
import { rememberDates } from '../../probes/line/proof/dates.ts';
import { bad, good } from '../../probes/probe.ts';
import { openStage } from '../field/servers/stage.ts';
import { createRandom } from '../random.ts';
import { selfSigned } from './certificates.ts';
import { exchangeFor, get, PATIENT_MS } from './raw-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-11-02T10:00:00Z');

function remember() {
  let monotonic = 1_000_000;
  let offset = NOW - monotonic;
  const dates = rememberDates({ now: () => monotonic + offset, monotonic: () => monotonic });
  const contact = (host: string, own: Partial<Contact>): Contact => ({
    host,
    address: null,
    reach: 'answered',
    resolver_differs: false,
    ...own,
  });
  return {
    dates,
    ahead: (host: string, clock_ahead_ms: number) => dates.note(contact(host, { clock_ahead_ms })),
    invalid: (host: string) => dates.note(contact(host, { by_dates: true })),
    witnesses: () => dates.witnesses(contact('fp.sick.com', { by_dates: true })),
    later: (ms: number) => (monotonic += ms),
    set: (ms: number) => (offset += ms),
  };
}

describe('what other hosts say of the time', () => {
  test.each([
    [0, { agreeing: 1, differing: 0 }],
    [MINUTE, { agreeing: 1, differing: 0 }],
    [MINUTE + 1, { agreeing: 0, differing: 1 }],
    [-MINUTE - 1, { agreeing: 0, differing: 1 }],
    [5 * 365 * 24 * HOUR, { agreeing: 0, differing: 1 }],
  ])('one whose clock is %d ms behind ours', (ahead_ms, found) => {
    const it = remember();
    it.ahead('a.com', ahead_ms);
    expect(it.witnesses()).toMatchObject(found);
  });

  test('of a hundred hosts it is known what they said, the last ones', () => {
    const it = remember();
    it.invalid('first.com');
    for (let n = 1; n < 100; n += 1) it.ahead(`h${n}.com`, 0);
    expect(it.witnesses()).toMatchObject({ agreeing: 99, invalid: 1 });
    it.ahead('one-more.com', 0);
    expect(it.witnesses()).toMatchObject({ agreeing: 100, invalid: 0 });
  });

  test('of each owner one counts', () => {
    const it = remember();
    for (const host of ['a.com', 'b.a.com']) it.ahead(host, 0);
    it.invalid('x.b.com');
    it.invalid('y.b.com');
    expect(it.witnesses()).toEqual({ agreeing: 1, differing: 0, invalid: 1 });
  });

  test('other hosts of the failing owner say once that our clock is right, no more', () => {
    const it = remember();
    it.ahead('fp.sick.com', 0);
    expect(it.witnesses()).toMatchObject({ agreeing: 0 });
    for (const host of ['sick.com', 'www.sick.com']) it.ahead(host, 0);
    expect(it.witnesses()).toEqual({ agreeing: 1, differing: 0, invalid: 0 });
    for (const host of ['sick.com', 'www.sick.com']) it.ahead(host, HOUR);
    it.invalid('x.sick.com');
    expect(it.witnesses()).toEqual({ agreeing: 0, differing: 0, invalid: 0 });
  });

  test('those that differ each in its own way say no more than one', () => {
    const it = remember();
    it.ahead('a.com', 0);
    for (const [n, host] of ['b.com', 'c.com', 'd.com'].entries())
      it.ahead(host, (n + 1) * 7 * MINUTE);
    expect(it.witnesses()).toMatchObject({ agreeing: 1, differing: 1 });
    it.ahead('e.com', 7 * MINUTE);
    expect(it.witnesses()).toMatchObject({ agreeing: 1, differing: 2 });
  });

  test('until our clock is set, and for an hour', () => {
    const it = remember();
    it.ahead('a.com', 0);
    it.later(HOUR);
    expect(it.witnesses()).toMatchObject({ agreeing: 1 });
    it.set(1_001);
    expect(it.witnesses()).toMatchObject({ agreeing: 0, differing: 0 });
    it.ahead('a.com', 0);
    it.later(HOUR + 1);
    expect(it.witnesses()).toMatchObject({ agreeing: 0, differing: 0 });
  });

  test('several that differ alike say by how much; one, or each otherwise, says nothing', () => {
    const it = remember();
    expect(it.dates.aheadMs()).toBeNull();
    it.ahead('a.com', HOUR);
    it.ahead('b.a.com', HOUR);
    expect(it.dates.aheadMs()).toBeNull();
    it.ahead('b.com', -HOUR);
    expect(it.dates.aheadMs()).toBeNull();
    it.ahead('b.com', HOUR + 2_000);
    expect(it.dates.aheadMs()).toBeGreaterThanOrEqual(HOUR);
    for (const host of ['c.com', 'd.com', 'e.com']) it.ahead(host, 0);
    expect(it.dates.aheadMs()).toBe(0);
  });
});

/** How far some clocks say that ours is ahead, and whether that is off by a zone of the world. */
describe('local time that is called GMT', () => {
  test.each([
    [-8 * HOUR, true],
    [-8 * HOUR + MINUTE, true],
    [-8 * HOUR + MINUTE + 1, false],
    [5.5 * HOUR, true],
    [5.75 * HOUR, true],
    [14 * HOUR, true],
    [15 * HOUR, false],
    [7 * MINUTE, false],
    [2 * MINUTE, false],
    [365 * 24 * HOUR, false],
  ])('%d ms behind, said alike by two owners, against one that has our time', (ahead_ms, off) => {
    const it = remember();
    for (let n = 0; n < 30; n += 1) it.ahead(`etax${n}.chinatax.gov.cn`, 0);
    it.ahead('a.com', ahead_ms);
    it.ahead('b.com', ahead_ms);
    expect(it.witnesses()).toMatchObject({ agreeing: 1, differing: off ? 0 : 2 });
    expect(it.dates.aheadMs()).toBe(off ? null : ahead_ms);
  });

  test('is ours where nobody has our time', () => {
    const it = remember();
    it.ahead('a.com', -8 * HOUR);
    it.ahead('b.com', -8 * HOUR + 500);
    expect(it.witnesses()).toMatchObject({ agreeing: 0, differing: 2 });
    expect(it.dates.aheadMs()).toBeLessThanOrEqual(-8 * HOUR + 500);
  });
});

/** Against counting by hand, pair by pair. */
test('those that say the same are found among many', () => {
  const random = createRandom(20261127);
  for (let round = 0; round < 200; round += 1) {
    const it = remember();
    const said = Array.from({ length: 1 + Math.floor(random() * 12) }, () => ({
      owner: `${'abcdefgh'[Math.floor(random() * 8)]}.com`,
      ahead_ms: (2 + Math.floor(random() * 8)) * 40_000 + 40_000,
    }));
    for (const [n, { owner, ahead_ms }] of said.entries()) it.ahead(`h${n}.${owner}`, ahead_ms);
    const counts = said.map(({ ahead_ms }) => {
      const near = said.filter((other) => Math.abs(other.ahead_ms - ahead_ms) <= MINUTE);
      return new Set(near.map(({ owner }) => owner)).size;
    });
    expect(it.witnesses().differing).toBe(Math.max(...counts));
  }
});

describe('what is wrong with a certificate', () => {
  /** The words of OpenSSL (x509_vfy.h), as Node has them, and our own. */
  test.each([
    ['CERT_HAS_EXPIRED', true],
    ['CERT_NOT_YET_VALID', true],
    ['no way to a known root', false],
    ['no certificate', false],
    ['HOSTNAME_MISMATCH', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
    ['INVALID_PURPOSE', false],
    ['INVALID_CA', false],
    ['CERT_REVOKED', false],
    ['CERT_UNTRUSTED', false],
    ['CERT_REJECTED', false],
    ['PATH_LENGTH_EXCEEDED', false],
  ])('%s may be our clock: %s', (detail, is_by_dates) => {
    expect(isByDates(failed('network', 'certificate_invalid', detail).failure)).toBe(is_by_dates);
  });
});

describe('of a run', () => {
  const stage = openStage();
  afterEach(() => stage.clear());

  test.each([
    ['Mon, 02 Nov 2026 10:00:00 GMT', '', 0],
    ['Mon, 02 Nov 2026 09:00:00 GMT', 'Age: 3600\r\n', 0],
    ['Mon, 02 Nov 2026 09:00:00 GMT', '', HOUR],
    ['yesterday', '', undefined],
    ['Mon, 02 Nov 2026 10:00:00', '', undefined],
    ['2026-11-02 10:00:00', '', undefined],
    ['Mon, 02 Nov 2026 18:00:00 CST', '', undefined],
  ])('that was answered with Date: %s %s', async (date, more, ahead_ms) => {
    const head = `HTTP/1.1 200 OK\r\nDate: ${date}\r\n${more}Content-Length: 0\r\n\r\n`;
    const at = await stage.sockets((socket) => socket.once('data', () => socket.end(head)));
    const clock = { now: () => NOW, monotonic: () => performance.now() };
    const exchange = exchangeFor(PATIENT_MS, { clock });
    await exchange.send(get(`http://${at}/`));
    expect(good(exchange).contact?.clock_ahead_ms).toBe(ahead_ms);
  });

  test('whose certificate has expired, but not of one with another name', async () => {
    const expired = selfSigned(new Date('2021-01-01T00:00:00Z'));
    const valid = selfSigned(new Date('2099-01-01T00:00:00Z'));
    for (const [pair, name, is_by_dates] of [
      [expired, '127.0.0.1', true],
      [valid, 'x.localhost', undefined],
    ] as const) {
      const url = await stage.secure(pair, Buffer.alloc(0), name);
      const exchange = exchangeFor(PATIENT_MS, { ca: pair.cert });
      const sent = await exchange.send(get(url));
      if (sent.ok) throw new Error('accepted');
      expect(sent.failure.reason).toBe('certificate_invalid');
      expect(bad(exchange, sent.failure).contact?.by_dates).toBe(is_by_dates);
    }
  });
});
