import { expect, test } from 'vitest';
import { createMetrics } from '../../collector/metrics.ts';
import { siteOf } from '../../collector/state/site.ts';
import { STATES } from '../../model/vocabulary.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { configuration } from './configuration.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { fakeClock, stopTime } from './world.ts';

test('a function has the number of its state that the dashboards know', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { live } = await resumeRecorder(store, configuration());
  const telemetry = createTelemetry('collector');
  const metrics = createMetrics({
    telemetry,
    site: siteOf(configuration()),
    live,
    clock: fakeClock,
    senders: [],
    recording: () => ({ outage: null, waiting: 0 }),
  });
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
