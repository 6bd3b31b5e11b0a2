import { createDiffieHellmanGroup } from 'node:crypto';
import { createSecureServer } from 'node:http2';
import type { TLSSocket, TlsOptions } from 'node:tls';
import {
  type CertificateWish,
  ecKey,
  ed25519Key,
  type Issued,
  issue,
  pem,
  rsaKey,
} from '../authority.ts';
import { der, sequence } from '../der.ts';
import type { OddServer } from '../odd-server.ts';
import { oldBalancer } from '../old-balancer.ts';
import { html, OK, pathOf, raw, reply, UTF8 } from '../reply.ts';
import type { Stage } from '../stage.ts';
import { authorities, leaf, showing, trusted } from '../trust.ts';
import { redirect } from './redirects.ts';

const PAGE = reply();
const TLS_1_2 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
const REFUSES = 'Chromium refuses it too';

const refused = { outcome: 'network', because: REFUSES } as const;
const browserRefuses = {
  outcome: 'network',
  reason: 'browser_refuses',
  because: 'Chromium refuses it, though other programs open it',
} as const;

/** With the page behind such a TLS. */
const over = (tls: () => TlsOptions, as?: string) => async (stage: Stage) =>
  `${await stage.secure(tls(), PAGE, as)}/`;

const withLeaf = (wish: () => CertificateWish, more: TlsOptions = {}) =>
  over(() => ({ ...showing(leaf(wish()), authorities().middle), ...more }));

const rsaWith = (more: TlsOptions) => withLeaf(() => ({ key: rsaKey(2_048) }), more);

/** An intermediate that nobody has seen elsewhere. */
const unseen = (): Issued =>
  issue({ name: 'Unseen authority', authority: true }, authorities().root);

/** Its leaf only, which says where the certificate above is; that is what `file` has. */
function alone(
  file: (middle: Issued) => Buffer,
  wish: CertificateWish = {},
  type = 'application/pkix-cert',
) {
  return async (stage: Stage) => {
    const middle = unseen();
    const shelf = await stage.plain(reply({ head: [`Content-Type: ${type}`], body: file(middle) }));
    const first = leaf({ issuer_at: `${shelf}/ca.cer`, ...wish }, middle);
    return `${await stage.secure(showing(first), PAGE)}/`;
  };
}

/** Below an authority of its own kind, shown whole. */
const below = (wish: CertificateWish, of_leaf: CertificateWish = {}, by?: () => Issued) =>
  over(() => {
    const middle = issue({ name: 'Odd authority', ...wish }, by?.() ?? authorities().root);
    return showing(leaf(of_leaf, middle), middle);
  });

