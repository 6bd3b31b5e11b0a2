import { type Attempt, failed, succeeded } from './failure.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Whether a browser goes on from an answer of this status to this location. */
export function isRedirect(status: number, location: string | undefined): boolean {
  return REDIRECTS.has(status) && location !== undefined && location !== '';
}

/**
 * The address to which this location leads from an address, as browsers take it: with its bytes as
 * they are, relative or not, to any host, over http or https.
 */
export function redirectTarget(location: string, from: URL): Attempt<URL> {
  const next = URL.parse(escaped(location), from);
  if (next === null) return refused('to something that is not a URL');
  if (next.protocol !== 'http:' && next.protocol !== 'https:') {
    return refused('to another protocol');
  }
  return succeeded(next);
}

/**
 * The header that tells a URL from which page it is asked, as browsers send it: to other origins
 * the origin only, and nothing from HTTPS to plain HTTP. The address of a page may be a secret.
 */
export function refererFor(referer: string | undefined, url: URL): { referer?: string } {
  const from = referer === undefined ? null : URL.parse(referer);
  if (from === null || (from.protocol === 'https:' && url.protocol !== 'https:')) return {};
  return { referer: from.origin === url.origin ? from.href : `${from.origin}/` };
}

/** Bytes outside ASCII stay what they are: a path in GBK is no path in UTF-8. */
function escaped(location: string): string {
  return location.replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function refused(how: string) {
  return failed('system', 'unexpected_answer', `redirected ${how}`);
}
