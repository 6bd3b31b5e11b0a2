import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = join(import.meta.dirname, '../../deploy/nginx');
/** The site file, and what the server of a host with other things includes. */
export const SITE = readFileSync(join(FILES, 'piaokuang.conf'), 'utf8');
export const BELOW = readFileSync(join(FILES, 'piaokuang-below-a-path.conf'), 'utf8');

interface SiteFileParts {
  page_url: string;
  /** Port that nginx listens on. */
  port: number;
  /** Folder of the cache. */
  cache: string;
}

/**
 * The shipped site file with its addresses changed. Where the page is below a path, the host has
 * something else at its root.
 */
export function siteFile({ page_url, port, cache }: SiteFileParts): string {
  const { host, pathname } = new URL(page_url);
  return changed(pathname === '/' ? SITE : sharedHost(pathname), [
    ['server 127.0.0.1:8080;', `server ${host};`],
    ['/var/cache/nginx/piaokuang', cache],
    ['listen 80;', `listen 127.0.0.1:${port};`],
  ]);
}

/** As the file for it says: what is before the server, and a server that includes the rest. */
function sharedHost(path: string): string {
  const [before] = SITE.split('\nserver {');
  return `${before}
    server {
      listen 80;
      location / { return 200 "Somebody else\\n"; }
      ${BELOW.replaceAll('/status', path)}
    }`;
}

function changed(text: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The site file does not have "${from}"`);
    return result.replace(from, to);
  }, text);
}
