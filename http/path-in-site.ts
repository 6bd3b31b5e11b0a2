import { basePath } from '../model/site-address.ts';

/** The path of a request as the table of routes has it; null where the site is not. */
export type PathInSite = (path: string) => string | null;

/** Takes off what is before every path of the site at `public_url`. */
export function createPathInSite(public_url: string): PathInSite {
  const base = basePath(public_url);
  return (path) => (path.startsWith(`${base}/`) ? path.slice(base.length) : null);
}
