import type { Answer } from './answer.ts';
import { type Attempt, failed, succeeded } from './failure.ts';
import { saysMaintenance } from './maintenance.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer sends us: a URL to follow, or null when it does not redirect. Only the same host
 * is followed, or its own step from http to https, so that a captive portal or a login page
 * elsewhere never passes for the system.
 */
export function nextLocation(answer: Answer): Attempt<URL | null> {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || typeof location !== 'string') return succeeded(null);
  if (saysMaintenance(answer)) {
    return failed('maintenance', 'http_status', `HTTP ${answer.status} to a maintenance page`);
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
