import { describe, expect, it } from 'vitest';
import { openStoreReader } from '../../store/sqlite/open.ts';
import {
  componentStatus,
  endDrills,
  eventually,
  getJson,
  getText,
  metric,
  startDrill,
} from './demo.ts';
import { useDemo } from './use-demo.ts';

const INTERVAL_MS = 15_000;
const DEADLINE_MS = 8_000;
/**
 * Interval + max(10 s, deadline) + deadline: the first bad slot, the confirming one, and its end.
 */
const CONFIRMED_WITHIN_MS = INTERVAL_MS + Math.max(10_000, DEADLINE_MS) + DEADLINE_MS;
const TOLD_WITHIN_MS = 5_000;

const demo = useDemo();

describe('a function that is switched off', () => {
  it('is confirmed in time, told everywhere, and resolved when it is back', async () => {
    const live = listen(`${demo.now.page}/live`);
    const injected_at = Date.now();
    await startDrill(demo.now.simulators, 'beijing', { kind: 'outage', function: 'download' });

    const transition = await eventually('major outage recorded', CONFIRMED_WITHIN_MS, () =>
      lastTransition('beijing.download', 'major_outage', injected_at),
    );
    expect(transition.value.recorded_at - injected_at).toBeLessThanOrEqual(CONFIRMED_WITHIN_MS);
    expect(transition.value.since).toBeGreaterThanOrEqual(injected_at - DEADLINE_MS);

    await Promise.all([
      eventually('components.json', TOLD_WITHIN_MS, async () =>
        is(await componentStatus(demo.now.page, 'beijing.download'), 'major_outage'),
      ),
      eventually('status.json', TOLD_WITHIN_MS, async () => is(await indicator(), 'critical')),
      eventually('metrics', TOLD_WITHIN_MS, async () => is(await stateGauge(), 4)),
      eventually('the page', TOLD_WITHIN_MS, async () =>
        (await getText(`${demo.now.page}/zh-CN/`)).includes('HTTP 503'),
      ),
      eventually('live', TOLD_WITHIN_MS, async () => live.text().includes('major_outage')),
    ]);

    const [incident] = (await unresolved()).incidents;
    expect(incident).toMatchObject({ status: 'investigating', impact: 'critical' });
    expect(incident?.components.map((it) => it.id)).toEqual(['beijing.download']);
    const page = await getText(`${demo.now.page}/en/incidents/${incident?.id}`);
    expect(page).toContain('HTTP 503');

    await endDrills(demo.now.simulators, 'beijing');
    await eventually('operational again', CONFIRMED_WITHIN_MS + TOLD_WITHIN_MS, async () =>
      is(await componentStatus(demo.now.page, 'beijing.download'), 'operational'),
    );
    await eventually('resolved', 30_000, async () => (await unresolved()).incidents.length === 0);
    const { incidents } = await getJson<{ incidents: V2Incident[] }>(
      `${demo.now.page}/api/v2/incidents.json`,
    );
    expect(incidents.find((it) => it.id === incident?.id)).toMatchObject({ status: 'resolved' });
    live.close();
  }, 150_000);
});

interface V2Incident {
  id: string;
  status: string;
  impact: string;
  components: { id: string }[];
}

function is<T>(actual: T, expected: T): boolean {
  return actual === expected;
}

const unresolved = () =>
  getJson<{ incidents: V2Incident[] }>(`${demo.now.page}/api/v2/incidents/unresolved.json`);

async function indicator(): Promise<string> {
  const { status } = await getJson<{ status: { indicator: string } }>(
    `${demo.now.page}/api/v2/status.json`,
  );
  return status.indicator;
}

async function stateGauge(): Promise<number | null> {
  return metric(await getText(`${demo.now.collector}/metrics`), 'fapiao_function_state', {
    system: 'beijing',
    function: 'download',
  });
}

async function lastTransition(component: string, to: string, after: number) {
  const reader = await openStoreReader({ path: `${demo.now.data_dir}/demo.db` });
  try {
    const transitions = await reader.transitions(after - 60_000, Date.now() + 60_000);
    return transitions.find(
      (it) => it.component === component && it.to === to && it.recorded_at >= after,
    );
  } finally {
    await reader.close();
  }
}

/** Collects what an event stream says. */
function listen(url: string): { text(): string; close(): void } {
  const stop = new AbortController();
  let text = '';
  void (async () => {
    const answer = await fetch(url, { signal: stop.signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  return { text: () => text, close: () => stop.abort() };
}
