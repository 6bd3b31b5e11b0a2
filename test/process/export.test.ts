import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../model/result.ts';
import { traceId } from '../../model/run-identity.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { type OtlpReceiver, type Push, startReceiver, textSamples } from '../otlp/receiver.ts';
import { getJson, getText } from './ask.ts';
import { PAGE_AND_LINE } from './config.ts';
import { dataFolder } from './installation.ts';
import { freePort } from './ports.ts';
import { startPrometheus } from './prometheus-server.ts';
import { eventually } from './wait.ts';

const ROOT = join(import.meta.dirname, '../..');
const CHECKS = ['answering', 'refusing'];

const folder = dataFolder();
let receiver: OtlpReceiver;
let watched: Server;
let collector: ChildProcess;
let metrics: string;
let prometheus: Awaited<ReturnType<typeof startPrometheus>> | undefined;
beforeAll(async () => {
  receiver = await startReceiver();
  watched = createServer((_, answer) => answer.end('<title>ok</title>')).listen(0, '127.0.0.1');
  await once(watched, 'listening');
  const config = join(folder.data_dir, 'config.yaml');
  const { port } = watched.address() as AddressInfo;
  writeFileSync(config, siteConfig({ answering: port, refusing: await freePort() }));
  collector = fork(join(ROOT, 'collector/main.ts'), ['--config', config], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATA_DIR: folder.data_dir,
      COLLECTOR_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
    },
  });
  const died = once(collector, 'exit').then(() => Promise.reject(new Error('it did not start')));
  died.catch(() => undefined);
  const [ready] = (await Promise.race([once(collector, 'message'), died])) as [
    { ports: { private: number } },
  ];
  metrics = `http://127.0.0.1:${ready.ports.private}/metrics`;
});
afterAll(() => {
  prometheus?.child.kill('SIGKILL');
  collector?.kill('SIGKILL');
  watched?.close();
  receiver?.close();
  folder.remove();
});

