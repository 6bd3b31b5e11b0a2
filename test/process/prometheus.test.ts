import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filledIn, QUERIES, VARIABLES } from '../grafana/dashboards.ts';
import { getJson, getText } from './ask.ts';
import { endDrills, startDrill } from './drills.ts';
import { type Monitoring, type ReceivedAlert, startMonitoring } from './monitoring.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

const run = promisify(execFile);
const site = useQuickSite();
let monitoring: Monitoring;
beforeAll(async () => {
  monitoring = await startMonitoring(site.now);
});
afterAll(() => monitoring?.stop());

describe('metrics', () => {
  it('give promtool nothing to say', async () => {
    for (const origin of [site.now.collector, site.now.page_private, site.now.notifier]) {
      const text = await getText(`${origin}/metrics`);
      const check = run('promtool', ['check', 'metrics']);
      check.child.stdin?.end(text);
      const { stdout, stderr } = await check;
      expect(stdout + stderr).toBe('');
    }
  });

  it('are scraped by Prometheus from all three ports', async () => {
    await eventually('every target scraped', async () => {
      const { data } = await getJson<{ data: { activeTargets: Target[] } }>(
        `${monitoring.prometheus}/api/v1/targets`,
      );
      const up = data.activeTargets.filter((it) => it.health === 'up' && it.lastError === '');
      return up.length === 3;
    });
    await eventually('a state', async () => {
      const states = await monitoring.query('fapiao_function_state');
      return states.length > 0;
    });
    await eventually('an upload that succeeded', async () => {
      const [success] = await monitoring.query('probe_success{function="upload"}');
      return success?.value[1] === '1';
    });
  });
});

describe('our rules in Prometheus and Alertmanager', () => {
  const drilled = { alertname: 'FapiaoFunctionDown', system: 'beijing', function: 'query' };

  it('tell of a function that goes down, and of its recovery', async () => {
    expect(monitoring.alerts.filter((it) => isAbout(it, drilled))).toEqual([]);
    await startDrill(site.now.simulators, 'beijing', { kind: 'outage', function: 'query' });
    const firing = await told('firing', drilled);
    expect(firing.labels.severity).toBe('critical');
    expect(firing.annotations.summary).toBe('beijing query is down (major outage)');
    await endDrills(site.now.simulators, 'beijing');
    await told('resolved', drilled);
  });
});

describe('the dashboards', () => {
  const values = { __rate_interval: '15s', system: '(beijing|pinduoduo)' };

  it.each(VARIABLES)('$dashboard offers values of $name', async ({ series, label }) => {
    const { data } = await getJson<{ data: string[] }>(
      `${monitoring.prometheus}/api/v1/label/${label}/values?match[]=${encodeURIComponent(series)}`,
    );
    expect(data).toContain('beijing');
  });

  it.each(QUERIES)('$dashboard: "$panel" has data: $expr', async ({ expr }) => {
    await eventually('a number', async () => {
      const samples = await monitoring.query(filledIn(expr, values));
      return samples.some(({ value }) => Number.isFinite(Number(value[1])));
    });
  });
});

interface Target {
  health: string;
  lastError: string;
}

/** The alert with these labels, once Alertmanager has sent it with this status. */
async function told(
  status: ReceivedAlert['status'],
  labels: Record<string, string>,
): Promise<ReceivedAlert> {
  const { value } = await eventually(`${labels.alertname} ${status}`, async () =>
    monitoring.alerts.find((it) => it.status === status && isAbout(it, labels)),
  );
  return value;
}

function isAbout(alert: ReceivedAlert, labels: Record<string, string>): boolean {
  return Object.entries(labels).every(([label, value]) => alert.labels[label] === value);
}
