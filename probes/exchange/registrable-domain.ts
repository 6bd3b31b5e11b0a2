import { getDomain } from 'tldts';

/**
 * The registrable domain of a host name by the public suffix list (publicsuffix.org, its part of
 * ICANN), such as `chinatax.gov.cn`; the host itself where it has none, as of addresses and of
 * names of private networks.
 */
export function registrableDomain(hostname: string): string {
  return getDomain(hostname) ?? hostname;
}
