import { expect, test } from 'vitest';
import { STATES } from '../../model/vocabulary.ts';
import { contact } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { siteMetrics } from './site-metrics.ts';
import { stopTime } from './world.ts';

test('a function has the number of its state that the dashboards know', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { live } = await resumeRecorder(store, configuration());
  const { telemetry, metrics } = siteMetrics(live);
  const [status] = [...live.statuses.values()];
  if (status === undefined) throw new Error('nothing is measured');
  const [system, fn] = status.component.split('.');
  const numbers: Record<string, string | undefined> = {};
  for (const state of STATES) {
    metrics.committed({ components: [{ ...status, state }] }, 1);
    const name = `fapiao_function_state{system="${system}",function="${fn}"} `;
    const line = (await telemetry.text()).split('\n').find((it) => it.startsWith(name));
    numbers[state] = line?.slice(name.length);
  }
  expect(numbers).toEqual({
    unknown: '0',
    operational: '1',
    degraded_performance: '2',
    partial_outage: '3',
    major_outage: '4',
    under_maintenance: '5',
  });
  await store.close();
});

test('how the last run came there is told as blackbox_exporter does', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { live } = await resumeRecorder(store, configuration());
  const { telemetry, metrics } = siteMetrics(live);
  const told = async () =>
    (await telemetry.text())
      .split('\n')
      .filter((it) => /^probe_(tls_version_info|ip_protocol)\{/.test(it))
      .map((it) => it.replace(/system=.*line="local",?/, ''));
  metrics.result(query(START, { tls_version: 'TLSv1.2', contact: contact('a.cn') }));
  expect(await told()).toEqual([
    'probe_tls_version_info{version="TLS 1.2"} 1',
    'probe_ip_protocol{} 4',
  ]);
  const by_six = contact('a.cn', { address: '2400:3200::1' });
  metrics.result(query(START, { tls_version: 'TLSv1.3', contact: by_six }));
  expect(await told()).toEqual([
    'probe_tls_version_info{version="TLS 1.3"} 1',
    'probe_ip_protocol{} 6',
  ]);
  metrics.result(query(START, { outcome: 'timeout', reason: 'timeout_resolve' }));
  expect(await told()).toEqual([]);
  await store.close();
});
