import { z } from 'zod';
import { isCanonicalPath } from '../../http/front-door.ts';
import { byLocale } from '../../model/languages.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { type Localized, REQUIRED_LOCALES } from '../../model/vocabulary.ts';
import { isZone } from '../../model/zone.ts';

const UNIT_MS = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY } as const;

interface DurationBounds {
  min_ms?: number;
  max_ms: number;
}

/** A duration with its unit, `1500ms`, `15s`, `10m`, `24h`, `7d`, as milliseconds. */
export function duration(bounds: DurationBounds) {
  const { min_ms = 1, max_ms } = bounds;
  return z
    .string(DURATION_EXPECTED)
    .regex(/^\d{1,9}(ms|s|m|h|d)$/, DURATION_EXPECTED)
    .transform(inMs)
    .refine((ms) => ms >= min_ms && ms <= max_ms, {
      error: `expected between ${formatDuration(min_ms)} and ${formatDuration(max_ms)}`,
    });
}

const DURATION_EXPECTED = 'expected a duration with its unit, such as 1500ms, 15s, 10m, 24h or 7d';

function inMs(text: string): number {
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** Formats a duration in the largest unit that divides it: `15s`, `1500ms`. */
export function formatDuration(ms: number): string {
  const units = Object.entries(UNIT_MS).reverse();
  const [unit, size] = units.find(([, size]) => ms % size === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/**
 * Ids appear in URLs, metric labels and component ids (`system.function`), so their characters are
 * restricted.
 */
export const ID_PATTERN = /^[a-z][a-z0-9-]{0,62}$/;
export const ID_EXPECTED =
  'expected an id of lower-case letters, digits and hyphens that starts with a letter, at ' +
  'most 63 characters';

const words = z
  .string()
  .trim()
  .min(1, 'expected some words')
  .max(200, 'expected at most 200 characters');

/** A text in the required languages, optionally in others. */
export const localized = z.strictObject({
  ...byLocale(() => words.exactOptional()),
  ...Object.fromEntries(REQUIRED_LOCALES.map((locale) => [locale, words])),
}) as z.ZodType<Localized>;

/** An IANA time zone that this runtime knows. */
export const zone = z.string().refine(isZone, {
  error: 'expected an IANA time zone, such as Asia/Shanghai',
});

/** An http or https address without credentials, query, fragment or trailing slash. */
export const address = z.string().max(500).refine(isAddress, {
  error: 'expected an http or https address without user, query, fragment or trailing slash',
});

/** An https address of any page, without credentials. */
export const secureAddress = z.string().max(500).refine(isSecureAddress, {
  error: 'expected an https address of at most 500 characters, without user and password',
});

function isSecureAddress(text: string): boolean {
  const url = /[\p{Cc}\s]/u.test(text) ? null : URL.parse(text);
  return url?.protocol === 'https:' && !url.username && !url.password;
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.endsWith('/')) return false;
  const bare = !url.username && !url.password && !url.search && !url.hash;
  return bare && (url.protocol === 'http:' || url.protocol === 'https:');
}

/** An address of scheme, host and port only. */
export const origin = z
  .string()
  .refine((text) => isAddress(text) && URL.parse(text)?.pathname === '/', {
    error: 'expected an address without a path, such as http://127.0.0.1:8090',
  });

/** The address of the page: an origin, or one with a path, as the page answers at it. */
export const pageAddress = z
  .string()
  .transform((text) => text.replace(/\/$/, ''))
  .refine((text) => isAddress(text) && isCanonicalPath(text.replace(/^\w+:\/\/[^/]*/, '')), {
    error:
      'expected the address of the page, such as https://status.example.org or ' +
      'https://example.org/status, with letters, digits, ".", "_", "~" and "-" in its path',
  });

/** Of scheme, host and port only, as a Content-Security-Policy names those who may frame a page. */
export const frameAncestor = z.string().refine(isOrigin, {
  error: 'expected the origin of a site, such as https://erp.example.org, without a path',
});

/** Written as browsers write it, so that nothing else gets into a header. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[a-z0-9.:[\]-]+$/.test(text) && URL.parse(text)?.origin === text;
}
