import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { ask } from './request.ts';
import { anIncident, anUpdate, aStatus, aTransition, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const DOWNLOAD = 'beijing.download';
/** 14:00:10 in China. */
const BEGIN = NOW - 32 * MINUTE;
const page = usePage({ prepare: seedHistory });

/** States of the download, in seconds after BEGIN, and what it is now. */
async function happened(
  rows: [number, State][],
  now: State,
  valid_ms = 9 * HOUR,
  started_at = BEGIN,
): Promise<void> {
  const before: State[] = ['operational', ...rows.map(([, state]) => state)];
  await page.site.store.record({
    components: [
      aStatus(DOWNLOAD, now, {
        since: BEGIN + (rows.at(-1)?.[0] ?? 0) * SECOND,
        valid_until: NOW + valid_ms,
      }),
      aStatus('pinduoduo.upload', 'operational', { valid_until: NOW + 9 * HOUR }),
    ],
    transitions: rows.map(([s, state], i) =>
      aTransition(DOWNLOAD, before[i] ?? 'unknown', state, BEGIN + s * SECOND),
    ),
    incidents: [
      anIncident({
        started_at,
        status: 'resolved',
        monitoring_at: started_at + 10 * MINUTE,
        resolved_at: started_at + 15 * MINUTE,
        components: [DOWNLOAD],
        functions: ['download'],
      }),
    ],
    updates: [anUpdate({ status: 'resolved', code: 'resolved' })],
    changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
  });
}

/** Parts of the page as text: what is at the top, the tasks, and the component. */
async function shown(path = '/zh-CN/') {
  const { text } = await ask(page.url + path);
  const part = (pattern: RegExp) =>
    (pattern.exec(text)?.[0] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  return {
    top: part(/<ul class="recoveries">.*?<\/ul>/s),
    tasks: part(/<ul class="tasks">.*?<\/ul>/s),
    component: part(/id="beijing\.download".*?<\/live-component>/s),
    links: text.match(/href="\/zh-CN\/incidents\/abc123def456"/g)?.length ?? 0,
  };
}

const DOWN_96_S: [number, State][] = [
  [0, 'major_outage'],
  [96, 'operational'],
];

test('what was out is said to be well again: since when, and how long it was out', async () => {
  await happened(DOWN_96_S, 'operational');
  const told = '下载曾中断 · 历时 1 分 36 秒 · 11月21日 14:01 起正常 · 进展与证据';
  await expect.poll(async () => (await shown()).component).toContain(`刚刚恢复 ${told}`);
  const { top, tasks, links } = await shown();
  expect(top).toContain(`刚刚恢复 北京电子发票（模拟）：${told}`);
  expect(tasks).toContain('下载版式文件 正常，刚刚恢复');
  expect(tasks).toContain('上传发票 正常 ');
  // At the top, beside the state, and in the list of incidents.
  expect(links).toBe(3);
});

test('it is said for two hours, by the ledger', async () => {
  await happened(DOWN_96_S, 'operational');
  const well_at = BEGIN + 96 * SECOND;
  await expect.poll(async () => (await shown()).top).toContain('刚刚恢复');
  page.clock.set(well_at + 2 * HOUR - SECOND);
  await page.site.store.record({ changes: [{ kind: 'state', ref: 'x', at: NOW }] });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await shown()).top).toContain('刚刚恢复');
  page.clock.set(well_at + 2 * HOUR);
  await page.site.store.record({ changes: [{ kind: 'state', ref: 'x', at: NOW }] });
  await expect.poll(async () => (await shown()).tasks).not.toContain('刚刚恢复');
  expect((await shown()).top).toBe('');
});

test('where the end was not seen, it counts from when it was measured again', async () => {
  const rows: [number, State][] = [
    [0, 'major_outage'],
    [75, 'unknown'],
    [165, 'operational'],
  ];
  await happened(rows, 'operational');
  await expect
    .poll(async () => (await shown()).component)
    .toContain('下载曾中断 · 历时 1 分 15 秒 · 结束未观察到 · 11月21日 14:02 起正常');
});

