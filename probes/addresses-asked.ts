import { isIPv6 } from 'node:net';
import { createIsIn } from '../http/networks.ts';
import type { ExchangeParts } from './exchange/exchange.ts';
import { reachOptions } from './reach.ts';

/** How a check `reach` asks for the addresses of its system, by its options. */
export function addressesAsked(
  options: Readonly<Record<string, unknown>>,
  url: string,
): Pick<ExchangeParts, 'family' | 'expected'> {
  const { family = null, resolves_to = null } = reachOptions.parse(options);
  if (resolves_to === null) return { family };
  const networks = [resolves_to].flat();
  const isListed = createIsIn(networks);
  const families = new Set(networks.map((it) => isIPv6(it.split('/')[0] ?? '')));
  return {
    family,
    expected: {
      hostname: new URL(url).hostname,
      // Of a family of which nothing is listed, nothing is expected.
      isExpected: (address) => isListed(address) || !families.has(isIPv6(address)),
    },
  };
}
