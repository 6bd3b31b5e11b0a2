import type { Environment } from '../model/vocabulary.ts';

/**
 * Real tax bureaus and marketplaces. A made-up invoice there would be a false tax record, so these
 * are refused for writing whatever a configuration calls them: all of gov.cn (chinatax.gov.cn and
 * every bureau below it), and Pinduoduo's own domains, which have no sandbox.
 */
const PRODUCTION_DOMAINS = [
  'gov.cn',
  'pinduoduo.com',
  'pinduoduo.net',
  'yangkeduo.com',
  'pddpic.com',
];

/**
 * Says in one sentence why a check may not write to this address, or null when it may. Asked by the
 * configuration and, again, by the driver before it sends.
 */
export function refusesWriting(url: string, environment: Environment): string | null {
  const host = URL.parse(url)?.hostname.replace(/\.+$/, '');
  if (host === undefined || host === '') return 'the address is not a URL';
  const domain = PRODUCTION_DOMAINS.find((name) => host === name || host.endsWith(`.${name}`));
  if (domain !== undefined) {
    return `${host} is a production system (${domain}); made-up invoices are never written there`;
  }
  if (environment === 'production') {
    return 'the system is marked production; checks write to environment simulator or sandbox only';
  }
  return null;
}
