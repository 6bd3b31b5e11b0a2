import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The list takes 10 MB and is needed only when something fails. */
let list: typeof import('tldts') | null = null;

/**
 * The registrable domain of a host name by the public suffix list (publicsuffix.org, its part of
 * ICANN), such as `chinatax.gov.cn`; the host itself where it has none, as of addresses and of
 * names of private networks.
 */
export function registrableDomain(hostname: string): string {
  return publicSuffixes().getDomain(hostname) ?? hostname;
}

/** Whether a host is a name below a public suffix, and so everybody's: not `erp`, `a.internal`. */
export function isPublicName(hostname: string): boolean {
  const { isIp, isIcann, domain } = publicSuffixes().parse(hostname);
  return isIp === false && isIcann === true && domain !== null;
}

function publicSuffixes(): typeof import('tldts') {
  list ??= require('tldts') as typeof import('tldts');
  return list;
}