/** Versions, ciphers, keys and chains of TLS. */
export const TLS: readonly OddServer[] = [
  { id: 'tls', about: 'has TLS as it should be', starts: over(trusted) },
  { id: 'tls-by-name', about: 'has TLS under a name', starts: over(trusted, 'localhost') },
  { id: 'tls-1.2', about: 'speaks TLS 1.2 only', starts: withLeaf(() => ({}), TLS_1_2) },
  {
    id: 'tls-1.3',
    about: 'speaks TLS 1.3 only',
    starts: withLeaf(() => ({}), { minVersion: 'TLSv1.3' }),
  },
  {
    id: 'tls-1.1',
    about: 'speaks TLS 1.1 only',
    starts: rsaWith({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' }),
    judged: refused,
  },
  {
    id: 'tls-1.0',
    about: 'speaks TLS 1.0 only',
    starts: rsaWith({ minVersion: 'TLSv1', maxVersion: 'TLSv1' }),
    judged: refused,
  },
  {
    id: 'no-rfc-5746',
    cases: 'R11',
    about: 'is a TLS 1.2 balancer without RFC 5746',
    starts: async (stage) => {
      const chain = [leaf({ key: rsaKey(2_048) }), authorities().middle];
      return `https://${await stage.sockets(oldBalancer(chain, PAGE))}/`;
    },
    notes: ['legacy_renegotiation'],
  },
  {
    id: 'no-rfc-5746-no-intermediate',
    cases: 'R11 R12 R13',
    about: 'lacks RFC 5746, an intermediate and a strong key',
    starts: async (stage) => {
      const middle = unseen();
      const shelf = await stage.plain(reply({ head: [], body: middle.cert }));
      const first = leaf({ key: rsaKey(1_024), issuer_at: `${shelf}/ca.cer` }, middle);
      return `https://${await stage.sockets(oldBalancer([first], PAGE))}/`;
    },
    notes: ['weak_key', 'legacy_renegotiation', 'missing_intermediate'],
  },
  {
    id: 'rsa-1024',
    cases: 'R12',
    about: 'has a key of 1,024 bits',
    starts: withLeaf(() => ({ key: rsaKey(1_024) })),
    notes: ['weak_key'],
  },
  {
    id: 'rsa-1024-tls-1.2',
    cases: 'R12',
    about: 'has a key of 1,024 bits and TLS 1.2',
    starts: withLeaf(() => ({ key: rsaKey(1_024) }), TLS_1_2),
    notes: ['weak_key'],
  },
  {
    id: 'rsa-1024-authority',
    cases: 'R12',
    about: 'has an authority with a key of 1,024 bits',
    starts: over(() => {
      const middle = issue(
        { name: 'Weak', key: rsaKey(1_024), authority: true },
        authorities().root,
      );
      return showing(leaf({}, middle), middle);
    }),
    notes: ['weak_key'],
  },
  {
    id: 'rsa-768',
    about: 'has a key of 768 bits',
    starts: withLeaf(() => ({ key: rsaKey(768) })),
  },
  {
    id: 'sha-1',
    cases: 'R12',
    about: 'has a certificate signed with SHA-1',
    starts: withLeaf(() => ({ digest: 'sha1' })),
    judged: browserRefuses,
  },
  {
    id: 'sha-1-rsa-1024',
    cases: 'R12',
    about: 'has a key of 1,024 bits signed with SHA-1',
    starts: withLeaf(() => ({ digest: 'sha1', key: rsaKey(1_024) })),
    judged: browserRefuses,
  },
  {
    id: 'sha-1-authority',
    cases: 'R12',
    about: 'has an authority signed with SHA-1',
    starts: over(() => {
      const wish = { name: 'Old', digest: 'sha1', authority: true } as const;
      const middle = issue(wish, authorities().root);
      return showing(leaf({}, middle), middle);
    }),
    judged: browserRefuses,
  },
  {
    id: 'sha-1-root-shown',
    cases: 'R12',
    about: 'shows its root signed with SHA-1, which nobody looks at',
    starts: over(() => {
      const { root, middle } = authorities();
      const wish = { name: 'Piaokuang TEST root', key: root.key, authority: true } as const;
      const old = issue({ ...wish, digest: 'sha1' });
      return showing(leaf(), middle, old);
    }),
  },
  {
    id: 'md5',
    about: 'has a certificate signed with MD5',
    starts: withLeaf(() => ({ digest: 'md5' })),
  },
  {
    id: 'sha-384',
    about: 'has a certificate signed with SHA-384',
    starts: withLeaf(() => ({ digest: 'sha384' })),
  },
  {
    id: 'sha-512',
    about: 'has a certificate signed with SHA-512',
    starts: withLeaf(() => ({ digest: 'sha512' })),
  },
  {
    id: 'rsa-3072',
    about: 'has a key of 3,072 bits',
    starts: withLeaf(() => ({ key: rsaKey(3_072) })),
  },
  { id: 'p-384', about: 'has a key on P-384', starts: withLeaf(() => ({ key: ecKey('P-384') })) },
  { id: 'p-521', about: 'has a key on P-521', starts: withLeaf(() => ({ key: ecKey('P-521') })) },
  {
    id: 'secp256k1',
    about: 'has a key on secp256k1',
    starts: withLeaf(() => ({ key: ecKey('secp256k1') }), { ...TLS_1_2, ecdhCurve: 'auto' }),
  },
  { id: 'ed25519', about: 'has an Ed25519 key', starts: withLeaf(() => ({ key: ed25519Key() })) },
  {
    id: 'dh-1024',
    cases: 'R12',
    about: 'exchanges keys by DH of 1,024 bits only',
    starts: rsaWith({
      ...TLS_1_2,
      ciphers: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
      dhparam: dhParameters('modp2'),
    }),
    judged: browserRefuses,
  },
  {
    id: 'dh-2048',
    cases: 'R12',
    about: 'exchanges keys by DH of 2,048 bits only',
    starts: rsaWith({
      ...TLS_1_2,
      ciphers: 'DHE-RSA-AES128-GCM-SHA256',
      dhparam: dhParameters('modp14'),
    }),
  },
  ...[
    'ECDHE-RSA-AES128-SHA',
    'ECDHE-RSA-AES256-SHA384',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'AES128-SHA',
    'AES256-SHA256',
    'AES128-GCM-SHA256',
    'AES128-CCM',
    'CAMELLIA128-SHA',
    'ECDHE-ARIA128-GCM-SHA256',
    'NULL-SHA256',
  ].map((cipher) => ({
    id: `cipher-${cipher.toLowerCase()}`,
    about: `speaks TLS 1.2 with ${cipher} only`,
    starts: rsaWith({ ...TLS_1_2, ciphers: `${cipher}:@SECLEVEL=0` }),
  })),
  ...['P-384', 'P-521', 'X25519', 'X448'].map((curve) => ({
    id: `curve-${curve.toLowerCase()}`,
    about: `exchanges keys on ${curve} only`,
    starts: rsaWith({ ecdhCurve: curve }),
  })),
  {
    id: 'signs-sha-1',
    about: 'signs its handshake with SHA-1',
    starts: rsaWith({ ...TLS_1_2, sigalgs: 'RSA+SHA1' }),
  },
  {
    id: 'asks-certificate',
    about: 'asks for a certificate of ours and does without',
    starts: over(() => ({ ...trusted(), requestCert: true, rejectUnauthorized: false })),
  },
  {
    id: 'needs-certificate',
    about: 'needs a certificate of ours',
    starts: over(() => ({ ...trusted(), requestCert: true, rejectUnauthorized: true })),
  },
  {
    id: 'renegotiates',
    about: 'renegotiates after the request',
    starts: async (stage) => {
      const tls = { ...showing(leaf({ key: rsaKey(2_048) }), authorities().middle), ...TLS_1_2 };
      const origin = await stage.secure(tls, (_, socket) => {
        (socket as TLSSocket).renegotiate({}, () => socket.end(PAGE));
        return null;
      });
      return `${origin}/`;
    },
  },
  {
    id: 'no-close-notify',
    about: 'closes without saying so, its length unsaid',
    starts: async (stage) => {
      const origin = await stage.secure(trusted(), (_, socket) => {
        socket.write(raw([OK, UTF8]), () => setTimeout(() => socket.destroy(), 50));
        return null;
      });
      return `${origin}/`;
    },
  },
  {
    id: 'small-records',
    about: 'sends its page in many small records',
    starts: async (stage) => {
      const origin = await stage.secure(trusted(), (_, socket) => {
        for (const byte of PAGE) socket.write(Buffer.of(byte));
        socket.end();
        return null;
      });
      return `${origin}/`;
    },
  },
  {
    id: 'alpn',
    about: 'chooses http/1.1 by ALPN',
    starts: over(() => ({ ...trusted(), ALPNProtocols: ['http/1.1'] })),
  },
  {
    id: 'sni',
    about: 'knows only those who say its name',
    starts: over(
      () => ({
        ...trusted(),
        SNICallback: (name, found) =>
          found(name === 'localhost' ? null : new Error(`no ${name} here`)),
      }),
      'localhost',
    ),
  },
  {
    id: 'sni-unknown',
    about: 'does not know its name',
    starts: over(
      () => ({ ...trusted(), SNICallback: (_, found) => found(new Error('unknown')) }),
      'localhost',
    ),
  },
  {
    id: 'no-intermediate',
    cases: 'R13',
    about: 'leaves its intermediate out and says where it is',
    starts: alone(({ cert }) => cert),
    notes: ['missing_intermediate'],
  },
  {
    id: 'no-intermediate-pem',
    cases: 'R13',
    about: 'leaves its intermediate out; there it is PEM',
    starts: alone((middle) => Buffer.from(pem(middle)), {}, 'application/x-pem-file'),
    notes: ['missing_intermediate'],
  },
  {
    id: 'no-intermediate-page',
    cases: 'R13',
    about: 'leaves its intermediate out; there is a page',
    starts: alone(() => Buffer.from(html()), {}, 'text/html'),
    judged: refused,
  },
  {
    id: 'no-intermediate-other',
    cases: 'R13',
    about: 'leaves its intermediate out; there is another one of that name',
    starts: alone(() => issue({ name: 'Unseen authority', authority: true }).cert),
    judged: refused,
  },
  {
    id: 'no-intermediate-unsaid',
    cases: 'R13',
    about: 'leaves its intermediate out and does not say where it is',
    starts: over(() => showing(leaf({}, unseen()))),
    judged: refused,
  },
  {
    id: 'no-intermediate-gone',
    cases: 'R13',
    about: 'leaves its intermediate out; there is nobody',
    starts: async (stage) => {
      const issuer_at = `http://${await stage.nobody()}/ca.cer`;
      return `${await stage.secure(showing(leaf({ issuer_at }, unseen())), PAGE)}/`;
    },
    judged: refused,
  },
  {
    id: 'no-intermediates',
    cases: 'R13',
    about: 'leaves two intermediates out, each of which says where the next is',
    starts: async (stage) => {
      const upper = unseen();
      const upper_shelf = await stage.plain(reply({ head: [], body: upper.cert }));
      const issuer_at = `${upper_shelf}/upper.cer`;
      const lower = issue({ name: 'Lower authority', authority: true, issuer_at }, upper);
      const lower_shelf = await stage.plain(reply({ head: [], body: lower.cert }));
      const first = leaf({ issuer_at: `${lower_shelf}/lower.cer` }, lower);
      return `${await stage.secure(showing(first), PAGE)}/`;
    },
    notes: ['missing_intermediate'],
  },
  {
    id: 'no-intermediate-redirected',
    cases: 'R13',
    about: 'leaves its intermediate out; there is a redirect to it',
    starts: async (stage) => {
      const middle = unseen();
      const shelf = await stage.plain((request) =>
        pathOf(request) === '/ca.cer'
          ? redirect('/moved.cer')
          : reply({ head: ['Content-Type: application/pkix-cert'], body: middle.cert }),
      );
      const first = leaf({ issuer_at: `${shelf}/ca.cer` }, middle);
      return `${await stage.secure(showing(first), PAGE)}/`;
    },
  },
  {
    id: 'no-intermediate-expired',
    cases: 'R13',
    about: 'leaves its intermediate out and has expired',
    starts: alone(({ cert }) => cert, { not_after: new Date('2026-01-01T00:00:00Z') }),
    judged: refused,
  },
  {
    id: 'no-intermediate-other-name',
    cases: 'R13',
    about: 'leaves its intermediate out and has another name',
    starts: alone(({ cert }) => cert, { names: ['other.invalid'] }),
    judged: refused,
  },
  {
    id: 'no-intermediate-sha-1',
    cases: 'R12 R13',
    about: 'leaves its intermediate out and is signed with SHA-1',
    starts: alone(({ cert }) => cert, { digest: 'sha1' }),
  },
  {
    id: 'chain-reversed',
    about: 'shows its chain in another order, with the root',
    starts: over(() => {
      const { root, middle } = authorities();
      return showing(leaf(), root, middle);
    }),
  },
  {
    id: 'chain-with-strangers',
    about: 'shows certificates that have nothing to do with it',
    starts: over(() => {
      const stranger = issue({ name: 'Stranger', authority: true });
      return showing(leaf(), stranger, authorities().middle, stranger);
    }),
  },
  {
    id: 'chain-with-expired',
    about: 'shows an expired certificate of its authority besides',
    starts: over(() => {
      const { root, middle } = authorities();
      const wish = { name: 'Piaokuang TEST authority', key: middle.key, authority: true };
      const old = issue({ ...wish, not_after: new Date('2024-01-01T00:00:00Z') }, root);
      return showing(leaf(), middle, old);
    }),
  },
  {
    id: 'by-root',
    about: 'has a certificate by the root itself',
    starts: over(() => showing(leaf({}, authorities().root))),
  },
  {
    id: 'long-chain',
    about: 'has six authorities above it',
    starts: over(() => {
      const chain: Issued[] = [authorities().middle];
      for (let n = 0; n < 5; n += 1) {
        chain.unshift(issue({ name: `Authority ${n}`, authority: true }, chain[0]));
      }
      return showing(leaf({}, chain[0]), ...chain);
    }),
  },
  {
    id: 'expired',
    about: 'has an expired certificate',
    starts: withLeaf(() => ({ not_after: new Date('2026-01-01T00:00:00Z') })),
    judged: { outcome: 'network', reason: 'certificate_invalid', because: REFUSES },
  },
  {
    id: 'not-yet-valid',
    about: 'has a certificate of the future',
    starts: withLeaf(() => ({ not_before: new Date('2048-01-01T00:00:00Z') })),
    judged: { outcome: 'network', reason: 'certificate_invalid', because: REFUSES },
  },
  {
    id: 'other-name',
    about: 'has a certificate for another name',
    starts: withLeaf(() => ({ names: ['other.invalid'] })),
    judged: { outcome: 'network', reason: 'certificate_invalid', because: REFUSES },
  },
  {
    id: 'other-name-by-name',
    about: 'has a certificate for another name than localhost',
    starts: over(() => showing(leaf({ names: ['127.0.0.1'] }), authorities().middle), 'localhost'),
    judged: { outcome: 'network', reason: 'certificate_invalid', because: REFUSES },
  },
  {
    id: 'common-name-only',
    about: 'has its name as common name only',
    starts: over(() => {
      const first = issue({ name: 'localhost' }, authorities().middle);
      return showing(first, authorities().middle);
    }, 'localhost'),
    judged: refused,
  },
  {
    id: 'self-signed',
    about: 'has signed its certificate itself',
    starts: over(() => showing(issue({ names: ['127.0.0.1'] }))),
    judged: { outcome: 'network', reason: 'certificate_invalid', because: REFUSES },
  },
  {
    id: 'unknown-authority',
    about: 'has a certificate of an authority that nobody knows',
    starts: over(() => {
      const stranger = issue({ name: 'Stranger', authority: true });
      return showing(leaf({}, stranger), stranger);
    }),
    judged: { outcome: 'network', reason: 'certificate_invalid', because: REFUSES },
  },
  {
    id: 'root-of-same-name',
    about: 'has a certificate of an authority that only calls itself like a known one',
    starts: over(() => {
      const false_root = issue({ name: 'Piaokuang TEST root', authority: true });
      return showing(leaf({}, false_root), false_root);
    }),
    judged: refused,
  },
  {
    id: 'expired-authority',
    about: 'has an expired authority',
    starts: below({ authority: true, not_after: new Date('2026-01-01T00:00:00Z') }),
    judged: refused,
  },
  {
    id: 'no-authority',
    about: 'has a certificate by one who may sign none',
    starts: below({}),
    judged: refused,
  },
  {
    id: 'too-deep',
    about: 'has a certificate deeper than its authority allows',
    starts: below({ authority: true }, {}, () =>
      issue({ name: 'Shallow', authority: true, path_length: 0 }, authorities().root),
    ),
    judged: refused,
  },
  {
    id: 'name-not-allowed',
    about: 'has a name that its authority may not sign',
    starts: below({ authority: true, only_below: 'example.invalid' }, { names: ['localhost'] }),
    judged: refused,
  },
  {
    id: 'for-clients',
    about: 'has a certificate for clients',
    starts: withLeaf(() => ({ usage: '1.3.6.1.5.5.7.3.2' })),
    judged: refused,
  },
  {
    id: 'ip-as-dns-name',
    about: 'has its address as a name in its certificate',
    starts: withLeaf(() => ({ names: ['dns:127.0.0.1'] })),
  },
  {
    id: 'key-usage',
    about: 'has a key that may only sign',
    starts: withLeaf(() => ({ key: rsaKey(2_048), key_usage: 0x80 })),
  },
  {
    id: 'key-usage-exchange',
    about: 'has a key that may not sign, and signs',
    starts: withLeaf(() => ({ key: rsaKey(2_048), key_usage: 0x20 })),
  },
  {
    id: 'weak-root',
    cases: 'R12 R14',
    about: 'has a private root with a key of 1,024 bits signed with SHA-1',
    starts: over(() => showing(leaf({}, authorities().weak_root))),
  },
  {
    id: 'weak-root-shown',
    cases: 'R12 R14',
    about: 'shows its private root with a key of 1,024 bits signed with SHA-1',
    starts: over(() => showing(leaf({}, authorities().weak_root), authorities().weak_root)),
  },
  {
    id: 'expired-root',
    cases: 'R14',
    about: 'has a private root that has expired',
    starts: over(() => showing(leaf({}, authorities().expired_root), authorities().expired_root)),
  },
  {
    id: 'private-authority',
    cases: 'R14',
    about: 'has a certificate of a private authority that is in the configuration',
    starts: over(trusted),
  },
  {
    id: 'http-2-only',
    about: 'speaks HTTP/2 only',
    starts: async (stage) => {
      const server = createSecureServer({ ...trusted(), allowHTTP1: false }, (_, response) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(html());
      });
      return `https://${await stage.listen(server)}/`;
    },
  },
  {
    id: 'http-2-besides',
    about: 'speaks HTTP/2 to those who do',
    starts: async (stage) => {
      const server = createSecureServer({ ...trusted(), allowHTTP1: true }, (_, response) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(html());
      });
      return `https://${await stage.listen(server)}/`;
    },
  },
  {
    id: 'plain-on-tls-port',
    about: 'speaks plain HTTP where TLS is expected',
    starts: async (stage) =>
      `https://${await stage.sockets((socket) => {
        socket.once('data', () => socket.end(reply({ status: '400 Bad Request' })));
      })}/`,
    judged: { outcome: 'network', reason: 'protocol_error', because: REFUSES },
  },
  {
    id: 'tls-on-plain-port',
    about: 'speaks TLS where plain HTTP is expected',
    starts: async (stage) => (await stage.secure(trusted(), PAGE)).replace('https:', 'http:'),
  },
  {
    id: 'tls-alert',
    about: 'answers a handshake by an alert',
    starts: async (stage) =>
      `https://${await stage.sockets((socket) => {
        socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex')));
      })}/`,
    judged: refused,
  },
];

/** Parameters of Diffie-Hellman (PKCS #3) in PEM, with a well-known prime. */
function dhParameters(group: string): string {
  const prime = createDiffieHellmanGroup(group).getPrime();
  const base64 = sequence(
    der(0x02, Buffer.concat([Buffer.of(0), prime])),
    der(0x02, Buffer.of(2)),
  ).toString('base64');
  const lines = base64.replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN DH PARAMETERS-----\n${lines}\n-----END DH PARAMETERS-----\n`;
}
