import type { IncomingMessage } from 'node:http';
import type { Problem } from './problem.ts';

/** Why a request is refused before anything else is asked of it; null when it is not. */
export type FrontDoor = (
  request: Pick<IncomingMessage, 'url' | 'headers' | 'rawHeaders' | 'socket'>,
) => Problem | null;

/** The one spelling of an address: every row of a route table consists of these characters. */
const CANONICAL_PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;
/** Names by which a machine reaches itself. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Of what names no path, or no host. */
export const UNREADABLE: Problem = {
  status: 400,
  title: 'The request cannot be read',
  detail: 'Expected a path that begins with a slash, and the name of the host.',
};
/** Of an unknown path, and of another spelling of a known one. */
export const NOT_FOUND: Problem = {
  status: 404,
  title: 'Not found',
  detail: 'There is nothing at this address; start from the front page.',
};

/**
 * The door of the site at `public_url`: 421 for a request to another host (RFC 9110 §15.5.20), so
 * that no name that somebody points at us is taken for our own; 404 for another spelling of a path,
 * so that whoever guards a path in front of us guards all of it; 400 for what names no path.
 */
export function createFrontDoor(public_url: string): FrontDoor {
  const { hostname } = new URL(public_url);
  const elsewhere: Problem = {
    status: 421,
    title: 'This is another host',
    detail: `The page is at ${public_url}.`,
  };
  return ({ url = '/', headers, rawHeaders, socket }) => {
    // Who reads the first and who reads the last would disagree (RFC 9112 §3.2).
    if (hasSeveralHosts(rawHeaders)) return UNREADABLE;
    const host = hostnameOf(headers.host);
    if (host !== null && host !== hostname && !isOwnAddress(host, socket)) return elsewhere;
    if (!url.startsWith('/')) return UNREADABLE;
    return isCanonicalPath(pathOf(url)) ? null : NOT_FOUND;
  };
}

/** Whether a path has the one spelling in which we answer at it. */
export function isCanonicalPath(path: string): boolean {
  return CANONICAL_PATH.test(path);
}

/** The path of a request target, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** Whether a Host header names this machine itself. None does not: HTTP/1.0 needs none. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = hostnameOf(host);
  return name === null || LOOPBACK.includes(name);
}

/** A browser at such an address is there because it asked us: no name leads it here. */
function isOwnAddress(host: string, { localAddress = '' }: IncomingMessage['socket']): boolean {
  if (LOOPBACK.includes(host)) return true;
  const address = localAddress.replace(/^::ffff:/, '');
  return host === (address.includes(':') ? `[${address}]` : address);
}

function hasSeveralHosts(raw_headers: readonly string[]): boolean {
  let hosts = 0;
  for (let i = 0; i < raw_headers.length; i += 2) {
    const name = raw_headers[i] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

function hostnameOf(host: string | undefined): string | null {
  return host?.replace(/:\d*$/, '').toLowerCase() ?? null;
}
