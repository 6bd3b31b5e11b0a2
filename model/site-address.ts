/**
 * Addresses of the site from the paths of its table of routes. `public_url` may have a path, below
 * which all of the site is.
 */

/** The whole address of a path, for whoever is elsewhere. */
export function siteAddress(public_url: string, path: string): string {
  return `${public_url}${path}`;
}

/** What is before every path on the site's host: `/status`; empty where the host is its own. */
export function basePath(public_url: string): string {
  const { pathname } = new URL(public_url);
  return pathname === '/' ? '' : pathname;
}
