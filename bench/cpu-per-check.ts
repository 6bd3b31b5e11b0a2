import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getText, metric } from '../test/process/ask.ts';
import type { Benchmark } from './benchmark.ts';
import { startBlackbox } from './blackbox.ts';
import { startChild } from './child.ts';
import { cpuSeconds } from './collector-figures.ts';
import { evenly, sleep } from './evenly.ts';
import { inFolder } from './folder.ts';
import { loadConfig } from './load-config.ts';

const CHECKS = 100;
/** Each check runs every 2 s. */
const PER_SECOND = CHECKS / 2;
const WARM_UP_MS = 15_000;
const LASTS_MS = 60_000;
/** Scrape interval. */
const SCRAPE_EVERY_MS = 15_000;

export const cpuPerCheck: Benchmark = {
  name: 'CPU per HTTP check',
  about:
    `${CHECKS} checks of a web page on this machine, ${PER_SECOND} a second, measured, judged, ` +
    'recorded and exposed by one collector, scraped every 15 s, without tracing; and as many ' +
    'probes of the same page by blackbox_exporter (Debian, http_2xx), which records nothing. ' +
    `Processor time of the whole process, after ${WARM_UP_MS / 1_000} s of warming up.`,

  run: () =>
    inFolder(async (folder) => {
      const target = await startChild('bench/target.ts');
      const url = `http://127.0.0.1:${target.ports.target}`;
      const ours = await ofCollector(folder, url);
      const theirs = await ofBlackbox(folder, url);
      await target.stop();
      return [
        {
          what: 'collector, per check',
          value: ours.cpu_ms,
          unit: 'ms',
          n: ours.n,
          budget: { at_most: 1.4 },
        },
        {
          what: 'blackbox_exporter, per probe',
          value: theirs.cpu_ms,
          unit: 'ms',
          n: theirs.n,
          budget: null,
        },
        {
          what: 'collector ÷ blackbox_exporter',
          value: ours.cpu_ms / theirs.cpu_ms,
          unit: '×',
          n: ours.n,
          budget: { at_most: 1 },
        },
      ];
    }),
};

/** CPU time of one check. */
interface Cost {
  cpu_ms: number;
  n: number;
}

async function ofCollector(folder: string, url: string): Promise<Cost> {
  const config = join(folder, 'load.yaml');
  writeFileSync(config, loadConfig({ url, checks: CHECKS, systems: CHECKS }));
  const collector = await startChild('collector/main.ts', {
    args: ['--config', config],
    env: { DATA_DIR: folder, COLLECTOR_PORT: '0' },
  });
  const metrics = `http://127.0.0.1:${collector.ports.private}/metrics`;
  await sleep(WARM_UP_MS);
  const before = await getText(metrics);
  for (let ms = 0; ms < LASTS_MS; ms += SCRAPE_EVERY_MS) {
    await sleep(SCRAPE_EVERY_MS);
    await getText(metrics);
  }
  const after = await getText(metrics);
  await collector.stop();
  const n = checksCounted(after) - checksCounted(before);
  return { cpu_ms: (1_000 * (cpuSeconds(after) - cpuSeconds(before))) / n, n };
}

async function ofBlackbox(folder: string, url: string): Promise<Cost> {
  const blackbox = await startBlackbox(folder);
  const probe = `${blackbox.url}/probe?module=http_2xx&target=${encodeURIComponent(url)}`;
  await probeFor(probe, WARM_UP_MS);
  const before = await getText(`${blackbox.url}/metrics`);
  const n = await probeFor(probe, LASTS_MS);
  const after = await getText(`${blackbox.url}/metrics`);
  await blackbox.stop();
  return { cpu_ms: (1_000 * (cpuSeconds(after) - cpuSeconds(before))) / n, n };
}

/** Requests probes at an even rate; returns how many succeeded. */
async function probeFor(probe: string, lasts_ms: number): Promise<number> {
  const count = (lasts_ms / 1_000) * PER_SECOND;
  const asked = await evenly(count, PER_SECOND, async () =>
    metric(await getText(probe), 'probe_success'),
  );
  return asked.filter((success) => success === 1).length;
}

function checksCounted(text: string): number {
  return [...text.matchAll(/^fapiao_check_total\{.*outcome="ok".*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
