import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** RFC 1035, section 2.3.4: 255 octets with the lengths of labels; with a dot at the end. */
const LONGEST_NAME = 254;

/** The address that a host of a URL is, without brackets; null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
}

/**
 * The addresses of a host, in the order in which they are to be tried (RFC 8305, section 4): the
 * system's order, families interleaved. Rejects with the code of getaddrinfo.
 */
export async function addressesOf(hostname: string): Promise<string[]> {
  const literal = literalAddress(hostname);
  if (literal !== null) return [literal];
  if (hostname.length > LONGEST_NAME) {
    // Node's own code for it, EINVAL, would lay it at us.
    throw Object.assign(new Error('longer than names are'), { code: 'ENOTFOUND' });
  }
  return interleaved(await lookup(hostname, { all: true, order: 'verbatim' }));
}

interface FoundAddress {
  address: string;
  family: number;
}

/** Takes from the first address's family and from the other in turn. */
export function interleaved(found: readonly FoundAddress[]): string[] {
  const first = found.filter(({ family }) => family === found[0]?.family);
  const other = found.filter(({ family }) => family !== found[0]?.family);
  const longest = Math.max(first.length, other.length);
  const turns = Array.from({ length: longest }, (_, n) => [first[n], other[n]]).flat();
  return turns.flatMap((it) => (it === undefined ? [] : [it.address]));
}
