import { expect, test } from 'vitest';
import { OWN_TRAFFIC_LINE } from '../../model/configuration.ts';
import { iso, MINUTE, SECOND } from '../../model/time.ts';
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
