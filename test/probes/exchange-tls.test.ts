import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type CertificateWish,
  ecKey,
  type Issued,
  issue,
  keyPem,
  pem,
  rsaKey,
} from '../field/servers/authority.ts';
import { openStage } from '../field/servers/stage.ts';
import { issuedChain, selfSigned } from './certificates.ts';
import { closeServers, HELLO, serve } from './odd-exchange.ts';
import { exchangeFor, get, PATIENT_MS } from './raw-server.ts';

const stage = openStage();
afterEach(async () => {
  await closeServers();
  await stage.clear();
});

const expires_at = new Date('2049-06-30T00:00:00Z');

describe('a certificate', () => {
  test('nobody vouches for is refused', async () => {
    const server = await serve((socket) => socket.end(HELLO), selfSigned(expires_at));
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'certificate_invalid' },
    });
    expect(server.received).toHaveLength(0);
  });

  test('of an authority that is named is taken and its expiry recorded (R14)', async () => {
    const pair = selfSigned(expires_at);
    const server = await serve((socket) => socket.end(HELLO), pair);
    const exchange = exchangeFor(PATIENT_MS, { ca: pair.cert });
    expect(await exchange.send(get(server.url))).toMatchObject({ ok: true });
    expect(exchange.observed.certificate_expires_at).toBe(expires_at.getTime());
    expect(exchange.observed.phases.tls).toBeGreaterThan(0);
    expect(exchange.observed.notes.size).toBe(0);
  });

  test('of a chain: the earliest expiry is recorded, over all exchanges of a run', async () => {
    const authority_expires_at = new Date('2031-01-01T00:00:00Z');
    const chain = issuedChain(expires_at, authority_expires_at);
    const long = selfSigned(expires_at);
    const exchange = exchangeFor(PATIENT_MS, { ca: chain.root + long.cert });
    for (const tls of [chain, long]) {
      const server = await serve((socket) => socket.end(HELLO), tls);
      expect(await exchange.send(get(server.url))).toMatchObject({ ok: true });
    }
    expect(exchange.observed.certificate_expires_at).toBe(authority_expires_at.getTime());
  });

  test('that has expired is refused', async () => {
    const expired = selfSigned(new Date('2021-01-01T00:00:00Z'));
    const server = await serve((socket) => socket.end(HELLO), expired);
    expect(await exchangeFor(PATIENT_MS, { ca: expired.cert }).send(get(server.url))).toMatchObject(
      {
        failure: { outcome: 'network', reason: 'certificate_invalid', detail: 'CERT_HAS_EXPIRED' },
      },
    );
  });

  test.for([
    [['localhost'], '127.0.0.1', false],
    [['127.0.0.1'], 'localhost', false],
    [['127.0.0.2'], '127.0.0.1', false],
    [['*.localhost', 'localhost'], 'localhost', true],
    [['127.0.0.1'], '127.0.0.1', true],
  ] as const)('for %s at %s is taken: %s', async ([names, host, is_taken]) => {
    const url = await secure(issue({ name: host, names }, root));
    const done = await reached(url.replace('127.0.0.1', host));
    expect(done).toMatchObject(is_taken ? { ok: true } : refused('certificate_invalid'));
  });
});

const root = issue({ name: 'Exchange TEST root', key: rsaKey(2_048), authority: true });
const NAMES = ['127.0.0.1', 'localhost'];

/** A server of this chain, whose root is trusted. */
async function secure(first: Issued, ...others: readonly Issued[]): Promise<string> {
  const tls = { key: keyPem(first), cert: pem(first, ...others) };
  return await stage.secure(tls, Buffer.from(HELLO));
}

/** What an exchange with a server makes of it, and what it notes. */
async function reached(url: string, more: Parameters<typeof exchangeFor>[1] = {}) {
  const exchange = exchangeFor(PATIENT_MS, { ca: pem(root), fills_in_intermediate: true, ...more });
  const attempt = await exchange.send(get(url));
  const { notes, phases } = exchange.observed;
  return { ...attempt, notes: [...notes], phases };
}

const refused = (reason: string) => ({ ok: false, failure: { outcome: 'network', reason } });

