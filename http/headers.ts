import type { OutgoingHttpHeaders } from 'node:http';
import { basePath } from '../model/site-address.ts';

/**
 * Headers of every response: no inline scripts or styles, no framing, no referrer to other sites.
 */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // Same-origin rather than none: a form's Origin header would otherwise be "null".
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
} as const satisfies OutgoingHttpHeaders;

/**
 * Browsers come back by https alone, for a year; only of a site that people reach by it, and that
 * has its host to itself: below a path it would decide for its neighbours.
 */
export function transportHeaders(public_url: string): OutgoingHttpHeaders {
  const is_ours = public_url.startsWith('https:') && basePath(public_url) === '';
  return is_ours ? { 'strict-transport-security': 'max-age=31536000' } : {};
}

/** The policy of a page that pages of these origins may show in a frame; of none by default. */
export function policyFramedBy(origins: readonly string[] = []) {
  const policy = SECURITY_HEADERS['content-security-policy'];
  if (origins.length === 0) return {};
  const ancestors = `frame-ancestors ${origins.join(' ')}`;
  return { 'content-security-policy': policy.replace("frame-ancestors 'none'", ancestors) };
}

/** Allows pages of any origin to read a response (CORS). */
export const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
} as const satisfies OutgoingHttpHeaders;

/** Caches must revalidate each time, which costs a 304, so that no stale copy is used. */
export const REVALIDATE = 'no-cache';
/** For URLs that change with their content. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
