import { isPublicAddress } from '../../model/network-address.ts';

/**
 * Why an address cannot be a webhook's, or null when it can. What its name resolves to is judged
 * when it is used.
 */
export type WebhookAddressProblem =
  | 'not_an_address'
  | 'credentials'
  | 'not_https'
  | 'port_not_allowed'
  | 'not_public';

const LONGEST = 500;
/** Ports on which HTTPS is offered; any other may be something that must not be spoken to. */
const PORTS: readonly string[] = ['', '8443'];

/**
 * Judges a webhook's address. Names and ports of `allow` (`host:port`, set by the operator) may be
 * anything that speaks HTTP, private too; every other must be HTTPS on its usual ports and, where
 * it is an IP address, public.
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

/** A reader's receiver: one address written in two ways is one subscriber. */
export function readWebhookAddress(
  text: string,
  allow: readonly string[],
): { address: string } | { problem: WebhookAddressProblem | 'missing' } {
  if (text === '') return { problem: 'missing' };
  // The URL parser would leave these out without a word.
  if (/[\p{Cc}\s]/u.test(text)) return { problem: 'not_an_address' };
  const problem = webhookAddressProblem(text, allow);
  if (problem !== null) return { problem };
  const url = new URL(text);
  url.hash = '';
  return { address: url.href };
}

/** Whether the operator vouches for host and port. */
export function isAllowedReceiver(url: URL, allow: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return allow.includes(`${url.hostname}:${port}`);
}

/** The URL parser writes every form of an IPv4 address (0x7f.1, 2130706433) as four numbers. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}

/** An IPv6 address without the brackets it has in a URL. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