describe('R12: what Chromium thinks of weak cryptography', () => {
  const own = (wish: CertificateWish, issuer = root) =>
    issue({ name: 'Exchange TEST', names: NAMES, ...wish }, issuer);

  test('a key of 1,024 bits is read and noted', async () => {
    const url = await secure(own({ key: rsaKey(1_024) }));
    expect(await reached(url)).toMatchObject({ ok: true, notes: ['weak_key'] });
  });

  test('a shorter key is refused', async () => {
    expect(await reached(await secure(own({ key: rsaKey(768) })))).toMatchObject(
      refused('browser_refuses'),
    );
  });

  test('signatures of SHA-1 are refused, in the own certificate and above it', async () => {
    const middle = issue({ name: 'Old', digest: 'sha1', authority: true }, root);
    for (const url of [
      await secure(own({ digest: 'sha1' })),
      await secure(own({}, middle), middle),
    ]) {
      expect(await reached(url)).toMatchObject(refused('browser_refuses'));
    }
  });

  test('the own signature of a root means nothing, as itself or in an older form', async () => {
    const wish = { name: 'Exchange TEST root', key: root.key, digest: 'sha1' } as const;
    const older = issue({ ...wish, authority: true });
    const crossed = issue(
      { ...wish, authority: true },
      issue({ name: 'Ancient', authority: true }),
    );
    for (const shown of [older, crossed]) {
      expect(await reached(await secure(own({}), shown))).toMatchObject({ ok: true, notes: [] });
    }
  });

  test('Diffie-Hellman alone is refused, and so is a server of TLS 1.1', async () => {
    const first = own({ key: rsaKey(2_048) });
    const tls = { key: keyPem(first), cert: pem(first) };
    const dh = { ...tls, maxVersion: 'TLSv1.2', dhparam: 'auto' } as const;
    const old = { ...tls, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    for (const options of [{ ...dh, ciphers: 'DHE-RSA-AES128-GCM-SHA256' }, old]) {
      const url = await stage.secure(options, Buffer.from(HELLO));
      expect(await reached(url)).toMatchObject(refused('browser_refuses'));
    }
  });

  test('a name only among the common names is none', async () => {
    const url = await secure(issue({ name: '127.0.0.1' }, root));
    expect(await reached(url)).toMatchObject(refused('certificate_invalid'));
  });

  test('a key is used only for what its certificate allows', async () => {
    const encrypts = own({ key: rsaKey(2_048), key_usage: 0x20 });
    const signs = own({ key: rsaKey(2_048), key_usage: 0x80 });
    expect(await reached(await secure(encrypts))).toMatchObject(refused('browser_refuses'));
    expect(await reached(await secure(signs))).toMatchObject({ ok: true, notes: [] });
  });

  test('what reads like a use of the key in a name is none', async () => {
    // The bytes of a key usage extension: exchange of keys only.
    const name = '\x06\x03U\x1d\x0f\x04\x04\x03\x02\x05 ';
    const key = rsaKey(2_048);
    const says_nothing = own({ key, name });
    expect(await reached(await secure(says_nothing))).toMatchObject({ ok: true, notes: [] });
    const signs = own({ key, name, key_usage: 0x80 });
    expect(await reached(await secure(signs))).toMatchObject({ ok: true, notes: [] });
  });
});

describe('R13: an intermediate certificate that is missing', () => {
  /** A shelf with the intermediate's file, and a server that leaves the intermediate out. */
  async function leavingOut(file: (middle: Issued) => Buffer, wish: CertificateWish = {}) {
    const fetched: string[] = [];
    const middle = issue({ name: `Middle ${Math.random()}`, authority: true, ...wish }, root);
    const shelf = await stage.plain((request) => {
      fetched.push(request);
      const body = file(middle);
      return Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`),
        body,
      ]);
    });
    const issuer_at = `${shelf}/ca.cer`;
    const first = issue({ name: 'Exchange TEST', names: NAMES, issuer_at }, middle);
    return { url: await secure(first), fetched, middle, first };
  }

  const der = ({ cert }: Issued) => cert;

  test('is fetched, verified and noted by reach; once for all runs', async () => {
    const { url, fetched } = await leavingOut(der);
    for (let run = 0; run < 3; run += 1) {
      const done = await reached(url);
      expect(done).toMatchObject({ ok: true, notes: ['missing_intermediate'] });
      expect(Object.keys(done.phases)).toEqual(['connect', 'tls', 'processing', 'transfer']);
    }
    expect(fetched).toHaveLength(1);
    expect(fetched[0]).toMatch(/^User-Agent: Piaokuang/m);
  });

  test('is a failure elsewhere, where programs would fail too', async () => {
    const { url } = await leavingOut(der);
    for (let run = 0; run < 2; run += 1) {
      expect(await reached(url, { fills_in_intermediate: false })).toMatchObject(
        refused('certificate_incomplete'),
      );
    }
  });

  test('is no longer noted once the server shows it', async () => {
    const { url, middle, first } = await leavingOut(der);
    expect(await reached(url)).toMatchObject({ notes: ['missing_intermediate'] });
    await stage.clear();
    const port = Number(new URL(url).port);
    const mended = await secure(first, middle);
    expect(port).not.toBe(Number(new URL(mended).port));
    expect(await reached(mended)).toMatchObject({ ok: true, notes: [] });
  });

  test.for([
    ['PEM', (middle: Issued) => Buffer.from(pem(middle))],
    ['a bundle (PKCS #7)', bundleOf],
  ] as const)('may be %s', async ([, file]) => {
    const { url } = await leavingOut(file);
    expect(await reached(url)).toMatchObject({ ok: true, notes: ['missing_intermediate'] });
  });

  test.for([
    ['a page', () => Buffer.from('<html>'), {}],
    ['another of that name', () => issue({ name: 'Middle', authority: true }).cert, {}],
    ['longer than any certificate', () => Buffer.alloc(100_000, 'x'), {}],
    ['expired', der, { not_after: new Date('2026-01-01T00:00:00Z') }],
    ['no authority', der, { authority: false }],
  ] as const)('that is %s does not help', async ([, file, wish]) => {
    const { url } = await leavingOut(file, wish);
    expect(await reached(url)).toMatchObject(refused('certificate_invalid'));
  });

  test('is never taken for a root', async () => {
    const false_root = issue({ name: 'False root', authority: true });
    const shelf = await stage.plain(
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), false_root.cert]),
    );
    const first = issue({ names: NAMES, issuer_at: `${shelf}/ca.cer` }, false_root);
    expect(await reached(await secure(first))).toMatchObject(refused('certificate_invalid'));
  });

  test('signed with SHA-1 is refused as browsers refuse it', async () => {
    const { url } = await leavingOut(der, { digest: 'sha1' });
    expect(await reached(url)).toMatchObject(refused('browser_refuses'));
  });

  test('does not make us wait for ever', async () => {
    const shelf = await stage.sockets(() => {});
    const middle = issue({ name: 'Silent middle', authority: true }, root);
    const first = issue({ names: NAMES, issuer_at: `http://${shelf}/ca.cer` }, middle);
    const url = await secure(first);
    expect(await reached(url, { deadline_ms: 600 })).toMatchObject({
      failure: { outcome: 'timeout', reason: 'timeout_tls' },
    });
  });
});

/** SignedData (RFC 5652) with a certificate and nothing else, as authorities offer it (.p7c). */
function bundleOf({ cert }: Issued): Buffer {
  const part = (tag: number, ...content: Buffer[]) => {
    const body = Buffer.concat(content);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(body.length);
    return Buffer.concat([Buffer.from([tag, 0x82]), length, body]);
  };
  const data = Buffer.from('06092a864886f70d010701', 'hex');
  const signed_data = Buffer.from('06092a864886f70d010702', 'hex');
  const version = Buffer.from('020101', 'hex');
  const nothing = part(0x31);
  const signed = part(0x30, version, nothing, part(0x30, data), part(0xa0, cert), nothing);
  return part(0x30, signed_data, part(0xa0, signed));
}

test('R14: an authority may be named that is below a root', async () => {
  const middle = issue({ name: 'Company', key: ecKey(), authority: true }, root);
  const url = await secure(issue({ names: NAMES }, middle));
  expect(await reached(url, { ca: pem(middle) })).toMatchObject({ ok: true, notes: [] });
});

describe('a server', () => {
  const first = issue({ name: 'Exchange TEST', names: NAMES, key: rsaKey(2_048) }, root);
  const tls = { key: keyPem(first), cert: pem(first) };

  describe('of HTTP/2 only', () => {
    /** Answers these headers and this body; its address. */
    async function speakingHttp2(serve: (stream: ServerHttp2Stream) => void): Promise<string> {
      const server = createSecureServer(tls, () => {}).listen(0, '127.0.0.1');
      const sessions = new Set<{ destroy(): void }>();
      server.on('session', (session) => sessions.add(session));
      server.on('stream', (stream) => {
        stream.on('error', () => {});
        serve(stream);
      });
      server.on('sessionError', () => {});
      stage.afterwards(() => {
        for (const session of sessions) session.destroy();
        return new Promise((closed) => server.close(() => closed()));
      });
      await new Promise((listening) => server.once('listening', listening));
      return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    }

    test('is read as browsers read it', async () => {
      const url = await speakingHttp2((stream) => {
        stream.respond({ ':status': 200, 'content-type': 'text/html', 'set-cookie': ['a=1'] });
        stream.end('hello');
      });
      const done = await reached(`${url}a?b=c`);
      expect(done).toMatchObject({ ok: true, value: { status: 200, complete: true }, notes: [] });
      expect(done.ok && done.value.body.toString()).toBe('hello');
      expect(done.ok && done.value.headers).toMatchObject({ 'set-cookie': ['a=1'] });
      expect(Object.keys(done.phases)).toEqual(['connect', 'tls', 'processing', 'transfer']);
    });

    test('is read up to the limit', async () => {
      const url = await speakingHttp2((stream) => {
        stream.respond({ ':status': 200 });
        stream.end(Buffer.alloc(5_000_000));
      });
      const attempt = await exchangeFor(PATIENT_MS, { ca: pem(root) }).send(get(url, 1_000));
      expect(attempt).toMatchObject({ ok: true, value: { over_limit: true } });
    });

    test('and is cut within its body is not complete', async () => {
      const url = await speakingHttp2((stream) => {
        stream.respond({ ':status': 200 });
        stream.write('hel', () => setTimeout(() => stream.session?.socket.destroy(), 20));
      });
      expect(await reached(url)).toMatchObject({ ok: true, value: { complete: false } });
    });

    test.for<[string, (stream: ServerHttp2Stream) => void, object]>([
      ['never answers', () => {}, { outcome: 'timeout', reason: 'timeout_processing' }],
      [
        'stops within its body',
        (stream) => {
          stream.respond({ ':status': 200 });
          stream.write('hel');
        },
        { outcome: 'timeout', reason: 'timeout_transfer' },
      ],
      ['resets', (stream) => stream.close(2), { outcome: 'network', reason: 'protocol_error' }],
      [
        'hangs up',
        (stream) => stream.session?.destroy(),
        { outcome: 'network', reason: 'connection_reset' },
      ],
    ])('and %s fails as over HTTP/1', async ([, behave, failure]) => {
      const url = await speakingHttp2(behave);
      expect(await reached(url, { deadline_ms: 1_500 })).toMatchObject({ failure });
    });
  });

  test('of HTTP/2 that was not agreed upon is unreadable to us, and ours elsewhere', async () => {
    const settings = Buffer.from('000000040000000000', 'hex');
    const url = await stage.secure(tls, settings);
    expect(await reached(url)).toMatchObject({
      failure: { outcome: 'unreadable', reason: 'unreadable_http' },
    });
    expect(await reached(url, { fills_in_intermediate: false })).toMatchObject({
      failure: { outcome: 'self', reason: 'probe_error' },
    });
  });

  test.for(['TLSv1.2', 'TLSv1.3'] as const)(
    'of %s that wants a certificate of ours lets others in',
    async (version) => {
      const options = { ...tls, requestCert: true, minVersion: version, maxVersion: version };
      const url = await stage.secure(options, Buffer.from(HELLO));
      expect(await reached(url)).toMatchObject({ failure: { outcome: 'credential' } });
    },
  );

  test('of plain HTTP on the port of TLS is a protocol error', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    const url = server.url.replace('http:', 'https:');
    expect(await exchangeFor(PATIENT_MS).send(get(url))).toMatchObject(refused('protocol_error'));
  });

  test('that never shakes hands is a timeout of that phase', async () => {
    const server = await serve(() => {});
    const url = server.url.replace('http:', 'https:');
    expect(await exchangeFor(300).send(get(url))).toMatchObject({
      failure: { outcome: 'timeout', reason: 'timeout_tls' },
    });
  });
});
