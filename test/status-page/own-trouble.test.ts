import { expect, test } from 'vitest';
import type { LastResult } from '../../model/component.ts';
import type { OwnTrouble } from '../../model/own-trouble.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Outcome, Reason } from '../../model/vocabulary.ts';
import { ask } from './request.ts';
import { anIncident, anUpdate, aStatus, NOW, seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const DISK: OwnTrouble = {
  kind: 'disk',
  line: null,
  since: NOW - 12 * MINUTE,
  until: null,
  detail: 'SQLITE_FULL',
};
const LINE: OwnTrouble = {
  kind: 'line',
  line: 'telecom',
  since: NOW - 5 * HOUR,
  until: NOW - 4 * HOUR,
  detail: '3 of 3 neutral hosts',
};
const INCIDENT = anIncident({ seen_from: 'telecom', maybe_our_line: true });

const last = (outcome: Outcome, reason: Reason): LastResult => ({
  check: 'x',
  outcome,
  reason,
  ended_at: NOW - 10 * SECOND,
  is_judged: false,
});
const unknown = (component: string, its: LastResult) =>
  aStatus(component, 'unknown', {
    notes: [{ code: 'expired', last_slot_at: NOW - 3 * MINUTE }],
    measured_at: NOW - 3 * MINUTE,
    valid_until: NOW - 2 * MINUTE,
    last: its,
  });

const page = usePage({
  configuration: {
    ...siteConfiguration(),
    lines: [{ id: 'telecom', name: { 'zh-CN': '电信', en: 'Telecom' }, proxy: null }],
  },
  async prepare(site) {
    await seedHistory(site);
    await site.store.record({
      components: [
        unknown('pinduoduo.upload', last('throttled', 'http_status')),
        unknown('beijing.query', last('credential', 'error_code')),
        unknown('beijing.download', last('throttled', 'blocked')),
        aStatus('beijing.sync', 'major_outage', {
          notes: [
            { code: 'checks_failing', checks: [], reason: 'timeout_connect', detail: null },
            { code: 'maybe_our_line', line: 'telecom' },
          ],
        }),
      ],
      own_troubles: [DISK, LINE],
      gaps: [
        { from: NOW - 40 * MINUTE, to: NOW - 35 * MINUTE, cause: 'clock' },
        { from: NOW - 30 * HOUR, to: NOW - 29 * HOUR, cause: 'lock' },
      ],
      incidents: [INCIDENT],
      updates: [anUpdate()],
      changes: [{ kind: 'incident', ref: INCIDENT.id, at: NOW }],
    });
  },
  once: true,
});

/** The page as text, as a reader without scripts has it. */
async function textOf(path: string): Promise<string> {
  const { status, text } = await ask(page.url + path);
  expect(status).toBe(200);
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test.each(['/zh-CN/', `/zh-CN/incidents/${INCIDENT.id}`])(
  'D4: %s says what is wrong with ourselves, since when, and what it means',
  async (path) => {
    const text = await textOf(path);
    expect(text).toContain('我们的磁盘有故障');
    expect(text).toContain('11月21日 14:20 起');
    expect(text).toContain('没有记下的时间记为没有测量');
    expect(text).not.toContain('SQLITE_FULL');
  },
);

test('B3: trouble that is over stays in the list, as ours', async () => {
  const text = await textOf('/zh-CN/');
  const list = text.slice(text.indexOf('最近的事件与维护'));
  expect(list).toMatch(/我们的线路（电信）有故障 我们自己 已恢复 · 历时 1 小时/);
});

test('U1: unknown states say why and when the system last answered', async () => {
  const text = await textOf('/zh-CN/');
  expect(text).toContain('上传 未知：被限流');
  expect(text).toContain('查询 未知：凭证被拒');
  expect(text).toContain('下载 未知：被拦截');
  expect(text).toContain('不能判断它是否正常：被限流（上次应答 11月21日 14:32）。');
  expect(text).toContain('上一次有结论的测量：11月21日 14:29。');
  const english = await textOf('/en/');
  expect(english).toContain('Unknown: throttled');
  expect(english).toContain('last answer Nov 21, 14:32');
});

test('B3: the page says everywhere that it may be our own line', async () => {
  const { text } = await ask(`${page.url}/zh-CN/`);
  const said = (part: RegExp) => part.exec(text)?.[0].replace(/<[^>]+>/g, '');
  const outage = '中断（可能是本机线路）';
  expect(said(/<h1>.*?<\/h1>/s)).toContain(outage);
  expect(said(/<ul class="tasks">.*?<\/ul>/s)).toContain(outage);
  expect(said(/<ul class="troubles">.*?<\/ul>/s)).toContain('可能是本机线路');
  expect(said(/id="beijing\.sync".*?<\/live-component>/s)).toContain(outage);
});

interface V2Component {
  id: string;
  status: string;
  description: string | null;
  group: boolean;
}

test('U4: v2 describes an unknown state by its reason, and our own trouble', async () => {
  const { text } = await ask(`${page.url}/api/v2/components.json`);
  const { components } = JSON.parse(text) as { components: V2Component[] };
  const of = (id: string) => components.find((it) => it.id === id);
  expect(of('pinduoduo.upload')?.status).toBe('degraded_performance');
  expect(of('pinduoduo.upload')?.description).toContain('被限流');
  expect(of('beijing.query')?.description).toContain('凭证被拒');
  expect(of('beijing.download')?.description).toContain('被拦截');
  expect(of('beijing.sync')?.description).toContain('我们的磁盘有故障。');
  const operational = components.filter((it) => it.status === 'operational' && !it.group);
  expect(operational.map((it) => it.description)).toEqual(operational.map(() => null));
  const undescribed = components.filter(
    (it) => it.status === 'degraded_performance' && it.description === null,
  );
  expect(undescribed).toEqual([]);
});

test('B7: gaps are told with their cause: on the page, in the days, at an incident', async () => {
  const text = await textOf('/zh-CN/');
  const gaps = text.slice(text.indexOf('我们没有测量的时段'));
  expect(gaps).toMatch(/11月21日 13:52 – 13:57 5 分钟 时钟拨快/);
  expect(gaps).toMatch(/1 小时 我们的数据库被占用/);
  expect(text).toContain('5 分钟没有测量（时钟拨快）');
  expect(text).toContain('1 小时没能及时记下（我们的数据库被占用）');
  const incident = await textOf(`/zh-CN/incidents/${INCIDENT.id}`);
  expect(incident).toContain('其中 2026年11月21日 13:52 – 13:57 没有测量（时钟拨快）。');
  expect(incident).not.toContain('数据库被占用');
});

test.each(['/history.atom', '/history.rss'])(
  'D4, B3: %s tells our own trouble, gaps, and from where an incident was seen',
  async (path) => {
    const { text } = await ask(page.url + path);
    expect(text).toContain('我们的磁盘有故障');
    expect(text).toContain('我们的线路（电信）有故障');
    expect(text).toContain('还没有恢复');
    expect(text).toContain('没有测量（时钟拨快）');
    expect(text).toContain('下载曾中断，现在情况不明（可能是本机线路）（从电信测）');
  },
);

test('B3: v2 names the incident with what limits it', async () => {
  const { text } = await ask(`${page.url}/api/v2/incidents/unresolved.json`);
  const { incidents } = JSON.parse(text) as { incidents: { name: string }[] };
  expect(incidents[0]?.name).toBe(
    '北京电子发票（模拟）：下载曾中断，现在情况不明（可能是本机线路）（从电信测）',
  );
});

test('D4, B7: our own API lists our own trouble and gaps, no details for operators', async () => {
  const { status, headers, text } = await ask(`${page.url}/api/v1/own-troubles`);
  expect([status, headers['access-control-allow-origin']]).toEqual([200, '*']);
  expect(JSON.parse(text)).toEqual({
    own_troubles: [
      { kind: 'disk', line: null, since: '2026-11-21T06:20:10.000Z', until: null, end_seen: false },
      {
        kind: 'line',
        line: 'telecom',
        since: '2026-11-21T01:32:10.000Z',
        until: '2026-11-21T02:32:10.000Z',
        end_seen: true,
      },
    ],
    gaps: [
      { from: '2026-11-21T05:52:10.000Z', to: '2026-11-21T05:57:10.000Z', cause: 'clock' },
      { from: '2026-11-20T00:32:10.000Z', to: '2026-11-20T01:32:10.000Z', cause: 'lock' },
    ],
  });
  const described = JSON.parse((await ask(`${page.url}/api/openapi.json`)).text);
  expect(described.paths['/api/v1/own-troubles'].get.security).toBeUndefined();
});
