import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { getText } from '../test/process/ask.ts';
import { eventually } from '../test/process/wait.ts';
import type { Benchmark } from './benchmark.ts';
import { startChild } from './child.ts';
import { type Figure, median } from './figure.ts';
import { inFolder } from './folder.ts';
import { loadConfig } from './load-config.ts';
import { type ServedFile, startNginx } from './nginx.ts';
import { BROWSER_HEADERS, type WrkResult, wrk } from './wrk.ts';

const CHECKS_PER_SECOND = 100;
/** Size of the page, with 90 days per component. */
const SYSTEMS = 4;
const PATHS = ['/', '/api/v2/summary.json'];
const ROUNDS = 5;
const SECONDS = 5;

export const pageRequests: Benchmark = {
  name: 'requests to the page',
  about:
    `wrk (Debian, one thread, 64 connections, ${SECONDS} s) on one page process and, by turns, ` +
    'on nginx (Debian, one worker, default file handling) serving the same bytes with the same ' +
    `headers, gzip, while one collector runs ${CHECKS_PER_SECOND} checks a second on the same ` +
    'machine; medians.',

  run: () =>
    inFolder(async (folder) => {
      const target = await startChild('bench/target.ts');
      const config = join(folder, 'load.yaml');
      const url_of_target = `http://127.0.0.1:${target.ports.target}`;
      const checks = 2 * CHECKS_PER_SECOND;
      writeFileSync(config, loadConfig({ url: url_of_target, checks, systems: SYSTEMS }));
      const site = { args: ['--config', config], env: { ...PORTS, DATA_DIR: folder } };
      const collector = await startChild('collector/main.ts', site);
      const page = await startChild('status-page/main.ts', site);
      const url = `http://127.0.0.1:${page.ports.page}`;
      await measured(url);
      const nginx = await startNginx(folder, await Promise.all(PATHS.map((it) => served(url, it))));
      try {
        const figures: Figure[] = [];
        for (const path of PATHS) figures.push(...(await compare(path, { url, peer: nginx.url })));
        return figures;
      } finally {
        for (const it of [nginx, page, collector, target]) await it.stop();
      }
    }),
};

const PORTS = { PORT: '0', COLLECTOR_PORT: '0', PAGE_PRIVATE_PORT: '0' };

async function compare(
  path: string,
  { url, peer }: { url: string; peer: string },
): Promise<Figure[]> {
  const ours: WrkResult[] = [];
  const theirs: WrkResult[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    theirs.push(await wrk(`${peer}${path}`, SECONDS));
    ours.push(await wrk(`${url}${path}`, SECONDS));
  }
  const rate = (results: readonly WrkResult[]) => median(results.map((it) => it.per_second));
  const of = { n: ROUNDS };
  return [
    { ...of, what: `${path}, page`, value: rate(ours), unit: '/s', budget: null },
    { ...of, what: `${path}, nginx`, value: rate(theirs), unit: '/s', budget: null },
    {
      ...of,
      what: `${path}, page ÷ nginx`,
      value: rate(ours) / rate(theirs),
      unit: '×',
      budget: { at_least: 0.6 },
    },
    {
      ...of,
      what: `${path}, page, p99`,
      value: median(ours.map((it) => it.p99_ms)),
      unit: 'ms',
      budget: { at_most: 20 },
    },
  ];
}

/** Waits until the page shows measurements. */
async function measured(url: string): Promise<void> {
  await eventually('a measured page', async () =>
    (await getText(`${url}/api/v2/summary.json`)).includes('"operational"'),
  );
}

/**
 * A response of the page as a file for nginx: its encoded bytes, and its headers except those nginx
 * generates.
 */
async function served(url: string, path: string): Promise<ServedFile> {
  const [answer] = (await once(get(`${url}${path}`, { headers: BROWSER_HEADERS }), 'response')) as [
    IncomingMessage,
  ];
  const body = await buffer(answer);
  const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
    NGINX_OWN.has(name) || value === undefined ? [] : [[name, String(value)]],
  );
  return { path, body, headers: Object.fromEntries(headers) };
}

const NGINX_OWN = new Set([
  'connection',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'transfer-encoding',
]);
