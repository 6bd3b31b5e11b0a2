import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../status-page/request.ts';
import { until } from '../status-page/site.ts';
import { siteFile } from './site-file.ts';

const NGINX = '/usr/sbin/nginx';
export interface Nginx {
  url: string;
  /** The port without TLS that leads on, where there are callbacks. */
  plain_url: string;
  /** All that it has logged of requests and errors. */
  logged(): string;
  stop(): Promise<void>;
}

/**
 * The shipped site file in a real nginx, in front of a page at another port; with what it has for
 * callbacks where a collector is given.
 */
export async function startNginx(page_url: string, collector?: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-nginx-'));
  const port = await freePort();
  const plain_port = await freePort();
  const site = siteFile({
    page_url,
    port,
    cache: join(folder, 'cache'),
    ...(collector !== undefined && { callbacks: { collector, plain_port } }),
  });
  writeFileSync(join(folder, 'piaokuang.conf'), site);
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
    plain_url: `http://127.0.0.1:${plain_port}`,
    logged: () => complaints + readFileSync(join(folder, 'access.log'), 'utf8'),
    async stop() {
      await ended(nginx);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The main file of a distribution, so far as a site file relies on it. */
function mainFile(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `daemon off; ${user} worker_processes 1; pid ${join(folder, 'pid')};
    error_log stderr warn; events { worker_connections 256; }
    http { access_log ${join(folder, 'access.log')};
      ${temporary.join(' ')} include ${join(folder, 'piaokuang.conf')}; }`;
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
