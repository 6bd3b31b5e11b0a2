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
  /** Where callbacks go, and the port that leads on to TLS; without, those lines are comments. */
  callbacks?: { collector: string; plain_port: number };
}

/**
 * The shipped site file with its addresses changed. Where the page is below a path, the host has
 * something else at its root.
 */
export function siteFile({ page_url, port, cache, callbacks }: SiteFileParts): string {
  const { host, pathname } = new URL(page_url);
  const site = changed(pathname === '/' ? SITE : sharedHost(pathname), [
    ['server 127.0.0.1:8080;', `server ${host};`],
    ['/var/cache/nginx/piaokuang', cache],
    ['listen 80;', `listen 127.0.0.1:${port};`],
  ]);
  if (callbacks === undefined) return site;
  return changed(CALLBACK_BLOCKS.reduce(uncommented, site), [
    // Not that of events, which is a comment.
    ['\n        proxy_pass http://127.0.0.1:9470', `\nproxy_pass ${callbacks.collector}`],
    ['listen 80;', `listen 127.0.0.1:${callbacks.plain_port};`],
  ]);
}

/** What is there as a comment, for those who have callbacks, and TLS. */
export const CALLBACK_BLOCKS = [
  'location ^~ /ingest/callbacks/',
  'location @callbacks_away',
  'server',
] as const;

/** The text with that block in force. */
export function uncommented(text: string, opening: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.trim() === `# ${opening} {`);
  const indent = lines[from]?.indexOf('#') ?? 0;
  const end = `${' '.repeat(indent)}# }`;
  const to = lines.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The site file has no "# ${opening} {"`);
  const changed = lines.map((line, i) =>
    i >= from && i <= to ? line.replace(/^( *)# ?/, '$1') : line,
  );
  return changed.join('\n');
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
