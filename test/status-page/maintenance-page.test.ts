import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transition } from '../../model/component.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import {
  aMaintenance,
  aMaintenanceUpdate,
  anOverrun,
  changeMaintenance,
  saveMaintenance,
  TOMORROW,
} from './maintenances.ts';
import { ask } from './request.ts';
import {
  aStatus,
  aTransition,
  fakeClock,
  NOW,
  openSite,
  type RunningPage,
  type Site,
  seedHistory,
  startPage,
  until,
} from './site.ts';

let site: Site;

beforeEach(async () => {
  site = await openSite();
  await seedHistory(site);
});
afterEach(() => site.close());

const A_DRAFT = aMaintenance({ id: 'mntdraft0000', status: 'draft', published_at: null });
const A_DROPPED_DRAFT = aMaintenance({
  id: 'mntdropped00',
  status: 'cancelled',
  published_at: null,
});

describe('the overview', () => {
  const build = (now = NOW) =>
    createOverviewBuilder({ reader: site.reader, configuration: site.configuration })(now);
  const idsOf = (maintenances: readonly { id: string }[]) => maintenances.map((it) => it.id);

  test('mentions what starts within 14 days, and lists the rest', async () => {
    const in_days = (days: number, id: string) =>
      aMaintenance({
        id,
        announced_from: NOW + days * DAY,
        announced_until: NOW + days * DAY + HOUR,
        expected_recovery_at: NOW + days * DAY + HOUR,
      });
    await saveMaintenance(site, in_days(15, 'mntlater0000'));
    await saveMaintenance(site, in_days(13, 'mntsoon00000'));
    await saveMaintenance(site, in_days(3, 'mntsooner000'));
    const overview = await build();
    expect(idsOf(overview.current_maintenances)).toEqual([
      'mntsooner000',
      'mntsoon00000',
      'mntlater0000',
    ]);
    expect(idsOf(overview.near_maintenances)).toEqual(['mntsooner000', 'mntsoon00000']);
    const components = overview.systems.flatMap((it) => it.components);
    expect(components.map((it) => [it.id, it.maintenance?.id ?? null])).toEqual([
      ['pinduoduo.upload', null],
      ['beijing.query', 'mntsooner000'],
      ['beijing.sync', null],
      ['beijing.download', 'mntsooner000'],
    ]);
    expect(idsOf((await build(NOW + DAY)).near_maintenances)).toHaveLength(3);
  });

  test('puts what is under way first, then what starts first', async () => {
    await saveMaintenance(site, aMaintenance());
    await saveMaintenance(
      site,
      aMaintenance({
        id: 'mntrunning00',
        status: 'overrun',
        announced_from: NOW - 3 * HOUR,
        announced_until: NOW - HOUR,
        actual_from: NOW - 3 * HOUR,
      }),
    );
    await saveMaintenance(
      site,
      aMaintenance({
        id: 'mntlate00000',
        announced_from: TOMORROW + MINUTE,
      }),
    );
    const { near_maintenances } = await build();
    expect(idsOf(near_maintenances)).toEqual(['mntrunning00', 'mnt000000001', 'mntlate00000']);
    expect(near_maintenances[0]?.scope).toEqual([
      {
        system: 'beijing',
        system_name: { 'zh-CN': '北京电子发票（模拟）', en: 'Beijing e-invoices (simulated)' },
        functions: ['query', 'download'],
      },
    ]);
  });

  test('mentions at a function what it is under, then the next, then an overrun', async () => {
    const running = (id: string, given: Partial<Maintenance>) =>
      aMaintenance({ id, announced_from: NOW - HOUR, announced_until: NOW + HOUR, ...given });
    const at = async (function_index: number, now = NOW) => {
      const { systems } = await build(now);
      return systems.flatMap((it) => it.components)[function_index]?.maintenance?.id;
    };
    // The query is the second function of the page, the download the fourth.
    await saveMaintenance(site, anOverrun({ components: ['beijing.query', 'beijing.download'] }));
    expect(await at(1)).toBe('mntoverrun01');
    await saveMaintenance(site, aMaintenance({ components: ['beijing.query'] }));
    expect([await at(1), await at(3)]).toEqual(['mnt000000001', 'mntoverrun01']);
    await saveMaintenance(site, running('mntfirst0000', { status: 'in_progress' }));
    expect(await at(1)).toBe('mntfirst0000');
    await saveMaintenance(
      site,
      running('mntnamed0000', { status: 'in_progress', announced_from: NOW - MINUTE }),
    );
    expect(await at(1)).toBe('mntfirst0000');
    await site.store.record({
      components: [
        aStatus('beijing.query', 'under_maintenance', {
          notes: [{ code: 'maintenance', maintenance_id: 'mntnamed0000', measured: 'operational' }],
        }),
      ],
      changes: [{ kind: 'state', ref: 'beijing.query', at: NOW }],
    });
    expect([await at(1), await at(3)]).toEqual(['mntnamed0000', 'mntfirst0000']);
  });

  test('never shows a draft, nor one that was dropped', async () => {
    await saveMaintenance(site, A_DRAFT, []);
    await saveMaintenance(site, A_DROPPED_DRAFT, []);
    const overview = await build();
    expect([overview.current_maintenances, overview.recent_maintenances]).toEqual([[], []]);
  });

  test('takes a window into the figures, not the overrun: on a hand-computed day', async () => {
    const from = NOW - 4 * HOUR;
    await saveMaintenance(
      site,
      aMaintenance({
        id: 'mntrunning00',
        status: 'completed',
        components: ['beijing.query'],
        announced_from: from,
        announced_until: from + HOUR,
        expected_recovery_at: from + HOUR,
        actual_from: from,
        actual_until: from + 1.5 * HOUR,
      }),
    );
    const measured = (state: State, since: number): Transition => ({
      ...aTransition('beijing.query', 'under_maintenance', 'under_maintenance', since),
      notes: [{ code: 'maintenance', maintenance_id: 'mntcompleted', measured: state }],
    });
    // Up for half an hour, then down until half an hour after the announced end.
    await site.store.record({
      transitions: [
        { ...measured('operational', from), from: 'operational' },
        measured('major_outage', from + HOUR / 2),
        aTransition('beijing.query', 'under_maintenance', 'operational', from + 1.5 * HOUR),
      ],
      changes: [{ kind: 'state', ref: 'beijing.query', at: NOW }],
    });
    const { systems } = await build();
    const query = systems.flatMap((it) => it.components).find((it) => it.id === 'beijing.query');
    // Today is measured since midnight in China, for 14:32:10.
    const measured_ms = NOW - Date.parse('2026-11-20T16:00:00Z');
    expect(query?.history.days.at(-1)?.availability).toEqual({
      up_ms: measured_ms - HOUR,
      valid_ms: measured_ms - HOUR / 2,
      down_ms: 30 * MINUTE,
      partial_ms: 0,
      excluded_ms: HOUR / 2,
      raw: { up_ms: measured_ms - HOUR, valid_ms: measured_ms },
    });
  });
});

