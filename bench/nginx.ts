import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { siteFile } from '../test/deploy/site-file.ts';
import { freePort } from '../test/process/ports.ts';
import { eventually } from '../test/process/wait.ts';

const PROGRAM = '/usr/sbin/nginx';

/** A file to serve, and the headers that go with it. */
export interface ServedFile {
  path: string;
  body: Buffer;
  headers: Record<string, string>;
}

export interface RunningNginx {
  url: string;
  stop(): Promise<void>;
}

/**
 * An nginx with one worker and default settings, except that the access log is off, like ours.
 * `keeps_files`: it does not open a file anew for each request.
 */
export async function startNginx(
  folder: string,
  files: readonly ServedFile[],
  { keeps_files = false } = {},
): Promise<RunningNginx> {
  const root = join(folder, keeps_files ? 'nginx-keeping' : 'nginx');
  mkdirSync(root);
  const locations = files.map(({ path, body, headers }) => {
    const file = path.endsWith('/') ? `${path}index.html` : path;
    mkdirSync(dirname(join(root, 'files', file)), { recursive: true });
    writeFileSync(join(root, 'files', file), body);
    return locationOf(file, headers);
  });
  const port = await freePort();
  return run(root, port, [
    ...(keeps_files ? ['open_file_cache max=100;'] : []),
    `server { listen 127.0.0.1:${port}; root ${root}/files;`,
    ...locations,
    '}',
  ]);
}

/** The same with the shipped site file, in front of a page. */
export async function startCache(folder: string, page_url: string): Promise<RunningNginx> {
  const root = join(folder, 'nginx-cache');
  mkdirSync(root);
  const port = await freePort();
  return run(root, port, [siteFile({ page_url, port, cache: join(root, 'cache') })]);
}

async function run(root: string, port: number, http: readonly string[]): Promise<RunningNginx> {
  const config = join(root, 'nginx.conf');
  writeFileSync(config, configuration(root, http));
  const child = spawn(PROGRAM, ['-c', config, '-e', 'stderr'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await eventually('nginx listens', () =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  );
  return {
    url,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function locationOf(file: string, headers: Record<string, string>): string {
  const { 'content-type': type = 'text/plain', ...others } = headers;
  const added = Object.entries(others).map(([name, it]) => `add_header ${name} ${quoted(it)};`);
  return `location = ${file} { types {} default_type ${quoted(type)}; ${added.join(' ')} }`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function configuration(root: string, http: readonly string[]): string {
  return `daemon off;
worker_processes 1;
user root;
pid ${root}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${root}/body;
  proxy_temp_path ${root}/proxy;
  fastcgi_temp_path ${root}/fastcgi;
  uwsgi_temp_path ${root}/uwsgi;
  scgi_temp_path ${root}/scgi;
  ${http.join('\n  ')}
}
`;
}
