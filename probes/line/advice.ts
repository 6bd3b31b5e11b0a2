import { type Configuration, isScheduled } from '../../model/configuration.ts';

const ENOUGH = 2;

/**
 * What a configuration lacks to tell failures of our own line from theirs, in a sentence; null when
 * nothing. Simulators on this machine need no line.
 */
export function lineAdvice({ systems, checks }: Configuration): string | null {
  const asked = new Set(checks.filter(isScheduled).map(({ system }) => system));
  const measured = systems.filter(({ id }) => asked.has(id));
  if (measured.every(({ environment }) => environment === 'simulator')) return null;
  const hosts = measured.filter(({ neutral }) => neutral).map(({ url }) => new URL(url).hostname);
  const owners = new Set(hosts.map(roughOwner));
  if (owners.size >= ENOUGH) return null;
  const found = hosts.length > owners.size ? `${hosts.length} of one owner` : `${owners.size}`;
  return (
    `Neutral hosts: ${found}. Set \`neutral: true\` for two systems of different owners that ` +
    'have nothing to do with invoices, each with a check; while both fail, our own line does.'
  );
}

/** Roughly, without the public suffix list: `b.cn` of `a.b.cn`, `b.gov.cn` of `a.b.gov.cn`. */
function roughOwner(hostname: string): string {
  const labels = hostname.split('.');
  const is_shared = (labels.at(-2) ?? '').length <= 3;
  return labels.slice(is_shared ? -3 : -2).join('.');
}
