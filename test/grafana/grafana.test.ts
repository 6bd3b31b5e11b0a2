import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from '../../platform/config/environment.ts';
import { INSTRUMENTS } from '../../platform/telemetry/instruments.ts';
import { ROOT, read } from '../tidy/repository.ts';
import { DASHBOARDS, QUERIES } from './dashboards.ts';

const run = promisify(execFile);
const PROMETHEUS = join(ROOT, 'grafana/prometheus');

interface Rules {
  groups: { rules: { alert?: string; record?: string; expr: string }[] }[];
}
const rulesOf = (file: string) =>
  (parse(read(`grafana/prometheus/${file}`)) as Rules).groups.flatMap(({ rules }) => rules);
const RULES = [...rulesOf('recording.rules.yml'), ...rulesOf('alerting.rules.yml')];
const RECORDED = RULES.flatMap(({ record }) => (record === undefined ? [] : [record]));

describe('the rules for Prometheus', () => {
  it('are sound, and so are the files around them', async () => {
    await run('promtool', ['check', 'config', 'prometheus.yml'], { cwd: PROMETHEUS });
    await run('amtool', ['check-config', join(ROOT, 'grafana/alertmanager/alertmanager.yml')]);
  });

  it('pass their own tests', async () => {
    const files = ['recording.test.yml', 'alerting.test.yml'];
    const { stdout } = await run('promtool', ['test', 'rules', ...files], { cwd: PROMETHEUS });
    expect(stdout.match(/SUCCESS/g)).toHaveLength(files.length);
  });

  it('are each seen to fire or to record by a test', () => {
    const tested = read('grafana/prometheus/alerting.test.yml');
    const fires = [...tested.matchAll(/alertname: (\w+)\n\s+eval_time: \S+\n\s+exp_alerts/g)];
    const alerts = RULES.flatMap(({ alert }) => alert ?? []);
    expect(new Set(fires.map(([, name]) => name))).toEqual(new Set(alerts));
    const recorded = read('grafana/prometheus/recording.test.yml');
    expect(RECORDED.filter((name) => !recorded.includes(`expr: ${name}\n`))).toEqual([]);
  });
});

describe.each([
  ...RULES.map(({ alert, record, expr }) => [alert ?? record ?? '', expr] as const),
  ...QUERIES.map(({ dashboard, panel, expr }) => [`${dashboard}: ${panel}`, expr] as const),
])('%s', (_, expr) => {
  it('asks for metrics that exist, by labels that they have', () => {
    const instruments = Object.values(INSTRUMENTS).flat();
    for (const [, name = '', selector = ''] of expr.matchAll(
      /(?<![:\w])((?:fapiao|probe)_\w+)(?:\{([^}]*)\})?/g,
    )) {
      const known =
        instruments.find((it) => it.name === name.replace(SUFFIX, '')) ??
        instruments.find((it) => it.name === name);
      expect(known, name).toBeDefined();
      const labels = [...selector.matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label);
      expect(labels.filter((label) => !known?.labels.includes(label ?? ''))).toEqual([]);
    }
    const recorded = expr.match(/\w+:\w+:\w+/g) ?? [];
    expect(recorded.filter((name) => !RECORDED.includes(name))).toEqual([]);
  });
});
const SUFFIX = /_(bucket|sum|count)$/;

describe('a dashboard', () => {
  it.each(DASHBOARDS)('$title says of every panel what it shows', ({ panels }) => {
    const shown = panels.filter((it) => it.type !== 'row');
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((it) => !it.description || !it.targets?.length)).toEqual([]);
    expect(new Set(shown.map((it) => it.title)).size).toBe(shown.length);
  });
});

describe('the files for compose', () => {
  it('mount what is there, and dashboards where they are looked for', () => {
    const { services } = parse(read('grafana/compose.yaml')) as {
      services: Record<string, { volumes: string[] }>;
    };
    const mounted = Object.values(services).flatMap(({ volumes }) => volumes);
    const folders = mounted.filter((it) => it.startsWith('./')).map((it) => it.split(':')[0] ?? '');
    expect(folders).toHaveLength(4);
    expect(folders.filter((it) => !existsSync(join(ROOT, 'grafana', it)))).toEqual([]);
    const { providers } = parse(read('grafana/provisioning/dashboards/piaokuang.yml')) as {
      providers: { options: { path: string } }[];
    };
    expect(mounted).toContain(`./dashboards:${providers[0]?.options.path}:ro`);
  });

  it('scrape the private ports that an installation has unless told otherwise', () => {
    const set = readEnvironment({});
    const { scrape_configs } = parse(read('grafana/prometheus/prometheus.yml')) as {
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    };
    const targets = scrape_configs.flatMap((it) => it.static_configs.flatMap((at) => at.targets));
    const ports = [set.collector_port, set.page_private_port, set.notify_port];
    expect(targets).toEqual(ports.map((port) => `127.0.0.1:${port}`));
  });
});
