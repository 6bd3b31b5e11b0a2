import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startReceiver } from '../test/otlp/receiver.ts';
import { getJson, getText, metric } from '../test/process/ask.ts';
import type { Benchmark } from './benchmark.ts';
import { startBlackbox } from './blackbox.ts';
import { startChild } from './child.ts';
import { evenly, sleep } from './evenly.ts';
import { quantile } from './figure.ts';
import { inFolder } from './folder.ts';
import { loadConfig } from './load-config.ts';

const CHECKS = 100;
/** Each check runs every 2 s. */
const PER_SECOND = CHECKS / 2;
const LASTS_MS = 60_000;
const WARM_UP_MS = 10_000;

export const latencyError: Benchmark = {
  name: 'latency error per check',
  about:
    `A page that takes 20 to 290 ms for an answer, measured ${PER_SECOND} times a second by one ` +
    'collector that records everything and, at the same time, as often by blackbox_exporter ' +
    '(Debian, http_2xx). The error is the phases processing and transfer, as measured, minus ' +
    `what the page's own clock says from the request to the last byte; without the first ` +
    `${WARM_UP_MS / 1_000} s. The collector's phases are read from its traces, because rows ` +
    'keep whole ms.',

  run: () =>
    inFolder(async (folder) => {
      const target = await startChild('bench/slow-target.ts');
      const url = `http://127.0.0.1:${target.ports.target}`;
      // Concurrently, because other load on this machine affects tail latencies.
      const [ours, theirs] = await Promise.all([ofCollector(folder, url), ofBlackbox(folder, url)]);
      await target.stop();
      const p99 = (errors: readonly number[]) => quantile(errors, 0.99);
      const figures = (who: string, errors: readonly number[]) => [
        { what: `${who}, p99`, value: p99(errors), unit: 'ms', n: errors.length, budget: null },
        {
          what: `${who}, median`,
          value: quantile(errors, 0.5),
          unit: 'ms',
          n: errors.length,
          budget: null,
        },
      ];
      return [
        ...figures('collector', ours),
        ...figures('blackbox_exporter', theirs),
        {
          what: 'p99, collector ÷ blackbox_exporter',
          value: p99(ours) / p99(theirs),
          unit: '×',
          n: ours.length,
          budget: { at_most: 1 },
        },
      ];
    }),
};

/** The error of every run, in ms. */
async function ofCollector(folder: string, url: string): Promise<number[]> {
  const receiver = await startReceiver();
  const config = join(folder, 'load.yaml');
  // Only simulators receive the trace id.
  writeFileSync(
    config,
    loadConfig({ url, checks: CHECKS, systems: CHECKS, environment: 'simulator' }),
  );
  const collector = await startChild('collector/main.ts', {
    args: ['--config', config],
    env: {
      DATA_DIR: folder,
      COLLECTOR_PORT: '0',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.endpoint}/v1/traces`,
    },
  });
  const from = Date.now() + WARM_UP_MS;
  await sleep(WARM_UP_MS + LASTS_MS);
  await collector.stop();
  receiver.close();
  const durations = await durationsOf(url);
  const spent = new Map<string, number>();
  for (const { trace_id, name, start_ms, end_ms } of receiver.spans) {
    if (start_ms < from || (name !== 'processing' && name !== 'transfer')) continue;
    spent.set(trace_id, (spent.get(trace_id) ?? 0) + end_ms - start_ms);
  }
  return [...spent].flatMap(([trace_id, ms]) => errorOf(ms, durations.get(trace_id)));
}

async function ofBlackbox(folder: string, url: string): Promise<number[]> {
  const blackbox = await startBlackbox(folder);
  const warm_up = (WARM_UP_MS / 1_000) * PER_SECOND;
  const count = warm_up + (LASTS_MS / 1_000) * PER_SECOND;
  const spent = await evenly(count, PER_SECOND, async (n) => {
    const target = encodeURIComponent(`${url}/?probe=${n}`);
    const text = await getText(`${blackbox.url}/probe?module=http_2xx&target=${target}`);
    const phase = (name: string) =>
      1_000 * (metric(text, 'probe_http_duration_seconds', { phase: name }) ?? Number.NaN);
    return phase('processing') + phase('transfer');
  });
  await blackbox.stop();
  const durations = await durationsOf(url);
  return spent.flatMap((ms, n) => (n < warm_up ? [] : errorOf(ms, durations.get(String(n)))));
}

function errorOf(measured_ms: number, real_ms: number | undefined): number[] {
  return real_ms === undefined ? [] : [Math.abs(measured_ms - real_ms)];
}

async function durationsOf(url: string): Promise<Map<string, number>> {
  return new Map(await getJson<[string, number][]>(`${url}/durations`));
}
