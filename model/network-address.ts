/**
 * Non-public ranges of IPv4 (IANA special-purpose registry, RFC 6890), as first address and prefix
 * length.
 */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/**
 * Ranges within 2000::/3, the only global unicast block, that are reserved or embed an IPv4
 * address.
 */
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/**
 * Whether an IP address in text form is publicly routable: not loopback, private, link-local,
 * shared, multicast, documentation, nor an IPv6 address that embeds an IPv4 one. False for
 * malformed addresses.
 */
export function isPublicAddress(text: string): boolean {
  const v4 = bitsOfV4(text);
  if (v4 !== null) return !NOT_PUBLIC_V4.some(([first, n]) => sharePrefix(v4, bitsOfV4(first), n));
  const v6 = bitsOfV6(text);
  if (v6 === null || !sharePrefix(v6, bitsOfV6('2000::'), 3)) return false;
  return !NOT_PUBLIC_V6.some(([first, n]) => sharePrefix(v6, bitsOfV6(first), n));
}

/** The bits that whoever has an IPv6 address has, too: the smallest network that is given out. */
const CLIENT_BITS_V6 = 64;

/**
 * By what limits count an address: an IPv4 address itself, of IPv6 the network of 64 bits, of which
 * one client has every address. Other text stays as it is.
 */
export function clientNetwork(address: string): string {
  return bitsOfV6(address)?.slice(0, CLIENT_BITS_V6) ?? address;
}

function sharePrefix(bits: string, other: string | null, length: number): boolean {
  return bits.slice(0, length) === other?.slice(0, length);
}

function bitsOfV4(text: string): string | null {
  const parts = text.split('.');
  const is_address =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return is_address ? parts.map((part) => binary(Number(part), 8)).join('') : null;
}

/** The URL parser validates and canonicalises IPv6 addresses. */
function bitsOfV6(text: string): string | null {
  if (!/^[\da-f:.]{2,45}$/i.test(text) || !text.includes(':')) return null;
  const host = URL.parse(`http://[${text}]/`)?.hostname;
  if (host === undefined) return null;
  const [left = '', right] = host.slice(1, -1).split('::');
  const head = groupsOf(left);
  const tail = groupsOf(right ?? '');
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail]
    .map((group) => binary(Number.parseInt(group, 16), 16))
    .join('');
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function binary(n: number, width: number): string {
  return n.toString(2).padStart(width, '0');
}