describe('a collector that exports', () => {
  it('pushes what it answers on /metrics: every name, and every value of ours', async () => {
    await eventually('a first result of every check', async () =>
      CHECKS.every((check) => measured(receiver.pushes.at(-1), check)),
    );
    const before = textSamples(await getText(metrics));
    const pushed = receiver.pushes.length;
    // The next push may have been read before our scrape.
    await eventually('two pushes', async () => receiver.pushes.length >= pushed + 2);
    const push = receiver.pushes[pushed + 1];
    const after = textSamples(await getText(metrics));
    if (!push) throw new Error('no push');

    expect(namesOf(push.samples)).toEqual(namesOf(after));
    // Those of the process itself may come and go between two scrapes; ours that end as they began
    // did not change.
    const steady = [...before].filter(
      ([series, value]) => /^(probe|fapiao)_/.test(series) && after.get(series) === value,
    );
    expect(steady.map(([series]) => [series, push.samples.get(series)])).toEqual(steady);
    // The checks are not due again, so all that they measured is compared.
    const of_checks = steady.filter(([series]) => CHECKS.some((it) => series.includes(`"${it}"`)));
    expect(of_checks.length).toBeGreaterThanOrEqual(CHECKS.length * 9);
  });

  it('O8: shows Prometheus the trace of a run beside what was counted of it', async () => {
    const { host } = new URL(metrics);
    const scraping = { job_name: 'collector', static_configs: [{ targets: [host] }] };
    const config = { global: { scrape_interval: '1s' }, scrape_configs: [scraping] };
    prometheus = await startPrometheus(folder.data_dir, JSON.stringify(config));
    const kept = async (series: string) => {
      const asked = new URL('/api/v1/query_exemplars', prometheus?.origin);
      const until = String(Date.now() / 1_000 + 60);
      asked.search = String(new URLSearchParams({ query: series, start: '0', end: until }));
      return (await getJson<{ data: KeptExemplars[] }>(String(asked))).data;
    };
    for (const check of CHECKS) {
      const series = `fapiao_check_total{check="${check}"}`;
      const { value } = await eventually(`the trace of ${check}`, async () => {
        const found = await kept(series);
        return found.length > 0 && found;
      });
      for (const { seriesLabels, exemplars } of value) {
        const root = await spanOf(exemplars.at(-1));
        expect(root.span_id).toBe(exemplars.at(-1)?.labels.span_id);
        expect(root.attributes).toMatchObject({
          'fapiao.check': check,
          'fapiao.outcome': seriesLabels.outcome,
        });
      }
    }
    const late = await kept('fapiao_collector_slot_lag_seconds_bucket');
    expect(late.length).toBeGreaterThan(0);
    for (const { exemplars } of late)
      for (const exemplar of exemplars) expect((await spanOf(exemplar)).name).toMatch(/^reach /);
  });

  it('sends the trace of every run, the last ones when it stops', async () => {
    const gone = once(collector, 'exit');
    collector.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
    const store = await openStore({ path: join(folder.data_dir, 'piaokuang.db') });
    const installation = await store.installation();
    const results: Result[] = [];
    for (const check of CHECKS) {
      const query = { component: `${check}.reach`, from: 0, to: Date.now(), limit: 100 };
      results.push(...(await store.results(query)));
    }
    await store.close();

    const roots = receiver.spans.filter((it) => it.parent_id === '');
    expect(roots.map((it) => it.trace_id).toSorted()).toEqual(
      results.map(({ check, slot_at }) => traceId({ installation, check, slot_at })).toSorted(),
    );
    expect(new Set(results.map((it) => it.check)).size).toBe(CHECKS.length);
    for (const result of results) {
      const { check, slot_at } = result;
      const id = traceId({ installation, check, slot_at });
      const spans = receiver.spans.filter((it) => it.trace_id === id);
      const phases = spans.filter((it) => it.parent_id !== '').map((it) => it.name);
      expect(phases.toSorted()).toEqual(Object.keys(result.phases).toSorted());
      const root = spans.find((it) => it.parent_id === '');
      expect(root?.attributes['fapiao.outcome']).toBe(result.outcome);
      expect(root?.attributes['http.request.method']).toBe('GET');
      expect(root?.attributes['url.full']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
      expect(root?.error).toBe(result.reason);
    }
  });
});

/** As Prometheus tells them. */
interface KeptExemplars {
  seriesLabels: Record<string, string>;
  exemplars: KeptExemplar[];
}

interface KeptExemplar {
  labels: Record<string, string>;
  value: string;
}

/** The span of a run, once it was sent. */
async function spanOf(exemplar: KeptExemplar | undefined) {
  const trace_id = exemplar?.labels.trace_id;
  const { value } = await eventually(`the span of trace ${trace_id}`, async () =>
    receiver.spans.find((it) => it.parent_id === '' && it.trace_id === trace_id),
  );
  return value;
}

function measured(push: Push | undefined, check: string): boolean {
  const samples = [...(push?.samples ?? [])];
  return samples.some(
    ([series, value]) =>
      series.startsWith('fapiao_check_total') && series.includes(`"${check}"`) && value > 0,
  );
}

function namesOf(samples: Map<string, number>): string[] {
  return [...new Set([...samples.keys()].map((series) => series.replace(/\{.*/, '')))].toSorted();
}

/** Two pages, each measured once at the start and then not for months. */
function siteConfig(ports: Record<string, number>): string {
  const lines = (line: (id: string, port: number) => string) =>
    Object.entries(ports)
      .map(([id, port]) => line(id, port))
      .join('\n');
  return `${PAGE_AND_LINE}systems:
${lines(system)}
checks:
${lines(check)}
`;
}

const system = (id: string, port: number) => `  ${id}:
    name: { zh-CN: ${id}, en: ${id} }
    driver: web
    environment: sandbox
    url: http://127.0.0.1:${port}`;

const check = (id: string) => `  ${id}:
    system: ${id}
    function: reach
    schedule: '0 0 0 1 1 *'
    deadline: 2s
    options: { path: /, status: 200 }`;
