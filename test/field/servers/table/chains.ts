import { createSecureServer } from 'node:http2';
import { type Issued, issue, pem, rsaKey } from '../authority.ts';
import type { OddServer } from '../odd-server.ts';
import { html, pathOf, reply } from '../reply.ts';
import { authorities, leaf, showing, trusted } from '../trust.ts';
import { alone, below, over, PAGE, REFUSES, refused, unseen, withLeaf } from './over-tls.ts';
import { redirect } from './redirects.ts';

/** Chains of certificates, whole and not. */
export const CHAINS: readonly OddServer[] = [
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
