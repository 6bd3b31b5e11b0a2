import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { parse, stringify } from 'yaml';
import { ROOT, read } from '../tidy/repository.ts';
import { getJson } from './ask.ts';
import type { Installation } from './installation.ts';
import { freePort } from './ports.ts';
import { runMonitor, startPrometheus, whenReady } from './prometheus-server.ts';

/**
 * Debian's Prometheus and Alertmanager with the files of grafana/, in quick time, and a receiver of
 * their alerts.
 */
export interface Monitoring {
  prometheus: string;
  /** What Alertmanager sent, oldest first. */
  alerts: ReceivedAlert[];
  query(expr: string): Promise<Sample[]>;
  stop(): void;
}

export interface ReceivedAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export interface Sample {
  metric: Record<string, string>;
  /** Time and value. */
  value: [number, string];
}

export async function startMonitoring(demo: Installation): Promise<Monitoring> {
  const folder = join(demo.data_dir, 'monitoring');
  mkdirSync(folder);
  const alerts: ReceivedAlert[] = [];
  const receiver = createServer(async (request, answer) => {
    const body = (await json(request)) as { alerts: ReceivedAlert[] };
    alerts.push(...body.alerts);
    answer.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  const { port } = receiver.address() as AddressInfo;

  const alertmanager = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, alertmanagerConfig(`http://127.0.0.1:${port}/`));
  const started: ChildProcess[] = [
    runMonitor('prometheus-alertmanager', folder, [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=${alertmanager}`,
      '--cluster.listen-address=',
    ]),
  ];
  const prometheus = await startPrometheus(folder, prometheusConfig(demo, alertmanager));
  started.push(prometheus.child);
  await whenReady(alertmanager);
  return {
    prometheus: prometheus.origin,
    alerts,
    async query(expr) {
      const asked = `${prometheus.origin}/api/v1/query?query=${encodeURIComponent(expr)}`;
      const { data } = await getJson<{ data: { result: Sample[] } }>(asked);
      return data.result;
    },
    stop() {
      for (const child of started) child.kill('SIGKILL');
      receiver.closeAllConnections();
      receiver.close();
    },
  };
}

interface PrometheusConfig {
  rule_files: string[];
  alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
  scrape_configs: { static_configs: { targets: string[] }[] }[];
}

/** Ours, with the addresses of this installation, every second. */
function prometheusConfig(demo: Installation, alertmanager: string): string {
  const config = parse(read('grafana/prometheus/prometheus.yml')) as PrometheusConfig;
  const origins = [demo.collector, demo.page_private, demo.notifier];
  const own = config.scrape_configs[0]?.static_configs ?? [];
  return stringify({
    ...config,
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: config.rule_files.map((file) => join(ROOT, 'grafana/prometheus', file)),
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [
      {
        ...config.scrape_configs[0],
        static_configs: own.map((it, n) => ({ ...it, targets: [new URL(origins[n] ?? '').host] })),
      },
    ],
  });
}

interface AlertmanagerConfig {
  route: object;
  receivers: { name: string; webhook_configs: object[] }[];
}

/** Ours, told to our receiver and without waiting for more of the same. */
function alertmanagerConfig(url: string): string {
  const config = parse(read('grafana/alertmanager/alertmanager.yml')) as AlertmanagerConfig;
  const receivers = config.receivers.map(({ name, webhook_configs }) => ({
    name,
    webhook_configs: webhook_configs.map((it) => ({ ...it, url })),
  }));
  const route = { ...config.route, group_wait: '0s', group_interval: '1s' };
  return stringify({ ...config, route, receivers });
}
