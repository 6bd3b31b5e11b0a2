import { expect } from 'vitest';
import { SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { componentStatus, getJson, getText, listen, metric } from './ask.ts';
import { endDrills, startDrill } from './drills.ts';
import type { Installation } from './installation.ts';
import { eventually } from './wait.ts';

/** How often and how long the checks of download run. */
export interface Pace {
  interval_ms: number;
  deadline_ms: number;
}

const TOLD_WITHIN_MS = 5 * SECOND;

/**
 * Download is switched off and back on: it is confirmed in time, told everywhere, and resolved. In
 * time means interval + max(10 s, deadline) + deadline: the first bad slot, the confirming one, and
 * its end.
 */
export async function outageStory(
  site: Installation,
  { interval_ms, deadline_ms }: Pace,
): Promise<void> {
  const confirmed_within_ms = interval_ms + Math.max(10 * SECOND, deadline_ms) + deadline_ms;
  const live = listen(`${site.page}/live`);
  const injected_at = Date.now();
  await startDrill(site.simulators, 'beijing', { kind: 'outage', function: 'download' });

  const transition = await eventually(
    'major outage recorded',
    () => lastTransition(site, 'major_outage', injected_at),
    confirmed_within_ms,
  );
  expect(transition.value.recorded_at - injected_at).toBeLessThanOrEqual(confirmed_within_ms);
  expect(transition.value.since).toBeGreaterThanOrEqual(injected_at - deadline_ms);

  await Promise.all([
    told('components.json', async () =>
      is(await componentStatus(site.page, COMPONENT), 'major_outage'),
    ),
    told('status.json', async () => is(await indicator(site), 'critical')),
    told('metrics', async () => is(await stateGauge(site), 4)),
    told('the page', async () => (await getText(`${site.page}/zh-CN/`)).includes('HTTP 503')),
    told('live', async () => live.text().includes('major_outage')),
  ]);

  const [incident] = (await unresolved(site)).incidents;
  expect(incident).toMatchObject({ status: 'investigating', impact: 'critical' });
  expect(incident?.components.map((it) => it.id)).toEqual([COMPONENT]);
  const page = await getText(`${site.page}/en/incidents/${incident?.id}`);
  expect(page).toContain('HTTP 503');

  await endDrills(site.simulators, 'beijing');
  await eventually(
    'operational again',
    async () => is(await componentStatus(site.page, COMPONENT), 'operational'),
    confirmed_within_ms + TOLD_WITHIN_MS,
  );
  await eventually('resolved', async () => (await unresolved(site)).incidents.length === 0);
  const { incidents } = await getJson<{ incidents: V2Incident[] }>(
    `${site.page}/api/v2/incidents.json`,
  );
  expect(incidents.find((it) => it.id === incident?.id)).toMatchObject({ status: 'resolved' });
  live.close();
}

const COMPONENT = 'beijing.download';

/** Waits until a place says what was recorded, which must not take long. */
const told = (where: string, probe: () => Promise<boolean>) =>
  eventually(where, probe, TOLD_WITHIN_MS);

interface V2Incident {
  id: string;
  status: string;
  impact: string;
  components: { id: string }[];
}

function is<T>(actual: T, expected: T): boolean {
  return actual === expected;
}

const unresolved = ({ page }: Installation) =>
  getJson<{ incidents: V2Incident[] }>(`${page}/api/v2/incidents/unresolved.json`);

async function indicator({ page }: Installation): Promise<string> {
  const { status } = await getJson<{ status: { indicator: string } }>(`${page}/api/v2/status.json`);
  return status.indicator;
}

async function stateGauge({ collector }: Installation): Promise<number | null> {
  return metric(await getText(`${collector}/metrics`), 'fapiao_function_state', {
    system: 'beijing',
    function: 'download',
  });
}

async function lastTransition({ database }: Installation, to: State, after: number) {
  const reader = await openStoreReader({ path: database });
  try {
    const transitions = await reader.transitions(after - 60_000, Date.now() + 60_000);
    return transitions.find(
      (it) => it.component === COMPONENT && it.to === to && it.recorded_at >= after,
    );
  } finally {
    await reader.close();
  }
}
