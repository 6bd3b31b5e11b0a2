import { expect, test } from 'vitest';
import { dayFigures } from '../../messages/availability.ts';
import { OWN_TRAFFIC_LINE } from '../../model/configuration.ts';
import { emptyRollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { HOUR, iso, MINUTE, SECOND } from '../../model/time.ts';
import { dayAt, startOfDay } from '../../model/zone.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import { zh } from '../messages/words.ts';
import { ask } from './request.ts';
import { anIncident, anUpdate, aResult, aStatus, NOW, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const QUERY = 'beijing.query';
const CHECK = 'beijing-own-query';

function bothConfiguration() {
  const configuration = siteConfiguration();
  const own = { id: CHECK, system: 'beijing', function: 'query' } as const;
  const source = { source: 'own_traffic', line: OWN_TRAFFIC_LINE, deadline_ms: 0 } as const;
  return { ...configuration, checks: [...configuration.checks, { ...own, ...source }] };
}
const page = usePage({ configuration: bothConfiguration() });

const at = (minutes: number) => NOW - (NOW % MINUTE) - 10 * MINUTE + minutes * MINUTE;
/** So many events in a minute that took so long; null: they failed. */
const told = (minute: number, n: number, duration_ms: number | null) =>
  Array.from({ length: n }, (_, i) => ({
    check: CHECK,
    at: at(minute) + i * SECOND,
    event: `${minute}${i}`.padStart(32, '0'),
    outcome: duration_ms === null ? ('system' as const) : ('ok' as const),
    duration_ms,
    code: null,
    received_at: at(minute) + MINUTE,
  }));

test('figures by minute count what own traffic told', async () => {
  await page.site.store.record({
    results: [aResult('beijing-query', at(0)), aResult('beijing-query', at(2))],
    own_results: [...told(0, 3, 900), ...told(1, 2, null)],
  });
  const range = { component: QUERY, from: iso(at(0)), to: iso(at(3)), grain: 'minute' };
  const { text } = await ask(`${page.url}/api/v1/history?${new URLSearchParams(range)}`);
  const { rows } = JSON.parse(text) as { rows: unknown[] };
  expect(rows).toMatchObject([
    { n: 4, ok: 3 },
    { n: 2, ok: 0 },
    { n: 1, ok: 0 },
  ]);
});

/** Delays of as many good results, each as long. */
function delaysOf(n: number, delay_ms: number): Uint8Array {
  const sketch = emptySketch();
  for (let i = 0; i < n; i += 1) addDelay(sketch, delay_ms);
  return encodeSketch(sketch);
}

async function rowsOf(asked: Record<string, string>) {
  const { text } = await ask(`${page.url}/api/v1/history?${new URLSearchParams(asked)}`);
  return (JSON.parse(text) as { rows: Record<string, unknown>[] }).rows;
}

test('figures say how many own traffic told of, and time runs where there are any', async () => {
  const [first, second] = [NOW - (NOW % HOUR) - 2 * HOUR, NOW - (NOW % HOUR) - HOUR];
  const own = (from: number) => ({
    ...emptyRollup(CHECK, from),
    ...{ n: 90, outcomes: { ok: 80, system: 5, user_data: 5 }, delays: delaysOf(80, 9_000) },
  });
  const measured = {
    ...emptyRollup('beijing-query', first),
    ...{ n: 61, outcomes: { ok: 60, self: 1 }, delays: delaysOf(60, 200) },
  };
  await page.site.store.saveRollups('hour', [measured, own(first), own(second)]);
  const asked = { component: QUERY, grain: 'hour', from: iso(first), to: iso(second + HOUR) };
  const rows = await rowsOf(asked);
  expect(rows).toMatchObject([
    { n: 145, ok: 140, told: 85, delays_n: 60, not_judged: 6 },
    { n: 85, ok: 80, told: 85, delays_n: 85 },
  ]);
  // Within the 1 % of a sketch.
  expect(rows.map(({ median_ms }) => Math.round(Number(median_ms) / 100))).toEqual([2, 90]);
  await page.site.store.record({ results: [aResult('beijing-query', at(0))] });
  const single = { component: QUERY, kind: 'results', from: iso(at(0)), to: iso(at(1)) };
  expect(await rowsOf(single)).toHaveLength(1);
});

test('invoices are not counted by the minute, and not told as none', async () => {
  const asked = { component: 'beijing.sync', from: iso(at(0)), to: iso(at(1)) };
  const [minute] = await rowsOf({ ...asked, grain: 'minute' });
  expect(minute).toMatchObject({ n: null, ok: null, told: null });
  const [hour] = await rowsOf({ ...asked, grain: 'hour' });
  expect(hour).toMatchObject({ n: 0, told: 0 });
});

test('the days of a function tell events apart from measurements', async () => {
  const from = startOfDay('Asia/Shanghai', dayAt('Asia/Shanghai', NOW));
  await page.site.store.saveRollups('day', [
    { ...emptyRollup('beijing-query', from), n: 5, outcomes: { ok: 5 } },
    { ...emptyRollup(CHECK, from), n: 7, outcomes: { ok: 6, system: 1 } },
  ]);
  const { systems } = await createOverviewBuilder(page.site)(NOW);
  const query = systems.flatMap(({ components }) => components).find(({ id }) => id === QUERY);
  const [before, today] = query?.history.days.slice(-2) ?? [];
  expect(today).toMatchObject({ n: 12, ok: 11, told: 7 });
  expect(before?.told).toBeUndefined();
  expect(today && dayFigures(today, false, zh).count).toBe('12（其中上报 7 条）');
});

test('an incident says that failures of own traffic are not listed in it', async () => {
  await page.site.store.record({
    own_results: told(0, 5, null),
    incidents: [anIncident({ components: [QUERY], functions: ['query'], started_at: at(0) })],
    updates: [anUpdate()],
    changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
  });
  const { text } = await ask(`${page.url}/zh-CN/incidents/abc123def456`);
  expect(text).toContain('自有业务上报的失败没有列在这里。');
});

test('what was told is not called measured', async () => {
  const delays = { window_ms: 60 * MINUTE, n: 60, bad: 0, median_ms: 900, p95_ms: 1_500 };
  const nothing = { ...delays, n: 0, measured: 0, median_ms: null, p95_ms: null };
  const only_told = { ...nothing, told: { ...delays, measured: 64 } };
  await page.site.store.record({
    components: [aStatus(QUERY, 'operational', { recent: only_told })],
    changes: [{ kind: 'state', ref: QUERY, at: NOW }],
  });
  let shown = '';
  await expect
    .poll(async () => {
      shown = (await ask(`${page.url}/zh-CN/`)).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
      return shown;
    })
    .toContain('上报 64 条');
  expect(shown).toContain('中位 0.9 秒，95% 在 1.5 秒内');
  expect(shown).toContain('自有业务，过去 1 小时，n = 60');
  expect(shown).not.toContain('64 次测量');
  expect(shown).toMatch(/\d 上报/);
});
