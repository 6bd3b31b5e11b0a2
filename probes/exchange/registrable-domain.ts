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
  list ??= require('tldts') as typeof import('tldts');
  return list.getDomain(hostname) ?? hostname;
}
