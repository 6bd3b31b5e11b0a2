import type { PageContext } from './page-context.ts';

/** The query parameter of signed links, as it was written. */
const TOKEN = /[?&]t=([^&#]*)/;

/**
 * The token of a signed link, undecoded: a token needs no encoding, so that one that has some is
 * another text.
 */
export function tokenOf(c: PageContext): string {
  return TOKEN.exec(c.req.url)?.[1] ?? '';
}
