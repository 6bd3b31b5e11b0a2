import type { Answer } from './answer.ts';
import { type Attempt, failed, succeeded } from './failure.ts';
import { declaresMaintenance } from './maintenance.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The redirect target, or null when the answer does not redirect. Only redirects within the same
 * host, or its upgrade from http to https, are followed, so that a captive portal or a login page
 * elsewhere is not mistaken for the system.
 */
export function nextLocation(answer: Answer): Attempt<URL | null> {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || typeof location !== 'string') return succeeded(null);
  if (declaresMaintenance(answer)) {
    return failed('maintenance', 'says_maintenance', `HTTP ${answer.status} to a maintenance page`);
  }
  const next = URL.parse(location, answer.url);
  if (next === null) return refused('to something that is not a URL');
  if (next.protocol !== 'http:' && next.protocol !== 'https:')
    return refused('to another protocol');
  if (answer.url.protocol === 'https:' && next.protocol === 'http:') {
    return refused('from https to http');
  }
  const upgraded = answer.url.protocol !== next.protocol;
  const same = upgraded ? next.hostname === answer.url.hostname : next.host === answer.url.host;
  return same ? succeeded(next) : refused(`to another host, ${next.host.slice(0, 100)}`);
}

function refused(how: string) {
  return failed('system', 'redirect_refused', `redirected ${how}`);
}
