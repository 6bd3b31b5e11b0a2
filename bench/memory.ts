import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInstallation } from '../test/process/installation.ts';
import type { Benchmark } from './benchmark.ts';
import { startChild } from './child.ts';
import { sleep } from './evenly.ts';
import type { Figure } from './figure.ts';
import { inFolder } from './folder.ts';
import { loadConfig } from './load-config.ts';
import { memoryOf } from './process-memory.ts';

const CHECKS = 100;
/** `npm run bench -- memory --hour`: a run of all benchmarks has no time for that. */
const MINUTES = process.argv.includes('--hour') ? 60 : 10;
const ROOT = join(import.meta.dirname, '..');
/** A start before the measured one, so that the cache of compiled modules is filled. */
const WARM_UP_MS = 5_000;

export const memory: Benchmark = {
  name: 'Memory with 100 checks',
  about:
    `An installation as \`npm start\` runs it, with ${CHECKS} checks of a web page on this ` +
    `machine, each every 10 s, ${MINUTES} minutes after its second start (the first fills the ` +
    'cache of compiled modules). RSS counts pages that processes share, above all the program ' +
    'Node, once for each of them; PSS divides them (smaps_rollup).',

  run: () =>
    inFolder(async (folder) => {
      const target = await startChild('bench/target.ts');
      const url = `http://127.0.0.1:${target.ports.target}`;
      const config = join(folder, 'memory.yaml');
      const schedule = '*/10 * * * * *';
      writeFileSync(config, loadConfig({ url, checks: CHECKS, systems: CHECKS, schedule }));
      await (await start(folder, config, WARM_UP_MS)).stop();
      const installation = await start(folder, config, MINUTES * 60_000);
      const figures = figuresOf(installation.pids);
      await installation.stop();
      await target.stop();
      return figures;
    }),
};

async function start(data_dir: string, config: string, lasts_ms: number) {
  const installation = await startInstallation({
    data_dir,
    args: ['--config', config],
    env: asNpmStart(),
  });
  await sleep(lasts_ms);
  return installation;
}

/** What `npm start` sets for main.ts; its children are given flags of their own. */
function asNpmStart(): Record<string, string> {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const words: string[] = scripts.start.split(' ');
  const variables = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('='));
  const flags = words.filter((word) => word.startsWith('--')).join(' ');
  return { ...Object.fromEntries(variables), NODE_OPTIONS: flags };
}

function figuresOf(pids: Readonly<Record<string, number>>): Figure[] {
  const processes = Object.entries(pids).map(([name, pid]) => ({ name, ...memoryOf(pid) }));
  const sum = (key: 'rss' | 'pss') => processes.reduce((all, it) => all + it[key], 0);
  const figure = (what: string, value: number, at_most?: number): Figure => ({
    what,
    value,
    unit: 'MB',
    n: 1,
    budget: at_most === undefined ? null : { at_most },
  });
  return [
    ...processes.flatMap(({ name, rss, pss }) => [
      figure(`${name}, RSS`, rss, name === 'collector' ? 120 : undefined),
      figure(`${name}, PSS`, pss),
    ]),
    figure('the whole installation, RSS', sum('rss'), 350),
    figure('the whole installation, PSS', sum('pss')),
  ];
}
