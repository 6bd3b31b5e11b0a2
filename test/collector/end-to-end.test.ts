import { expect, test } from 'vitest';
import { type Configuration, isScheduled } from '../../model/configuration.ts';
import type { IncidentWithUpdates } from '../../model/incident.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { MINUTE, systemClock } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { demoAt, startSimulated } from '../probes/simulated.ts';
import { eventually, startMeasuring } from './measuring.ts';

/** The demo's checks, every second. */
function everySecond(url: string): Configuration {
  const demo = demoAt(url);
  const quick = { confirmations: 2, confirm_distance_ms: 1_000, resolve_after_ms: 1_000 };
  const policy = { ...DEFAULT_POLICY, ...quick };
  const checks = demo.checks
    .filter((check) => check.function !== 'reach')
    .map((check) =>
      isScheduled(check) ? { ...check, schedule: '* * * * * *', deadline_ms: 900 } : check,
    );
  const components = checks.map((check) => `${check.system}.${check.function}`);
  const policies = Object.fromEntries(components.map((component) => [component, policy]));
  return { ...demo, checks, policies };
}

/** The incident of Beijing in which downloads fail. On a busy machine there may be others. */
async function ofDownloads(store: Store): Promise<IncidentWithUpdates | null> {
  const incidents = await store.incidents({});
  return incidents.find((it) => it.components.includes('beijing.download')) ?? null;
}

test(
  'a real fault of a real server becomes an incident, and its repair ends it',
  async () => {
    const simulated = await startSimulated({ ...systemClock, set() {} });
    const configuration = everySecond(simulated.url);
    const { store, telemetry, collector } = await startMeasuring(configuration);
    await eventually(async () => {
      const measured = (await store.components()).filter((it) => !it.component.endsWith('.sync'));
      return measured.every((it) => it.state === 'operational') ? true : null;
    });

    await simulated.drill('beijing', { kind: 'outage', function: 'download' });
    const opened = await eventually(() => ofDownloads(store));
    expect(opened).toMatchObject({ system: 'beijing', status: 'investigating' });
    expect(collector.notReady()).toBeNull();

    await simulated.endDrills('beijing');
    await eventually(async () => {
      const incident = await store.incident(opened.id);
      return incident?.status === 'resolved' ? incident : null;
    });
    expect(await telemetry.text()).toMatch(/fapiao_check_total\{[^}]*outcome="system"\} [1-9]/);

    const stopping_at = Date.now();
    await collector.stop();
    expect(Date.now() - stopping_at).toBeLessThan(15_000);
    expect(await store.integrityProblems()).toEqual([]);
    const { heartbeat_at } = await store.resume();
    // Both are rounded to whole milliseconds, each in its own way.
    expect(heartbeat_at).toBeGreaterThanOrEqual(stopping_at - 1);
    await store.close();
    await simulated.close();
  },
  5 * MINUTE,
);
