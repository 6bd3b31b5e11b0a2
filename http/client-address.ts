import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TrustedProxies } from '../model/configuration.ts';
import { clientNetwork } from '../model/network-address.ts';
import { createIsIn } from './networks.ts';

/** What tells where a request came from. */
export type CameBy = Pick<IncomingMessage, 'socket' | 'headers'>;

/** By whom limits count a request: an IPv4 address, or a network of IPv6 that one client has. */
export type ClientOf = (request: CameBy) => string;

/** More proxies than anybody has in a row; clients may claim any number. */
const MAX_HOPS = 20;

/** The client of a request. */
export function createClientOf(trusted: TrustedProxies, onIgnored?: () => void): ClientOf {
  const addressOf = createAddressOf(trusted, onIgnored);
  return (request) => clientNetwork(addressOf(request));
}

/**
 * The address of a request's client; empty where there is none. Each proxy appends to
 * X-Forwarded-For whom it was asked by, so the list is read from the right, and as far as it was
 * written by trusted proxies: as many as their number says, or as long as the next one is in their
 * networks. Nothing else is read (Forwarded, X-Real-IP). `onIgnored` hears of each header that no
 * trusted proxy sent.
 */
export function createAddressOf(
  trusted: TrustedProxies,
  onIgnored: () => void = () => {},
): (request: CameBy) => string {
  const isIn = typeof trusted === 'number' ? null : createIsIn(trusted);
  const isTrusted = (address: string, hop: number) => isIn?.(address) ?? hop < Number(trusted);
  return ({ socket, headers }) => {
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',');
    const claims = forwarded === '' ? [] : forwarded.split(',').slice(-MAX_HOPS).reverse();
    let client = addressIn(socket.remoteAddress ?? '') ?? '';
    for (const [hop, claim] of claims.entries()) {
      if (!isTrusted(client, hop)) {
        if (hop === 0) onIgnored();
        break;
      }
      const next = addressIn(claim);
      if (next === null) break;
      client = next;
    }
    return client;
  };
}

/** The address of `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711`; null when there is none. */
function addressIn(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=[\d.]+$)/i, '');
  return isIP(bare) === 0 ? null : bare;
}
