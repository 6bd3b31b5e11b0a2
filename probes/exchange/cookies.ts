import { isPublicAddress } from '../../model/network-address.ts';
import { literalAddress } from './connection/resolve.ts';

/** The cookies of one run (RFC 6265). */
export interface CookieJar {
  /** The headers of a request to this address: one with its cookies, or none. */
  headerFor(url: URL): { cookie?: string };
  /** Takes the values of Set-Cookie of an answer from this address. */
  take(url: URL, set: readonly string[]): void;
}

interface Cookie {
  name: string;
  value: string;
  domain: string;
  /** Sent to this host only, not to those below it. */
  host_only: boolean;
  path: string;
  secure: boolean;
}

/** Chromium's limits (net::CookieMonster, net::ParsedCookie). */
const MOST_COOKIES = 180;
const MOST_CHARACTERS = 4_096;

export function createCookieJar(now: () => number): CookieJar {
  const cookies = new Map<string, Cookie>();

  function take(url: URL, text: string): void {
    const parsed = parseCookie(text, url);
    if (parsed === null || !mayBeSet(parsed.cookie, url)) return;
    const { name, domain, host_only, path } = parsed.cookie;
    const key = JSON.stringify([name, domain, host_only, path]);
    const is_over = parsed.expires_at !== null && parsed.expires_at <= now();
    if (is_over) cookies.delete(key);
    else if (cookies.has(key) || cookies.size < MOST_COOKIES) cookies.set(key, parsed.cookie);
  }

  return {
    headerFor(url) {
      const sent = [...cookies.values()]
        .filter((cookie) => isFor(cookie, url))
        .toSorted((a, b) => b.path.length - a.path.length)
        .map(({ name, value }) => (name === '' ? value : `${name}=${value}`));
      return sent.length === 0 ? {} : { cookie: sent.join('; ') };
    },
    take(url, set) {
      for (const text of set) take(url, text);
    },
  };
}

interface ParsedCookie {
  cookie: Cookie;
  /** Null: with the session, here the run. */
  expires_at: number | null;
}

function parseCookie(text: string, url: URL): ParsedCookie | null {
  const [pair = '', ...attributes] = text.split(';');
  const equals = pair.indexOf('=');
  const name = equals === -1 ? '' : pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  if (name + value === '' || name.length + value.length > MOST_CHARACTERS) return null;
  if ([...pair].some(isControl)) return null;
  const said = new Map(
    attributes.map((attribute) => {
      const [key = '', ...rest] = attribute.split('=');
      return [key.trim().toLowerCase(), rest.join('=').trim()];
    }),
  );
  // Chromium refuses what would go everywhere unprotected.
  if (said.get('samesite')?.toLowerCase() === 'none' && !said.has('secure')) return null;
  const domain = (said.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  const path = said.get('path') ?? '';
  const cookie = {
    name,
    value,
    domain: domain === '' ? url.hostname : domain,
    host_only: domain === '' || domain === url.hostname,
    path: path.startsWith('/') ? path : defaultPath(url),
    secure: said.has('secure'),
  };
  return { cookie, expires_at: expiry(said) };
}

function isControl(character: string): boolean {
  return (character < ' ' && character !== '\t') || character === '\x7f';
}

/** `Max-Age` before `Expires`; a date that is none counts for nothing. */
function expiry(said: ReadonlyMap<string, string>): number | null {
  const max_age = said.get('max-age');
  if (max_age !== undefined && /^-?\d+$/.test(max_age)) {
    return Number(max_age) <= 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  const expires_at = Date.parse(said.get('expires') ?? '');
  return Number.isNaN(expires_at) ? null : expires_at;
}

function defaultPath({ pathname }: URL): string {
  const end = pathname.lastIndexOf('/');
  return end <= 0 ? '/' : pathname.slice(0, end);
}

function mayBeSet({ name, domain, host_only, path, secure }: Cookie, url: URL): boolean {
  if (!isWithin(url.hostname, domain) || (!host_only && isEverybodys(domain))) return false;
  if (secure && !isConfidential(url)) return false;
  if (/^__secure-/i.test(name)) return secure;
  return !/^__host-/i.test(name) || (secure && host_only && path === '/');
}

/**
 * Names below which anybody may have a host (RFC 6265, 5.3): one label, second levels of countries,
 * and the provinces of China. The whole list is loaded for nobody: the jar lives as long as a run.
 */
const SECOND_LEVEL = /^(?:ac|co|com|edu|go|gov|mil|ne|net|or|org)\.[a-z]{2}$/;
const PROVINCE = new RegExp(
  '^(?:ah|bj|cq|fj|gd|gs|gx|gz|ha|hb|he|hi|hk|hl|hn|jl|js|jx|ln|mo|nm|nx|qh|sc|sd|sh|sn|sx|tj|tw|' +
    'xj|xz|yn|zj)\\.cn$',
);

function isEverybodys(domain: string): boolean {
  return !domain.includes('.') || SECOND_LEVEL.test(domain) || PROVINCE.test(domain);
}

function isFor({ domain, host_only, path, secure }: Cookie, url: URL): boolean {
  if (host_only ? url.hostname !== domain : !isWithin(url.hostname, domain)) return false;
  if (secure && !isConfidential(url)) return false;
  const { pathname } = url;
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || (literalAddress(host) === null && host.endsWith(`.${domain}`));
}

/** Over TLS, or within this machine, as browsers trust it. */
function isConfidential({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true;
  const literal = literalAddress(hostname);
  if (literal === null) return hostname === 'localhost' || hostname.endsWith('.localhost');
  return !isPublicAddress(literal) && (literal.startsWith('127.') || literal === '::1');
}
