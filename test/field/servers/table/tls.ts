import { createDiffieHellmanGroup } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { ecKey, ed25519Key, issue, rsaKey } from '../authority.ts';
import { der, sequence } from '../der.ts';
import type { OddServer } from '../odd-server.ts';
import { oldBalancer } from '../old-balancer.ts';
import { OK, raw, reply, UTF8 } from '../reply.ts';
import { authorities, leaf, showing, trusted } from '../trust.ts';
import {
  browserRefuses,
  over,
  PAGE,
  refused,
  rsaWith,
  TLS_1_2,
  unseen,
  withLeaf,
} from './over-tls.ts';

/** Versions, ciphers and keys of TLS. */
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
    cases: 'B9 R12',
    about: 'has a key of 1,024 bits',
    starts: withLeaf(() => ({ key: rsaKey(1_024) })),
    notes: ['weak_key'],
  },
  {
    id: 'rsa-1024-tls-1.2',
    cases: 'B9 R12',
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
    cases: 'B9 R12',
    about: 'has a certificate signed with SHA-1',
    starts: withLeaf(() => ({ digest: 'sha1' })),
    judged: browserRefuses,
  },
  {
    id: 'sha-1-rsa-1024',
    cases: 'B9 R12',
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
