import { expect, test } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { ask } from './request.ts';
import { anIncident, anUpdate, aStatus, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const INCIDENT = anIncident({
  status: 'monitoring',
  monitoring_at: NOW - 10 * MINUTE,
  components: ['beijing.query', 'beijing.download'],
  functions: ['query', 'download'],
});
const PATHS = ['/zh-CN/', `/zh-CN/incidents/${INCIDENT.id}`];

const page = usePage({ prepare: seedHistory });

/** What the page says of the incident now, without what was said of it before. */
async function saidOf(path: string): Promise<string> {
  const { text } = await ask(page.url + path);
  const header = /<p class="facts">.*?<\/p>/s.exec(text)?.[0] ?? '';
  return header.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

interface Given {
  valid_ms?: number;
  incident?: Partial<Incident>;
}

function states(query: State, download: State, { valid_ms, incident }: Given = {}) {
  const valid = { valid_until: NOW + (valid_ms ?? 30 * SECOND) };
  return page.site.store.record({
    incidents: [{ ...INCIDENT, ...incident }],
    updates: [anUpdate()],
    components: [
      aStatus('beijing.query', query, valid),
      aStatus('beijing.download', download, valid),
    ],
    changes: [{ kind: 'incident', ref: INCIDENT.id, at: NOW }],
  });
}

test.each(PATHS)('%s: recovered is said while every function is known to be well', async (path) => {
  await states('operational', 'operational');
  await expect.poll(() => saidOf(path)).toContain('已恢复，观察中');
});

test.each(PATHS)('%s: not while a function of it is unknown', async (path) => {
  await states('operational', 'unknown');
  await expect.poll(() => saidOf(path)).toContain('情况不明');
  expect(await saidOf(path)).not.toContain('已恢复');
  expect(await saidOf(path)).not.toContain('历时');
});

test.each(PATHS)('%s: nor once what is known has expired', async (path) => {
  await states('operational', 'operational', { valid_ms: SECOND });
  await expect.poll(() => saidOf(path)).toContain('已恢复，观察中');
  page.clock.set(NOW + 2 * SECOND);
  await expect.poll(() => saidOf(path)).toContain('情况不明');
});

test.each(PATHS)('%s: while one is known to fail, that is what is looked into', async (path) => {
  await states('major_outage', 'unknown', { incident: { status: 'investigating' } });
  await expect.poll(() => saidOf(path)).toContain('持续中');
  await states('unknown', 'unknown', { incident: { status: 'investigating' } });
  await expect.poll(() => saidOf(path)).toContain('情况不明');
});

test.each(PATHS)('%s: what is well does not go on, though it was not told so yet', async (path) => {
  for (const status of ['investigating', 'unclear'] as const) {
    await states('operational', 'operational', { incident: { status } });
    await expect.poll(() => saidOf(path)).toContain('已恢复，观察中');
    await states('operational', 'major_outage', { incident: { status } });
    await expect.poll(() => saidOf(path)).toContain('持续中');
  }
});

test.each(PATHS)('%s: nor what a maintenance covers by now', async (path) => {
  const incident = { status: 'investigating' } as const;
  await states('operational', 'under_maintenance', { incident });
  await expect.poll(() => saidOf(path)).toContain('维护中');
  expect(await saidOf(path)).not.toContain('持续中');
  await states('major_outage', 'under_maintenance', { incident });
  await expect.poll(() => saidOf(path)).toContain('持续中');
});

test.each([...PATHS, '/zh-CN/history.atom', '/api/v2/incidents.json'])(
  '%s: the title neither says that it goes on nor that it is over',
  async (path) => {
    const textOf = async () => (await ask(page.url + path)).text;
    await states('major_outage', 'unknown', { incident: { status: 'investigating' } });
    await expect.poll(textOf).toContain('（模拟）：查询中断 · 下载曾中断，现在情况不明');
    await states('unknown', 'unknown', { incident: { status: 'investigating' } });
    await expect.poll(textOf).toContain('（模拟）：查询、下载曾中断，现在情况不明');
    expect(await textOf()).not.toContain('（模拟）：查询中断');
  },
);
