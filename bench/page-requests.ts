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
import { type ServedFile, startCache, startNginx } from './nginx.ts';
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
    'headers, gzip; also on the page behind nginx with deploy/nginx/piaokuang.conf, and on nginx ' +
    'with `open_file_cache` serving what that answers; while one collector runs ' +
    `${CHECKS_PER_SECOND} checks a second on the same machine; medians.`,

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
      const nginx = await startNginx(folder, await filesOf(url));
      const cache = await startCache(folder, url);
      const keeping = await startNginx(folder, await filesOf(cache.url), { keeps_files: true });
      const urls = { page: url, nginx: nginx.url, cache: cache.url, keeping: keeping.url };
      try {
        const figures: Figure[] = [];
        for (const path of PATHS) figures.push(...(await compare(path, urls)));
        return figures;
      } finally {
        for (const it of [keeping, cache, nginx, page, collector, target]) await it.stop();
      }
    }),
};

const PORTS = { PORT: '0', COLLECTOR_PORT: '0', PAGE_PRIVATE_PORT: '0' };

/** Whom wrk asks by turns. */
interface Urls {
  page: string;
  /** Serves what the page answers. */
  nginx: string;
  /** The shipped site file, in front of the page. */
  cache: string;
  /** Serves what that answers, with files kept open. */
  keeping: string;
}

type Who = keyof Urls;

async function compare(path: string, urls: Urls): Promise<Figure[]> {
  const { page, nginx, cache, keeping } = await byTurns(path, urls);
  const of = { n: ROUNDS };
  const rate = (who: string, { per_second }: WrkResult): Figure => {
    return { ...of, what: `${path}, ${who}`, value: per_second, unit: '/s', budget: null };
  };
  const times = (what: string, value: number, budget: Figure['budget']): Figure => {
    return { ...of, what: `${path}, ${what}`, value, unit: '×', budget };
  };
  const behind = 'page behind its nginx ÷ nginx with open_file_cache';
  return [
    rate('page', page),
    rate('nginx', nginx),
    times('page ÷ nginx', page.per_second / nginx.per_second, { at_least: 0.6 }),
    {
      ...of,
      what: `${path}, page, p99`,
      value: page.p99_ms,
      unit: 'ms',
      budget: { at_most: 20 },
    },
    rate('page behind its nginx', cache),
    rate('nginx with open_file_cache', keeping),
    times(behind, cache.per_second / keeping.per_second, { at_least: 0.85 }),
    times(`${behind}, p99`, cache.p99_ms / keeping.p99_ms, { at_most: 1.5 }),
  ];
}

/** Medians of each, over rounds in which everybody has a turn. */
async function byTurns(path: string, urls: Urls): Promise<Record<Who, WrkResult>> {
  const results = { page: [], nginx: [], cache: [], keeping: [] } as Record<Who, WrkResult[]>;
  const everybody = Object.keys(results) as Who[];
  for (let n = 0; n < ROUNDS; n += 1) {
    for (const who of everybody) results[who].push(await wrk(urls[who] + path, SECONDS));
  }
  const medians = everybody.map((who) => [
    who,
    {
      per_second: median(results[who].map((it) => it.per_second)),
      p99_ms: median(results[who].map((it) => it.p99_ms)),
    },
  ]);
  return Object.fromEntries(medians);
}

/** Waits until the page shows measurements. */
async function measured(url: string): Promise<void> {
  await eventually('a measured page', async () =>
    (await getText(`${url}/api/v2/summary.json`)).includes('"operational"'),
  );
}

/** What somebody answers, as files for nginx. */
function filesOf(url: string): Promise<ServedFile[]> {
  return Promise.all(PATHS.map((path) => served(url, path)));
}

/**
 * A response as a file for nginx: its encoded bytes, and its headers except those nginx generates.
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
  'server',
  'transfer-encoding',
]);
