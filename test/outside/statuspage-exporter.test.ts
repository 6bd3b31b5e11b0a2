import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aMaintenance, saveMaintenance } from '../status-page/maintenances.ts';
import { breakOneOfTwo, TWO_BY_NAME, twoAlike } from '../status-page/two-alike.ts';
import { usePage } from '../status-page/use-page.ts';
import { runPython } from './python.ts';

/**
 * Interface: `/api/v2/summary.json` of Statuspage. Outside: statuspage-prometheus-exporter, which
 * keeps a series for each component by its name.
 */

const page = usePage({
  once: true,
  configuration: twoAlike(),
  async prepare(site) {
    await breakOneOfTwo(site);
    await saveMaintenance(site, aMaintenance());
  },
});

type Series = readonly [name: string, labels: Record<string, string>, value: number];

/** What it makes of a page in one pass. */
async function exported(): Promise<Series[]> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-exporter-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const service = { name: 'invoices', url: `${page.url}/api/v2/summary.json` };
  writeFileSync(join(folder, 'services.json'), JSON.stringify({ invoices: service }));
  const text = join(folder, 'exported.prom');
  const env = { RUN_MODE: 'once', METRICS_TEXTFILE_PATH: text };
  const program = ['-m', 'statuspage_prometheus_exporter.status_monitoring'];
  await runPython(program, { cwd: folder, env });
  const lines = readFileSync(text, 'utf8').matchAll(/^(statuspage_\w+)\{(.*)\} (\S+)$/gm);
  return [...lines].map(([, name = '', labels = '', value]) => [
    name,
    Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, it]) => [key, it])),
    Number(value),
  ]);
}

test('O1: an exporter of v2 has every function by its name, and what people are told', async () => {
  const series = await exported();
  const of = (wanted: string) =>
    series.flatMap(([name, labels, value]): Record<string, string | number>[] =>
      name === wanted ? [{ ...labels, value }] : [],
    );
  expect(of('statuspage_probe_check')).toEqual([{ service_name: 'invoices', value: 1 }]);
  expect(of('statuspage_service_status')).toEqual([{ service_name: 'invoices', value: 0 }]);
  const components = new Map(
    of('statuspage_component_status').map((it) => [it.component_name, it.value]),
  );
  for (const [name, status] of TWO_BY_NAME)
    expect([name, components.get(name)]).toEqual([name, status === 'operational' ? 1 : 0]);
  expect(of('statuspage_incident_info')).toMatchObject([
    {
      incident_id: 'abc123def456',
      incident_name: '北京电子发票（模拟）：下载中断',
      impact: 'critical',
      affected_components: '北京电子发票（模拟） · 下载',
    },
  ]);
  expect(of('statuspage_maintenance_info')).toMatchObject([
    { maintenance_id: 'mnt000000001', maintenance_name: '数据库升级' },
  ]);
});
