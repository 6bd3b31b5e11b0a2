import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually, getJson, getText } from './demo.ts';
import { freePort } from './ports.ts';
import { useDemo } from './use-demo.ts';

const run = promisify(execFile);
const demo = useDemo();
let prometheus: ChildProcess | undefined;
afterAll(() => {
  prometheus?.kill('SIGKILL');
});

const origins = () => [demo.now.collector, demo.now.page_private, demo.now.notifier];

describe('metrics', () => {
  it('give promtool nothing to say', async () => {
    for (const origin of origins()) {
      const text = await getText(`${origin}/metrics`);
      const check = run('promtool', ['check', 'metrics']);
      check.child.stdin?.end(text);
      const { stdout, stderr } = await check;
      expect(stdout + stderr).toBe('');
    }
  });

  it('are scraped by Prometheus from all three ports without error', async () => {
    const port = await freePort();
    const config = join(demo.now.data_dir, 'prometheus.yml');
    mkdirSync(join(demo.now.data_dir, 'tsdb'));
    writeFileSync(config, scrapeConfig(origins().map((it) => new URL(it).host)));
    prometheus = spawn('prometheus', [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(demo.now.data_dir, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ]);
    const died = once(prometheus, 'exit').then(() => Promise.reject(new Error('prometheus died')));
    died.catch(() => undefined);
    const targets = await Promise.race([died, scraped(port)]);
    expect(targets.map((it) => it.lastError)).toEqual(['', '', '']);

    const state = await query(port, 'fapiao_function_state');
    expect(state).toHaveLength(4);
    const success = await query(port, 'probe_success{function="upload"}');
    expect(success.map((it) => it.value[1])).toEqual(['1']);
  }, 60_000);
});

interface Target {
  health: string;
  lastError: string;
}

/** The active targets, once each was scraped at least once. */
async function scraped(port: number): Promise<Target[]> {
  const { value } = await eventually('every target scraped', 40_000, async () => {
    try {
      const { data } = await getJson<{ data: { activeTargets: Target[] } }>(
        `http://127.0.0.1:${port}/api/v1/targets`,
      );
      const done = data.activeTargets.filter((it) => it.health !== 'unknown');
      return done.length === 3 && done;
    } catch {
      return null; // not listening yet
    }
  });
  return value;
}

async function query(port: number, expression: string): Promise<{ value: [number, string] }[]> {
  const { data } = await getJson<{ data: { result: { value: [number, string] }[] } }>(
    `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`,
  );
  return data.result;
}

function scrapeConfig(hosts: string[]): string {
  const targets = hosts.map((host) => `'${host}'`).join(', ');
  return `scrape_configs:
  - job_name: piaokuang
    scrape_interval: 1s
    static_configs:
      - targets: [${targets}]
`;
}