describe('the pages', () => {
  let page: RunningPage;
  const start = async () => {
    page = await startPage({ site, clock: fakeClock() });
  };
  afterEach(() => page.stop());
  const get = (path: string) => ask(`${page.url}${path}`);
  const read = async (path: string) => plain((await get(path)).text);

  test('say everything there is to know of a maintenance', async () => {
    const maintenance = aMaintenance();
    await saveMaintenance(site, maintenance);
    await changeMaintenance(
      site,
      maintenance,
      { revision: 2, published_at: NOW - DAY },
      aMaintenanceUpdate({ id: 'mup000000002', code: 'revised', created_at: NOW - DAY }),
    );
    await start();
    const { headers, text } = await get('/zh-CN/maintenances/mnt000000001');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'zh-CN',
      'cache-control': 'public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=29',
      etag: expect.stringMatching(/^"/),
    });
    const told = plain(text);
    for (const fact of [
      '数据库升级 计划维护 · 2026年11月22日周日 22:00 – 23:30 升级数据库。 期间查询和下载会中断。',
      '影响范围 北京电子发票（模拟）：查询、下载',
      '预计恢复 2026年11月23日周一 00:00',
      '维护期间仍可使用 上传照常。',
      '替代办法 请提前下载。',
      '公告时间 2026年11月19日周四 14:32（提前 3 天 7 小时）',
      '最后修改 2026年11月20日周五 14:32（提前 2 天 7 小时）',
      '可用率怎么算 2026年11月22日周日 22:00 – 23:30 按时公告，其间的中断不计入可用率；其余时间照常计算。',
      '2026年11月20日 14:32 计划维护 维护计划有修改，请以现在公告的时间和范围为准。 2026年11月19日 14:32 计划维护 已公告维护计划。',
      '【计划维护】数据库升级 升级数据库。',
      '详情与进展：https://status.example.invalid/zh-CN/maintenances/mnt000000001',
    ]) {
      expect(told).toContain(fact);
    }
    expect(text).toMatch(/<svg class="qr" [^>]*aria-label="https:[^"]+mnt000000001"/);
    expect(text).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=|<!--/);
    expect(await read('/en/maintenances/mnt000000001')).toContain(
      'In availability Sun, Nov 22, 2026, 22:00 – 23:30 was announced in time',
    );
  });

  test('say how it went, and what was not announced in time', async () => {
    await saveMaintenance(
      site,
      aMaintenance({
        id: 'mntcompleted',
        status: 'completed',
        announced_from: NOW - 4 * HOUR,
        announced_until: NOW - 3 * HOUR,
        expected_recovery_at: NOW - 3 * HOUR,
        actual_from: NOW - 5 * HOUR,
        actual_until: NOW - 2 * HOUR,
        published_at: NOW - 6 * HOUR,
      }),
      [],
    );
    await start();
    const told = await read('/zh-CN/maintenances/mntcompleted');
    expect(told).toContain(
      '时间 2026年11月21日周六 09:32 – 12:32（中国标准时间）（原定 2026年11月21日周六 10:32 – 11:32）',
    );
    expect(told).toContain('公告时间 2026年11月21日周六 08:32（提前 2 小时）');
    expect(told).toContain('没有提前 1 天公告，其间测到的中断照常计算。');
    expect(await read('/zh-CN/')).toContain(
      '11月21日 09:32 数据库升级 维护 已完成 · 11月21日周六 09:32 – 12:32（原定 11月21日周六 10:32 – 11:32）',
    );
  });

  test('M1: say that it ran at another time, not that nobody announced it in time', async () => {
    await saveMaintenance(
      site,
      aMaintenance({ status: 'completed', actual_from: NOW - 2 * HOUR, actual_until: NOW - HOUR }),
    );
    await start();
    const told = await read('/zh-CN/maintenances/mnt000000001');
    expect(told).toContain('（提前 3 天 7 小时）');
    expect(told).toContain('维护没有在按时公告的时间进行，其间测到的中断照常计算。');
    expect(told).not.toContain('没有提前');
    expect(await read('/en/maintenances/mnt000000001')).toContain('It ran at another time than');
  });

  test('say what was revised too late, and of which functions it was not', async () => {
    // Announced in time for the query alone; the download was added an hour before.
    const query = aMaintenance({ components: ['beijing.query'] });
    const later = { revision: 2, published_at: TOMORROW - HOUR };
    const revised = aMaintenanceUpdate({ id: 'mup000000002', code: 'revised', created_at: NOW });
    await saveMaintenance(site, query);
    await changeMaintenance(
      site,
      query,
      { ...later, components: ['beijing.query', 'beijing.download'] },
      revised,
    );
    const moved = aMaintenance({ id: 'mntmoved0000' });
    const at = { announced_from: TOMORROW + 2 * HOUR, announced_until: TOMORROW + 3 * HOUR };
    await saveMaintenance(site, moved);
    await changeMaintenance(
      site,
      moved,
      { ...later, ...at },
      { ...revised, id: 'mup000000003', maintenance: moved.id },
    );
    await start();
    expect(await read('/zh-CN/maintenances/mnt000000001')).toContain(
      '22:00 – 23:30 按时公告，其间以下功能的中断不计入可用率：北京电子发票（模拟）：查询。其余功能和时间照常计算。',
    );
    expect(await read('/zh-CN/maintenances/mntmoved0000')).toContain(
      '最后的修改没有提前 1 天公告，其间测到的中断照常计算。',
    );
  });

  test('tell of it above the systems, at its system and at its functions', async () => {
    await saveMaintenance(site, aMaintenance());
    await start();
    const { text } = await get('/zh-CN/');
    const section = (id: string) => text.split(`id="${id}"`)[1]?.split(/<\/(?:section|ul|li)>/)[0];
    expect(plain(section('near-maintenances') ?? '')).toContain(
      '数据库升级 计划维护 · 11月22日周日 22:00 – 23:30 · 预计恢复：11月23日周一 00:00',
    );
    expect(section('beijing-maintenances')).toContain('数据库升级');
    expect(section('pinduoduo-maintenances')).not.toContain('数据库升级');
    expect(section('beijing.query')).toContain('计划维护：11月22日周日 22:00 – 23:30');
    expect(section('beijing.sync')).not.toContain('计划维护');
  });

  test('follow a change at once, in the version of the lists too', async () => {
    const maintenance = aMaintenance();
    await saveMaintenance(site, maintenance);
    await start();
    const versionOf = async () =>
      /id="open-incidents" data-version="([^"]+)"/.exec((await get('/en/')).text)?.[1];
    const before = await versionOf();
    expect(await read('/en/maintenances/mnt000000001')).toContain('Planned maintenance');
    await changeMaintenance(
      site,
      maintenance,
      { status: 'cancelled' },
      aMaintenanceUpdate({
        id: 'mup000000002',
        code: 'cancelled',
        status: 'cancelled',
        created_at: NOW,
      }),
    );
    await until(async () => (await versionOf()) !== before);
    const told = await read('/en/maintenances/mnt000000001');
    expect(told).toContain('Cancelled; what is down then counts as ever.');
    expect(told).toContain('Maintenance is cancelled and will not take place.');
    expect((await get('/en/')).text).not.toContain('component-maintenance');
  });

  test('keep markup in a person’s words as text', async () => {
    const hostile = `<img src=x onerror=alert(1)>{n}"'</pre><script>`;
    const text = { 'zh-CN': hostile, en: hostile };
    await saveMaintenance(
      site,
      aMaintenance({
        texts: { title: text, description: text, stays_open: text, workaround: text },
      }),
      [aMaintenanceUpdate({ code: 'text', text })],
    );
    await start();
    for (const path of ['/en/', '/en/maintenances/mnt000000001']) {
      const answer = (await get(path)).text;
      expect(answer).toContain('&lt;img src=x onerror=alert(1)&gt;{n}');
      expect(answer).not.toMatch(/<img|<\/pre><script>/);
    }
  });

  test('do not exist for drafts, and never by guessing', async () => {
    await saveMaintenance(site, A_DRAFT, []);
    await saveMaintenance(site, A_DROPPED_DRAFT, []);
    await start();
    for (const id of ['mntdraft0000', 'mntdropped00', 'mnt999999999', "a'or'1"]) {
      expect([id, (await get(`/en/maintenances/${id}`)).status]).toEqual([id, 404]);
    }
    const refused = await ask(`${page.url}/en/maintenances/mnt000000001`, { method: 'POST' });
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

/** What a page says, without its markup. */
function plain(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}
