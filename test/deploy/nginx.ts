import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../status-page/request.ts';
import { until } from '../status-page/site.ts';

const NGINX = '/usr/sbin/nginx';
const FILES = join(import.meta.dirname, '../../deploy/nginx');
/** The site file, and what the server of a host with other things includes. */
export const SITE = readFileSync(join(FILES, 'piaokuang.conf'), 'utf8');
export const BELOW = readFileSync(join(FILES, 'piaokuang-below-a-path.conf'), 'utf8');

export interface Nginx {
  url: string;
  stop(): Promise<void>;
}

/**
 * The shipped files in a real nginx, in front of a page at another port. Where the page is below a
 * path, the host has something else at its root.
 */
export async function startNginx(page_url: string): Promise<Nginx> {
  const { host, pathname } = new URL(page_url);
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-nginx-'));
  const port = await freePort();
  const site = changed(pathname === '/' ? SITE : sharedHost(), [
    ['server 127.0.0.1:8080;', `server ${host};`],
    ['/var/cache/nginx/piaokuang', join(folder, 'cache')],
    ['listen 80;', `listen 127.0.0.1:${port};`],
  ]);
  writeFileSync(join(folder, 'piaokuang.conf'), site);
  writeFileSync(join(folder, 'below.conf'), BELOW.replaceAll('/status', pathname));
  writeFileSync(join(folder, 'nginx.conf'), mainFile(folder));
  const nginx = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  nginx.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (nginx.exitCode !== null) throw new Error(`nginx ended: ${complaints}`);
    return (await ask(`${url}/robots.txt`).catch(() => null)) !== null;
  });
  return {
    url,
    async stop() {
      await ended(nginx);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As the file for it says: what is before the server, and a server that includes the rest. */
function sharedHost(): string {
  const [before] = SITE.split('\nserver {');
  return `${before}
    server { listen 80; location / { return 200 "Somebody else\\n"; } include below.conf; }`;
}

/** The main file of a distribution, so far as a site file relies on it. */
function mainFile(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `daemon off; ${user} worker_processes 1; pid ${join(folder, 'pid')};
    error_log stderr warn; events { worker_connections 256; }
    http { access_log off; ${temporary.join(' ')} include ${join(folder, 'piaokuang.conf')}; }`;
}

function changed(text: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The site file does not have "${from}"`);
    return result.replace(from, to);
  }, text);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function ended(nginx: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => nginx.once('exit', resolve));
  nginx.kill('SIGTERM');
  if (nginx.exitCode === null) await exited;
}
