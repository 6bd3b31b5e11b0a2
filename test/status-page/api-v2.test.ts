import { expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { ask } from './request.ts';
import { anUpdate, aSyncStatus, breakDownload, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  once: true,
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await site.store.record({
      components: [aSyncStatus('unknown', { since: NOW - MINUTE, notes: [] })],
      updates: [
        anUpdate({
          id: 'upd000000002',
          code: 'text',
          text: '正在联系对方。',
          affected: [],
          created_at: NOW,
        }),
      ],
      changes: [{ kind: 'state', ref: 'beijing.sync', at: NOW }],
    });
  },
});

async function read(name: string) {
  const answer = await ask(`${page.url}/api/v2/${name}`);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['access-control-allow-origin']).toBe('*');
  return JSON.parse(answer.text);
}

const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const PAGE = {
  id: expect.stringMatching(/^[0-9a-f]{12}$/),
  name: '电子发票系统状态',
  url: 'https://status.example.invalid',
  time_zone: 'Asia/Shanghai',
  updated_at: ISO,
};
const COMPONENT = {
  created_at: ISO,
  updated_at: ISO,
  description: null,
  showcase: false,
  start_date: null,
  page_id: PAGE.id,
  only_show_if_degraded: false,
};
const DOWNLOAD = {
  ...COMPONENT,
  id: 'beijing.download',
  name: '北京电子发票（模拟） · 下载',
  status: 'major_outage',
  position: 3,
  group_id: 'beijing',
  group: false,
  description: 'PDF、OFD、XML 连续失败：对方报错（HTTP 503）。',
};

test('status.json', async () => {
  expect(await read('status.json')).toStrictEqual({
    page: PAGE,
    status: { indicator: 'critical', description: 'Major Service Outage' },
  });
});

test('components.json: groups are rows before their members, unknown is degraded', async () => {
  const { page: about, components } = await read('components.json');
  expect(about).toStrictEqual(PAGE);
  expect(components).toStrictEqual([
    {
      ...COMPONENT,
      id: 'pinduoduo',
      name: '拼多多发票（模拟）',
      status: 'operational',
      position: 1,
      group_id: null,
      group: true,
      components: ['pinduoduo.upload'],
    },
    {
      ...COMPONENT,
      id: 'pinduoduo.upload',
      name: '拼多多发票（模拟） · 上传',
      status: 'operational',
      position: 1,
      group_id: 'pinduoduo',
      group: false,
    },
    {
      ...COMPONENT,
      id: 'beijing',
      name: '北京电子发票（模拟）',
      status: 'major_outage',
      position: 2,
      group_id: null,
      group: true,
      components: ['beijing.query', 'beijing.sync', 'beijing.download'],
    },
    {
      ...COMPONENT,
      id: 'beijing.query',
      name: '北京电子发票（模拟） · 查询',
      status: 'operational',
      position: 1,
      group_id: 'beijing',
      group: false,
    },
    {
      ...COMPONENT,
      id: 'beijing.sync',
      description: '未知',
      name: '北京电子发票（模拟） · 同步',
      status: 'degraded_performance',
      position: 2,
      group_id: 'beijing',
      group: false,
    },
    DOWNLOAD,
  ]);
});

const OPEN_INCIDENT = {
  id: 'abc123def456',
  name: '北京电子发票（模拟）：下载中断',
  status: 'investigating',
  created_at: ISO,
  updated_at: ISO,
  monitoring_at: null,
  resolved_at: null,
  impact: 'critical',
  shortlink: 'https://status.example.invalid/zh-CN/incidents/abc123def456',
  started_at: new Date(NOW - 50 * MINUTE).toISOString(),
  page_id: PAGE.id,
  incident_updates: [
    {
      id: 'upd000000002',
      status: 'investigating',
      body: '正在联系对方。',
      incident_id: 'abc123def456',
      created_at: ISO,
      updated_at: ISO,
      display_at: ISO,
      affected_components: null,
      deliver_notifications: true,
      custom_tweet: null,
      tweet_id: null,
    },
    {
      id: 'upd000000001',
      status: 'investigating',
      body: '下载：正常 → 中断。我们在继续测量，有变化会写在这里。',
      incident_id: 'abc123def456',
      created_at: ISO,
      updated_at: ISO,
      display_at: ISO,
      affected_components: [
        {
          code: 'beijing.download',
          name: '北京电子发票（模拟） · 下载',
          old_status: 'operational',
          new_status: 'major_outage',
        },
      ],
      deliver_notifications: true,
      custom_tweet: null,
      tweet_id: null,
    },
  ],
  components: [DOWNLOAD],
  reminder_intervals: null,
};

test('incidents/unresolved.json: updates newest first, components in full', async () => {
  expect(await read('incidents/unresolved.json')).toStrictEqual({
    page: PAGE,
    incidents: [OPEN_INCIDENT],
  });
});

test('incidents.json: resolved ones too, newest first', async () => {
  const { incidents } = await read('incidents.json');
  expect(incidents.map((it: { id: string }) => it.id)).toEqual(['abc123def456', 'old000000001']);
  expect(incidents[1]).toMatchObject({ status: 'resolved', monitoring_at: ISO, resolved_at: ISO });
});

test('summary.json holds what the others hold, and only open incidents', async () => {
  const summary = await read('summary.json');
  expect(summary).toStrictEqual({
    ...(await read('components.json')),
    ...(await read('incidents/unresolved.json')),
    scheduled_maintenances: [],
    ...(await read('status.json')),
  });
});

const asks = (path: string, method: string) =>
  ask(page.url + path, {
    method,
    headers: { origin: 'https://other.example', 'access-control-request-method': 'GET' },
  });

test.each([
  '/api/v2/summary.json',
  '/api/v1/history',
  '/api/v1/own-troubles',
  '/api/v1/stages',
  '/api/openapi.json',
  '/history.atom',
])('a browser of another origin may ask %s first', async (path) => {
  const answer = await asks(path, 'OPTIONS');
  expect(answer.status).toBe(204);
  expect(answer.headers['access-control-allow-origin']).toBe('*');
  expect(answer.headers['access-control-allow-methods']).toBe('GET, HEAD');
});

test.each([
  ['GET', '/api/v1/history?component=none', 422],
  ['DELETE', '/api/v1/history', 405],
  ['GET', '/badge/none.svg', 404],
  ['POST', '/api/v2/summary.json', 405],
])('and reads why it is refused: %s %s', async (method, path, status) => {
  const answer = await asks(path, method);
  expect(answer.status).toBe(status);
  expect(answer.headers['access-control-allow-origin']).toBe('*');
});

test.each([
  ['/api/v1/maintenances', 401],
  ['/api/v2/subscribers.json', 405],
])('what is not for it stays closed: %s', async (path, status) => {
  const answer = await asks(path, 'GET');
  expect(answer.status).toBe(status);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});
