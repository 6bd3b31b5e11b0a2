import type { Environment } from './vocabulary.ts';

/**
 * Production domains of a kind of system, where a synthetic invoice would be a false tax record.
 */
export interface ProductionDomains {
  production_domains: readonly string[];
}

/**
 * The reason why a check must not write to this address, or null when it may. The production
 * domains of every kind of system are refused, whatever environment the configuration states.
 */
export function writeRefusal(
  url: string,
  environment: Environment,
  kinds: readonly ProductionDomains[],
): string | null {
  const host = URL.parse(url)?.hostname.replace(/\.+$/, '');
  if (host === undefined || host === '') return 'the address is not a URL';
  const domains = kinds.flatMap(({ production_domains }) => production_domains);
  const domain = domains.find((name) => host === name || host.endsWith(`.${name}`));
  if (domain !== undefined) {
    return `${host} is a production system (${domain}); made-up invoices are never written there`;
  }
  if (environment === 'production') {
    return 'the system is marked production; checks write to environment simulator or sandbox only';
  }
  return null;
}
