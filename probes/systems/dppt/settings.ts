import { z } from 'zod';
import { FORMATS } from '../../../model/vocabulary.ts';

const MOST_LINKS = 20;

const LINK = 'expected a delivery link, or {url, number, format}';

const address = z
  .string(LINK)
  .max(2_000)
  .refine(isLinkAddress, { error: 'must be a delivery link, an https address as it was received' });

const link = z.preprocess(
  (given) => (typeof given === 'string' ? { url: given } : given),
  z.strictObject(
    {
      url: address,
      number: z
        .string()
        .regex(/^\d{20}$/, 'must be the 20 digits of a 数电票 number')
        .optional(),
      format: z.enum(FORMATS).optional(),
    },
    LINK,
  ),
);

/** One link a line, as a file holds them. */
function linesOf(value: unknown): unknown {
  return typeof value === 'string' ? value.split(/\s+/).filter((line) => line !== '') : value;
}

/**
 * Links from mails and messages by which invoices of one's own were delivered. Who has a link has
 * the invoice: they are treated like secrets, and messages do not repeat them.
 */
export const dpptSettings = z.strictObject({
  links: z.preprocess(
    linesOf,
    z
      .array(link, 'expected a list of delivery links')
      .min(1, 'expected at least one delivery link')
      .max(MOST_LINKS, `expected at most ${MOST_LINKS} delivery links`)
      .refine(areDistinct, { error: 'contains a link twice; checks share the position of one' }),
  ),
});

/** Written twice by mistake; the same link in other words is only asked as sparingly as one. */
function areDistinct(links: readonly { url: string }[]): boolean {
  return new Set(links.map(({ url }) => URL.parse(url)?.href)).size === links.length;
}

/** Plain HTTP only on this machine, for simulators. */
function isLinkAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const is_local = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  return url.protocol === 'https:' || (url.protocol === 'http:' && is_local);
}
