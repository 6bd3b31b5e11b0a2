import type { TlsOptions } from 'node:tls';
import { type CertificateWish, type Issued, issue, rsaKey } from '../authority.ts';
import { reply } from '../reply.ts';
import type { Stage } from '../stage.ts';
import { authorities, leaf, showing } from '../trust.ts';

export const PAGE = reply();
export const TLS_1_2 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
export const REFUSES = 'Chromium refuses it too';

export const refused = { outcome: 'network', because: REFUSES } as const;
export const browserRefuses = {
  outcome: 'network',
  reason: 'browser_refuses',
  because: 'Chromium refuses it, though other programs open it',
} as const;

/** With the page behind such a TLS. */
export const over = (tls: () => TlsOptions, as?: string) => async (stage: Stage) =>
  `${await stage.secure(tls(), PAGE, as)}/`;

export const withLeaf = (wish: () => CertificateWish, more: TlsOptions = {}) =>
  over(() => ({ ...showing(leaf(wish()), authorities().middle), ...more }));

export const rsaWith = (more: TlsOptions) => withLeaf(() => ({ key: rsaKey(2_048) }), more);

/** An intermediate that nobody has seen elsewhere. */
export const unseen = (): Issued =>
  issue({ name: 'Unseen authority', authority: true }, authorities().root);

/** Its leaf only, which says where the certificate above is; that is what `file` has. */
export function alone(
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
export const below = (wish: CertificateWish, of_leaf: CertificateWish = {}, by?: () => Issued) =>
  over(() => {
    const middle = issue({ name: 'Odd authority', ...wish }, by?.() ?? authorities().root);
    return showing(leaf(of_leaf, middle), middle);
  });
