import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import {
  aCompletedMaintenance,
  aMaintenance,
  aMaintenanceUpdate,
  anOverrun,
  saveMaintenance,
  TOMORROW,
} from './maintenances.ts';
import { ask } from './request.ts';
import { aStatus, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  once: true,
  async prepare(site) {
    await seedHistory(site);
    await saveMaintenance(site, aMaintenance());
    await saveMaintenance(
      site,
      anOverrun({ expected_recovery_at: NOW - HOUR, updated_at: NOW - HOUR }),
      [
        aMaintenanceUpdate({ id: 'mupoverrun01', maintenance: 'mntoverrun01' }),
        aMaintenanceUpdate({
          id: 'mupoverrun02',
          maintenance: 'mntoverrun01',
          code: 'overrun',
          status: 'overrun',
          text: { 'zh-CN': '还要半小时。', en: 'Half an hour more.' },
          created_at: NOW - HOUR,
        }),
      ],
    );
    await saveMaintenance(
      site,
      aMaintenance({
        id: 'mntverifying',
        status: 'verifying',
        announced_from: NOW - 4 * HOUR,
        announced_until: NOW - MINUTE,
        actual_from: NOW - 4 * HOUR,
        actual_until: NOW - 2 * MINUTE,
      }),
    );
    await saveMaintenance(
      site,
      aCompletedMaintenance({
        expected_recovery_at: NOW - 9 * DAY + HOUR,
        published_at: NOW - 12 * DAY,
      }),
      [
        aMaintenanceUpdate({
          id: 'mupcompleted',
          maintenance: 'mntcompleted',
          status: 'completed',
          code: 'completed',
          created_at: NOW - 9 * DAY + 65 * MINUTE,
        }),
      ],
    );
    const long_ago = { announced_from: NOW - 11 * DAY, announced_until: NOW - 11 * DAY + HOUR };
    await saveMaintenance(
      site,
      aMaintenance({ id: 'mntpassed000', status: 'completed', ...long_ago }),
      [
        aMaintenanceUpdate({
          id: 'muppassed000',
          maintenance: 'mntpassed000',
          status: 'completed',
          code: 'found_well',
          created_at: NOW - 10 * DAY,
        }),
      ],
    );
    await saveMaintenance(site, aMaintenance({ id: 'mntcancelled', status: 'cancelled' }));
    await saveMaintenance(
      site,
      aMaintenance({ id: 'mntdraft0000', status: 'draft', published_at: null }),
      [],
    );
    await site.store.record({
      components: [aStatus('pinduoduo.upload', 'under_maintenance')],
      changes: [{ kind: 'state', ref: 'pinduoduo.upload', at: NOW }],
    });
  },
});

async function read(name: string) {
  const answer = await ask(`${page.url}/api/v2/${name}`);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}
const idsOf = (rows: { id: string }[]) => rows.map((it) => it.id);

const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const ANNOUNCED_AT = new Date(NOW - 2 * DAY).toISOString();

test('scheduled-maintenances/upcoming.json: field for field', async () => {
  const { page: about, scheduled_maintenances } = await read(
    'scheduled-maintenances/upcoming.json',
  );
  const { components } = await read('components.json');
  expect(about.updated_at).toBe(new Date(NOW - HOUR).toISOString());
  expect(scheduled_maintenances).toStrictEqual([
    {
      id: 'mnt000000001',
      name: '数据库升级',
      status: 'scheduled',
      created_at: ANNOUNCED_AT,
      updated_at: ANNOUNCED_AT,
      monitoring_at: null,
      resolved_at: null,
      impact: 'maintenance',
      shortlink: 'https://status.example.invalid/zh-CN/maintenances/mnt000000001',
      started_at: ANNOUNCED_AT,
      page_id: about.id,
      incident_updates: [
        {
          id: 'mnt00000000u',
          status: 'scheduled',
          body: [
            '已公告维护计划。',
            '升级数据库。',
            '期间查询和下载会中断。',
            '影响范围：北京电子发票（模拟）：查询、下载',
            '时间：2026年11月22日周日 22:00 – 23:30（中国标准时间）',
            '预计恢复：2026年11月23日周一 00:00',
            '维护期间仍可使用：上传照常。',
            '替代办法：请提前下载。',
          ].join('\n'),
          incident_id: 'mnt000000001',
          created_at: ANNOUNCED_AT,
          updated_at: ANNOUNCED_AT,
          display_at: ANNOUNCED_AT,
          affected_components: null,
          deliver_notifications: true,
          custom_tweet: null,
          tweet_id: null,
        },
      ],
      components: components.filter((it: { id: string }) =>
        ['beijing.query', 'beijing.download'].includes(it.id),
      ),
      reminder_intervals: null,
      scheduled_for: new Date(TOMORROW).toISOString(),
      scheduled_until: new Date(TOMORROW + 90 * MINUTE).toISOString(),
    },
  ]);
  expect(scheduled_maintenances[0].components).toHaveLength(2);
});

test('active.json: what overran is in progress, newest update first', async () => {
  const { scheduled_maintenances } = await read('scheduled-maintenances/active.json');
  expect(
    scheduled_maintenances.map((it: { id: string; status: string }) => [it.id, it.status]),
  ).toEqual([
    ['mntverifying', 'verifying'],
    ['mntoverrun01', 'in_progress'],
  ]);
  expect(scheduled_maintenances[1].incident_updates).toMatchObject([
    { status: 'in_progress', body: expect.stringMatching(/还没有宣布结束。还要半小时。$/) },
    { status: 'scheduled' },
  ]);
  expect(scheduled_maintenances[1].components).toMatchObject([
    { id: 'pinduoduo.upload', status: 'under_maintenance' },
  ]);
});

test('scheduled-maintenances.json: newest start first, no draft, nothing cancelled', async () => {
  const { scheduled_maintenances } = await read('scheduled-maintenances.json');
  expect(idsOf(scheduled_maintenances)).toEqual([
    'mnt000000001',
    'mntoverrun01',
    'mntverifying',
    'mntcompleted',
    'mntpassed000',
  ]);
  const resolvedAt = (i: number) => scheduled_maintenances.at(i).resolved_at;
  expect(scheduled_maintenances.at(-2).status).toBe('completed');
  expect(resolvedAt(-2)).toBe(new Date(NOW - 9 * DAY + 65 * MINUTE).toISOString());
  // It passed unseen, and was found well.
  expect(resolvedAt(-1)).toBe(new Date(NOW - 10 * DAY).toISOString());
});

test('summary.json: only what is under way or to come, in the words of the API', async () => {
  const summary = await read('summary.json');
  expect(idsOf(summary.scheduled_maintenances)).toEqual([
    'mntverifying',
    'mntoverrun01',
    'mnt000000001',
  ]);
  expect(summary.page.updated_at).toEqual(ISO);
  expect(summary.status).toStrictEqual({
    indicator: 'maintenance',
    description: 'Service Under Maintenance',
  });
});
