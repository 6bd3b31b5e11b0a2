import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getText } from '../test/process/ask.ts';
import type { Benchmark } from './benchmark.ts';
import { startChild } from './child.ts';
import { cpuSeconds, lagsOf, residentMb } from './collector-figures.ts';
import { sleep } from './evenly.ts';
import { type Figure, quantile } from './figure.ts';
import { inFolder } from './folder.ts';
import { loadConfig } from './load-config.ts';

const EVERY_30_S = '*/30 * * * * *';
const SYSTEMS = 100;
/** First slots, compiling, and the heap's growth. */
const WARM_UP_MS = 35_000;
const LASTS_MS = 90_000;

/** Budgets of so many checks. */
interface Size {
  checks: number;
  lag_ms: number;
  /** null: as many as it takes. */
  rss_mb: number | null;
  ready_ms: number | null;
}

const SIZES: readonly Size[] = [
  { checks: 1_000, lag_ms: 100, rss_mb: null, ready_ms: null },
  { checks: 10_000, lag_ms: 250, rss_mb: 512, ready_ms: null },
];

export const manyChecks: Benchmark = {
  name: 'Many checks in one collector',
  about:
    'Checks of a web page on this machine, each every 30 s, in one collector; the page runs ' +
    `beside it. Over ${LASTS_MS / 1_000} s after ${WARM_UP_MS / 1_000} s of warming up. The lag ` +
    'is from the slot to the start of the run; "ready" is from the start of the process, with ' +
    'reading the configuration.',

  run: () =>
    inFolder(async (folder) => {
      const target = await startChild('bench/target.ts');
      const figures: Figure[] = [];
      for (const size of SIZES) {
        const url = `http://127.0.0.1:${target.ports.target}`;
        figures.push(...(await withChecks(join(folder, `${size.checks}`), url, size)));
      }
      await target.stop();
      return figures;
    }),
};

async function withChecks(name: string, url: string, size: Size): Promise<Figure[]> {
  const { checks, lag_ms, rss_mb, ready_ms } = size;
  const config = `${name}.yaml`;
  const text = loadConfig({ url, checks, systems: SYSTEMS, schedule: EVERY_30_S });
  // Below the limit of a configuration with 10,000 checks, too.
  writeFileSync(config, text.replaceAll(/, options: [^}]*}/g, '').replaceAll('target-', 't'));
  const begun = performance.now();
  const collector = await startChild('collector/main.ts', {
    args: ['--config', config],
    env: { DATA_DIR: name, COLLECTOR_PORT: '0' },
  });
  const took_ms = performance.now() - begun;
  const metrics = `http://127.0.0.1:${collector.ports.private}/metrics`;
  await sleep(WARM_UP_MS);
  const from = Date.now();
  const before = await getText(metrics);
  await sleep(LASTS_MS);
  const after = await getText(metrics);
  await collector.stop();
  const lags = await lagsOf(join(name, 'piaokuang.db'), from);
  const cpu_s = cpuSeconds(after) - cpuSeconds(before);
  const n = lags.length;
  const what = `${checks.toLocaleString('en')} checks`;
  const atMost = (limit: number | null) => (limit === null ? null : { at_most: limit });
  return [
    { what: `${what}: ready`, value: took_ms, unit: 'ms', n: 1, budget: atMost(ready_ms) },
    {
      what: `${what}: lag, p99`,
      value: quantile(lags, 0.99),
      unit: 'ms',
      n,
      budget: atMost(lag_ms),
    },
    { what: `${what}: CPU per check`, value: (1_000 * cpu_s) / n, unit: 'ms', n, budget: null },
    { what: `${what}: RSS`, value: residentMb(after), unit: 'MB', n: 1, budget: atMost(rss_mb) },
  ];
}
