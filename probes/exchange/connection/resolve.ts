import { isIP } from 'node:net';
import type { AddressFamily } from '../names/ask-servers.ts';
import type { FoundAddresses } from '../names/both-families.ts';
import type { Names } from '../names/names.ts';
import { requireFamily } from '../names/one-family.ts';

/** RFC 1035, section 2.3.4: 255 octets with the lengths of labels; with a dot at the end. */
const LONGEST_NAME = 254;

/** The address that a host of a URL is, without brackets; null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
}

/**
 * The addresses of a host, of one family if one is given, in the order in which they are to be
 * tried. Rejects with a name fault; `onEnd` is given what ends the search.
 */
export async function addressesOf(
  hostname: string,
  names: Names,
  onEnd: (end: () => void) => void,
  family: AddressFamily | null = null,
): Promise<FoundAddresses> {
  const literal = literalAddress(hostname);
  if (literal !== null)
    return { first: requireFamily([literal], family), later: NONE, is_asked: false };
  if (hostname.length > LONGEST_NAME) {
    throw Object.assign(new Error('longer than names are'), { code: 'EBADNAME' });
  }
  return await names.find(hostname, onEnd, family);
}

const NONE: Promise<string[]> = Promise.resolve([]);
