import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { ask } from './request.ts';
import { anIncident, anUpdate, aTransition, NOW } from './site.ts';
import { usePage } from './use-page.ts';

const BEGIN = NOW - 3 * HOUR;
const DOWNLOAD = 'beijing.download';
const page = usePage();

/** States of the download, in seconds after BEGIN, and an incident told to be over long after. */
async function happened(rows: [number, State][], given: object = {}): Promise<void> {
  const before: State[] = ['operational', ...rows.map(([, state]) => state)];
  await page.site.store.record({
    transitions: [
      aTransition(DOWNLOAD, 'unknown', 'operational', BEGIN - HOUR),
      ...rows.map(([s, state], i) =>
        aTransition(DOWNLOAD, before[i] ?? 'unknown', state, BEGIN + s * SECOND),
      ),
    ],
    incidents: [
      anIncident({
        started_at: BEGIN + (rows[0]?.[0] ?? 0) * SECOND,
        status: 'resolved',
        monitoring_at: BEGIN + 20 * MINUTE,
        resolved_at: BEGIN + 30 * MINUTE,
        components: [DOWNLOAD],
        functions: ['download'],
        ...given,
      }),
    ],
    updates: [anUpdate({ status: 'resolved', code: 'resolved' })],
    changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
  });
}

async function textOf(path: string): Promise<string> {
  const { text } = await ask(page.url + path);
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

const FLAPS = Array.from({ length: 7 }, (_, i): [number, State][] => [
  [i * 80, 'major_outage'],
  [i * 80 + 10, 'operational'],
]).flat();
const KILLED: [number, State][] = [
  [0, 'major_outage'],
  [75, 'unknown'],
  [165, 'operational'],
];

test.each<[string, [number, State][], RegExp]>([
  ['I1: parts are summed and counted', FLAPS, /已解决 · 共 1 分 10 秒，分 7 段/],
  [
    'I2: not until it was told',
    [
      [0, 'major_outage'],
      [180, 'operational'],
    ],
    /已解决 · 历时 3 分钟? /,
  ],
  ['I12: until the gap, its end unseen', KILLED, /已解决 · 历时 1 分 15 秒 · 结束未观察到/],
])('%s: the same in the list and on its page', async (_, rows, expected) => {
  await happened(rows);
  for (const path of ['/zh-CN/', '/zh-CN/incidents/abc123def456'])
    await expect.poll(() => textOf(path)).toMatch(expected);
});

test('I3: the same in title, list, day, feed and the v2 API, to the second', async () => {
  await happened([
    [0, 'major_outage'],
    [96, 'operational'],
  ]);
  await expect.poll(() => textOf('/zh-CN/')).toContain('下载曾中断 1 分 36 秒');
  const { text: feed } = await ask(`${page.url}/zh-CN/history.atom`);
  const front = await textOf('/zh-CN/');
  expect(front).toContain('已解决 · 历时 1 分 36 秒');
  // The row of the day: down, partly, available, measurements.
  expect(front).toMatch(/短暂中断 1 分 36 秒 1 分 36 秒 无 /);
  expect(feed).toContain('下载曾中断 1 分 36 秒');
  expect(feed).toContain('事件结束。受影响时间：1 分 36 秒。');
  const { incidents } = JSON.parse((await ask(`${page.url}/api/v2/incidents.json`)).text);
  expect(incidents[0].name).toContain('下载曾中断 1 分 36 秒');
  expect(incidents[0].incident_updates[0].body).toContain('受影响时间：1 分 36 秒。');
  const { started_at, monitoring_at } = incidents[0];
  expect(Date.parse(monitoring_at) - Date.parse(started_at)).toBe(96 * SECOND);
});

test('no length is stated where the ledger knows of no disturbance', async () => {
  await happened([]);
  await expect.poll(() => textOf('/zh-CN/')).toContain('已解决');
  expect(await textOf('/zh-CN/')).not.toMatch(/历时|分 \d+ 段/);
});

test('what turned out to be nothing is taken back', async () => {
  await happened([
    [0, 'major_outage'],
    [96, 'operational'],
  ]);
  await expect.poll(() => textOf('/zh-CN/')).toContain('历时 1 分 36 秒');
  const corrected_at = NOW - 10 * MINUTE;
  const well = aTransition(DOWNLOAD, 'operational', 'operational', BEGIN);
  await page.site.store.record({
    transitions: [{ ...well, recorded_at: corrected_at }],
    changes: [{ kind: 'state', ref: DOWNLOAD, at: corrected_at }],
  });
  await expect.poll(() => textOf('/zh-CN/')).toContain('下载的异常已更正撤回');
  expect(await textOf('/zh-CN/')).not.toMatch(/历时|曾中断/);
  const incident = await textOf('/zh-CN/incidents/abc123def456');
  expect(incident).toMatch(/下载的异常已更正撤回.*更正于 2026年11月21日 14:22/);
  expect(await textOf('/en/incidents/abc123def456')).toContain('disruption of Download, withdrawn');
  expect((await ask(`${page.url}/zh-CN/history.atom`)).text).toContain('下载的异常已更正撤回');
});

test('what is corrected after it was told to be over says so, on page and in feeds', async () => {
  await happened([
    [0, 'major_outage'],
    [96, 'operational'],
  ]);
  const incident_path = '/zh-CN/incidents/abc123def456';
  await expect.poll(() => textOf('/zh-CN/')).toContain('历时 1 分 36 秒');
  expect(await textOf(incident_path)).not.toContain('更正');
  const corrected_at = NOW - 10 * MINUTE;
  const well = aTransition(DOWNLOAD, 'operational', 'operational', BEGIN + 60 * SECOND);
  await page.site.store.record({
    transitions: [{ ...well, recorded_at: corrected_at }],
    changes: [{ kind: 'state', ref: DOWNLOAD, at: corrected_at }],
  });
  await expect
    .poll(() => textOf(incident_path))
    .toMatch(/历时 1 分钟 .*更正于 2026年11月21日 14:22/);
  await expect
    .poll(async () => (await ask(`${page.url}/zh-CN/history.atom`)).text)
    .toMatch(/<updated>2026-11-21T06:22:10.*更正于 2026年11月21日 14:22/s);
  expect(await textOf('/en/incidents/abc123def456')).toContain('Corrected on Nov 21, 2026, 14:22');
});

test('its impact is the worst of what is known now, not of what was told', async () => {
  await happened([
    [0, 'major_outage'],
    [96, 'operational'],
  ]);
  const impact = async () =>
    JSON.parse((await ask(`${page.url}/api/v2/incidents.json`)).text).incidents[0].impact;
  await expect.poll(() => textOf('/zh-CN/incidents/abc123def456')).toContain('影响：严重');
  await expect.poll(impact).toBe('critical');
  const corrected_at = NOW - 10 * MINUTE;
  const corrected = async (state: 'partial_outage' | 'operational', at: number) => {
    const partly = aTransition(DOWNLOAD, 'operational', state, BEGIN);
    const well = aTransition(DOWNLOAD, state, 'operational', BEGIN + 96 * SECOND);
    await page.site.store.record({
      transitions: [partly, well].map((it) => ({ ...it, recorded_at: at })),
      changes: [{ kind: 'state', ref: DOWNLOAD, at }],
    });
  };
  await corrected('partial_outage', corrected_at);
  await expect.poll(() => textOf('/zh-CN/incidents/abc123def456')).toContain('影响：较大');
  await expect.poll(impact).toBe('major');
  await corrected('operational', corrected_at + SECOND);
  await expect.poll(impact).toBe('none');
});
