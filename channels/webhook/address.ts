import { isPublicAddress } from '../../model/network-address.ts';

/** Why an address is refused; the addresses its name resolves to are checked when it is used. */
export type WebhookAddressProblem =
  | 'not_an_address'
  | 'credentials'
  | 'not_https'
  | 'port_not_allowed'
  | 'not_public';

const LONGEST = 500;
/** Usual ports of HTTPS; other ports may belong to other protocols. */
const PORTS: readonly string[] = ['', '8443'];

/**
 * The problem of a webhook address, or null. Receivers in `allow` (`host:port`, set by the
 * operator) may be private and use HTTP; others must use HTTPS on its usual ports and, if an IP
 * address, be public.
 */
export function webhookAddressProblem(
  address: string,
  allow: readonly string[],
): WebhookAddressProblem | null {
  const url = address.length <= LONGEST ? URL.parse(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return 'not_an_address';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (isAllowedReceiver(url, allow)) return null;
  if (url.protocol !== 'https:') return 'not_https';
  if (!PORTS.includes(url.port)) return 'port_not_allowed';
  return isAddress(url.hostname) && !isPublicAddress(bareHost(url)) ? 'not_public' : null;
}

/** Parses and normalises a subscriber's webhook address, so that one address is one subscriber. */
export function readWebhookAddress(
  text: string,
  allow: readonly string[],
): { address: string } | { problem: WebhookAddressProblem | 'missing' } {
  if (text === '') return { problem: 'missing' };
  // The URL parser would silently strip these.
  if (/[\p{Cc}\s]/u.test(text)) return { problem: 'not_an_address' };
  const problem = webhookAddressProblem(text, allow);
  if (problem !== null) return { problem };
  const url = new URL(text);
  url.hash = '';
  return { address: url.href };
}

/** Whether the operator allows this host and port explicitly. */
export function isAllowedReceiver(url: URL, allow: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return allow.includes(`${url.hostname}:${port}`);
}

/**
 * The URL parser normalises every form of an IPv4 address (0x7f.1, 2130706433) to dotted decimal.
 */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}

/** The host name, without the brackets of an IPv6 address. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The receiver of an address, which any number of queries reach. */
export function endpointOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