test.each<[string, State]>([
  ['degraded', 'degraded_performance'],
  ['unknown', 'unknown'],
  ['maintained', 'under_maintenance'],
])(
  'what was %s since is well from when that ended, and told for two hours then',
  async (_, state) => {
    const rows: [number, State][] = [...DOWN_96_S, [905, state], [1_200, 'operational']];
    await happened(rows, 'operational');
    const well_at = BEGIN + 1_200 * SECOND;
    await expect
      .poll(async () => (await shown()).component)
      .toContain('下载曾中断 · 历时 1 分 36 秒 · 11月21日 14:20 起正常');
    page.clock.set(well_at + 2 * HOUR - SECOND);
    await page.site.store.record({ changes: [{ kind: 'state', ref: 'x', at: NOW }] });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await shown()).top).toContain('刚刚恢复');
    page.clock.set(well_at + 2 * HOUR);
    await page.site.store.record({ changes: [{ kind: 'state', ref: 'x', at: NOW }] });
    await expect.poll(async () => (await shown()).tasks).not.toContain('刚刚恢复');
  },
);

test('nothing recovered just now that was degraded two hours after its outage', async () => {
  // Out at 11:30 for 100 seconds, degraded from 13:50 to 14:16.
  const rows: [number, State][] = [
    [-9_000, 'major_outage'],
    [-8_900, 'operational'],
    [-600, 'degraded_performance'],
    [960, 'operational'],
  ];
  await happened(rows, 'operational', 9 * HOUR, BEGIN - 9_000 * SECOND);
  await expect.poll(async () => (await ask(`${page.url}/zh-CN/`)).text).toContain('abc123def456');
  const { top, tasks, component } = await shown();
  expect(top + tasks + component).not.toContain('刚刚恢复');
});

test('nor of what was measured well long before it was unknown again', async () => {
  // Three hours ago; its end was not seen, but it was well for two hours and a half since.
  const rows: [number, State][] = [
    [-9_000, 'major_outage'],
    [-8_900, 'unknown'],
    [-8_800, 'operational'],
    [900, 'unknown'],
    [960, 'operational'],
  ];
  await happened(rows, 'operational', 9 * HOUR, BEGIN - 9_000 * SECOND);
  await expect.poll(async () => (await ask(`${page.url}/zh-CN/`)).text).toContain('结束未观察到');
  const { top, tasks, component } = await shown();
  expect(top + tasks + component).not.toContain('刚刚恢复');
});

test('the length is the whole of it, also where it was not as bad all the time', async () => {
  const rows: [number, State][] = [
    [0, 'partial_outage'],
    [30, 'major_outage'],
    [96, 'operational'],
  ];
  await happened(rows, 'operational');
  const told = '下载曾中断 · 历时 1 分 36 秒 ·';
  await expect.poll(async () => (await shown()).component).toContain(told);
});

test.each<[string, [number, State][], State]>([
  [
    'that was slow only',
    [
      [0, 'degraded_performance'],
      [96, 'operational'],
    ],
    'operational',
  ],
  ['that is slow', [...DOWN_96_S, [200, 'degraded_performance']], 'degraded_performance'],
  ['that is unknown', [...DOWN_96_S, [200, 'unknown']], 'unknown'],
])('nothing is said to be well again %s', async (_, rows, now) => {
  await happened(rows, now);
  await expect.poll(async () => (await ask(`${page.url}/zh-CN/`)).text).toContain('abc123def456');
  const { top, tasks, component } = await shown();
  expect(top + tasks + component).not.toContain('刚刚恢复');
});

test('nor once its time has passed without a measurement', async () => {
  await happened(DOWN_96_S, 'operational', MINUTE);
  await expect.poll(async () => (await shown()).top).toContain('刚刚恢复');
  page.clock.set(NOW + MINUTE);
  await expect.poll(async () => (await shown()).component).toContain('未知');
  const { top, tasks } = await shown();
  expect(top + tasks).not.toContain('刚刚恢复');
});
