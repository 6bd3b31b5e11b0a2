import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import {
  aMaintenance,
  aMaintenanceUpdate,
  changeMaintenance,
  saveMaintenance,
  TOMORROW,
} from './maintenances.ts';
import { ask } from './request.ts';
import {
  breakDownload,
  fakeClock,
  NOW,
  openSite,
  type RunningPage,
  type Site,
  seedHistory,
  startPage,
  until,
} from './site.ts';

const ORIGIN = 'https://status.example.invalid';
let site: Site;
let page: RunningPage;

beforeEach(async () => {
  site = await openSite();
  await seedHistory(site);
});
afterEach(async () => {
  await page.stop();
  await site.close();
});

const start = async () => {
  page = await startPage({ site, clock: fakeClock() });
};
const get = (path: string, headers: Record<string, string> = {}) =>
  ask(`${page.url}${path}`, { headers });

async function atom(path = '/history.atom') {
  const feed = parseAtomFeed((await get(path)).text);
  return { ...feed, entries: feed.entries ?? [] };
}

async function rss(path = '/history.rss') {
  const feed = parseRssFeed((await get(path)).text);
  return { ...feed, items: feed.items ?? [] };
}

async function calendar(path = '/maintenance.ics') {
  const { text } = await get(path);
  const whole = new ICAL.Component(ICAL.parse(text));
  return { whole, events: whole.getAllSubcomponents('vevent').map((it) => new ICAL.Event(it)) };
}

describe('the feeds', () => {
  test('tell incidents and maintenance, the newest first, to an independent parser', async () => {
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    await start();
    const feed = await atom();
    expect(feed).toMatchObject({
      id: 'tag:status.example.invalid,2026:history',
      title: { value: '电子发票系统状态：事件与维护' },
      authors: [{ name: '票况演示' }],
    });
    expect(feed.links).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rel: 'self', href: `${ORIGIN}/zh-CN/history.atom` }),
        expect.objectContaining({ rel: 'alternate', href: `${ORIGIN}/zh-CN/` }),
      ]),
    );
    expect(feed.entries).toMatchObject([
      {
        id: 'tag:status.example.invalid,2026:incidents/abc123def456',
        title: { value: '北京电子发票（模拟）：下载中断' },
        links: [{ href: `${ORIGIN}/zh-CN/incidents/abc123def456` }],
        published: new Date(NOW - 50 * MINUTE + 10_000).toISOString(),
      },
      {
        id: 'tag:status.example.invalid,2026:maintenances/mnt000000001',
        title: { value: '【计划维护】数据库升级' },
        links: [{ href: `${ORIGIN}/zh-CN/maintenances/mnt000000001` }],
        published: new Date(NOW - 2 * DAY).toISOString(),
        updated: new Date(NOW - 2 * DAY).toISOString(),
      },
      { id: 'tag:status.example.invalid,2026:incidents/old000000001' },
    ]);
    expect(feed.updated).toBe(feed.entries[0]?.updated);
    expect(feed.entries[1]?.content?.value).toContain(
      '<strong>时间</strong> 2026年11月22日周日 22:00 – 23:30（中国标准时间）',
    );
    // Newest first.
    expect(feed.entries[2]?.content?.value).toMatch(/已解决.*已恢复，观察中.*持续中/);
  });

  test('W13: have the year in every date, of this year too', async () => {
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    await start();
    for (const file of ['history.atom', 'history.rss']) {
      const { text } = await get(`/${file}`);
      expect(text.match(/2026年11月21日 /g)?.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/(?<![年\d])\d{1,2}月\d{1,2}日/);
    }
  });

  test('say that a recovery had been expected once its time has passed', async () => {
    const clock = fakeClock();
    const maintenance = aMaintenance();
    await saveMaintenance(site, maintenance);
    page = await startPage({ site, clock });
    const told = async () => (await atom('/en/history.atom')).entries[0]?.content?.value;
    expect(await told()).toContain('Expected to work again');
    clock.set(maintenance.expected_recovery_at);
    await site.store.record({ changes: [{ kind: 'state', ref: 'x', at: NOW }] });
    await until(async () => (await told())?.includes('Had been expected to work again') === true);
  });

  test('say the same in RSS', async () => {
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    await start();
    const [feed, { entries }] = [await rss(), await atom()];
    expect(feed).toMatchObject({
      title: '电子发票系统状态：事件与维护',
      link: `${ORIGIN}/zh-CN/`,
      description: '非官方，由票况演示测量',
      language: 'zh-CN',
    });
    expect(feed.items.map((it) => [it.guid?.value, it.title, it.link, it.description])).toEqual(
      entries.map((it) => [it.id, it.title?.value, it.links?.[0]?.href, it.content?.value]),
    );
    expect(feed.items.map((it) => Date.parse(it.pubDate ?? ''))).toEqual(
      // RSS tells whole seconds.
      entries.map((it) => Math.floor(Date.parse(it.published ?? '') / 1_000) * 1_000),
    );
  });

  test('say the same as JSON Feed 1.1, with titles as plain text', async () => {
    await breakDownload(site);
    const title = { 'zh-CN': '“A & B”', en: 'A & B' };
    const { texts } = aMaintenance();
    await saveMaintenance(site, aMaintenance({ texts: { ...texts, title } }));
    await start();
    const { text } = await get('/en/history.json');
    const [feed, { entries }] = [parseJsonFeed(text), await atom('/en/history.atom')];
    expect(feed).toMatchObject({
      title: 'E-invoice system status: incidents and maintenance',
      home_page_url: `${ORIGIN}/en/`,
      feed_url: `${ORIGIN}/en/history.json`,
      language: 'en',
      authors: [{ name: 'Piaokuang demo' }],
    });
    expect(JSON.parse(text).version).toBe('https://jsonfeed.org/version/1.1');
    const told = feed.items?.map((it) => [it.id, it.url, it.content_html, it.date_modified]);
    expect(told).toEqual(
      entries.map((it) => [it.id, it.links?.[0]?.href, it.content?.value, it.updated]),
    );
    expect(feed.items?.[1]?.title).toBe('[Planned maintenance] A & B');
  });

  test('speak the language of their address, Chinese at the root', async () => {
    await saveMaintenance(site, aMaintenance());
    await start();
    expect((await atom('/en/history.atom')).entries[0]?.title?.value).toBe(
      '[Planned maintenance] Database upgrade',
    );
    expect((await get('/en/history.atom')).text).toContain('<feed xml:lang="en"');
    expect((await atom('/ja/history.atom')).entries[0]?.title?.value).toBe(
      '【メンテナンス予定】数据库升级〔中文〕',
    );
    expect((await get('/ja/history.atom')).text).toContain('<feed xml:lang="ja"');
    expect((await get('/ja/history.rss')).text).toContain('<language>ja</language>');
    const [event] = (await calendar('/ja/maintenance.ics')).events;
    expect(event?.summary).toContain('数据库升级〔中文〕');
    expect(event?.description).toContain('影響範囲：');
    for (const file of ['history.atom', 'history.rss', 'history.json', 'maintenance.ics']) {
      expect((await get(`/${file}`)).text).toBe((await get(`/zh-CN/${file}`)).text);
    }
  });

  test('keep markup in a person’s words as text, and leave out what XML forbids', async () => {
    const hostile = '<script>alert(1)</script> ]]> & "x" \u0001\uFFFE';
    const text = { 'zh-CN': hostile, en: hostile };
    await saveMaintenance(
      site,
      aMaintenance({
        texts: { title: text, description: text, stays_open: text, workaround: text },
      }),
      [aMaintenanceUpdate({ text })],
    );
    await start();
    const shown = '&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; &quot;x&quot; ';
    const [entry] = (await atom()).entries;
    expect(entry?.title?.value).toBe(`【计划维护】${shown}`.trim());
    expect(entry?.content?.value?.split(shown.trim())).toHaveLength(5);
    expect(entry?.content?.value).not.toContain('<script');
    const [item] = (await rss()).items;
    expect(item?.description).toBe(entry?.content?.value);
    const [event] = (await calendar()).events;
    expect(event?.summary).toContain('<script>alert(1)</script> ]]> & "x"');
  });

  test('are well-formed when there is nothing to tell', async () => {
    await site.close();
    site = await openSite();
    await start();
    expect((await atom()).entries).toEqual([]);
    expect((await rss()).items).toEqual([]);
    expect((await calendar()).events).toEqual([]);
  });

  test('are served like every document', async () => {
    await start();
    for (const [file, type] of [
      ['history.atom', 'application/atom+xml; charset=utf-8'],
      ['history.rss', 'application/rss+xml; charset=utf-8'],
      ['history.json', 'application/feed+json; charset=utf-8'],
      ['maintenance.ics', 'text/calendar; charset=utf-8'],
    ]) {
      const { headers, status } = await get(`/${file}`, { 'accept-encoding': 'br' });
      expect([status, headers['content-type'], headers['content-encoding']]).toEqual([
        200,
        type,
        'br',
      ]);
      expect(headers['cache-control']).toContain('max-age=0, s-maxage=1');
      const again = await get(`/${file}`, {
        'accept-encoding': 'br',
        'if-none-match': headers.etag ?? '',
      });
      expect(again.status).toBe(304);
      expect((await ask(`${page.url}/${file}`, { method: 'POST' })).status).toBe(405);
    }
    expect(await page.metrics()).toContain('route="feed",status="304"');
    const { text } = await get('/en/');
    for (const file of ['history.atom', 'history.rss', 'history.json', 'maintenance.ics']) {
      expect(text).toMatch(
        new RegExp(`<link rel="alternate" type="[^"]+" href="${ORIGIN}/en/${file}">`),
      );
      expect(text).toContain(`<a href="/en/${file}"`);
    }
  });
});

describe('the calendar', () => {
  test('holds the announced times, for an independent parser', async () => {
    await saveMaintenance(site, aMaintenance());
    await saveMaintenance(
      site,
      aMaintenance({ id: 'mntdraft0000', status: 'draft', published_at: null }),
      [],
    );
    await start();
    const { whole, events } = await calendar();
    expect(whole.getFirstPropertyValue('version')).toBe('2.0');
    expect(whole.getFirstPropertyValue('prodid')).toBe('-//Piaokuang//maintenance//ZH-CN');
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event?.uid).toBe('mnt000000001@status.example.invalid');
    expect(event?.startDate.toJSDate().getTime()).toBe(TOMORROW);
    expect(event?.endDate.toJSDate().getTime()).toBe(TOMORROW + 90 * MINUTE);
    expect(event?.summary).toBe('数据库升级（北京电子发票（模拟）：查询、下载）');
    expect(event?.description.split('\n')).toEqual([
      '计划维护',
      '升级数据库。',
      '期间查询和下载会中断。',
      '影响范围：北京电子发票（模拟）：查询、下载',
      '时间：2026年11月22日周日 22:00 – 23:30（中国标准时间）',
      '预计恢复：2026年11月23日周一 00:00',
      '维护期间仍可使用：上传照常。',
      '替代办法：请提前下载。',
      `${ORIGIN}/zh-CN/maintenances/mnt000000001`,
    ]);
    expect(event?.component.getFirstPropertyValue('url')).toBe(
      `${ORIGIN}/zh-CN/maintenances/mnt000000001`,
    );
    expect(event?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(event?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe(
      '2026-11-19T06:32:10Z',
    );
  });

  test('keeps every event by its name through revisions and cancelling', async () => {
    let maintenance = aMaintenance();
    await saveMaintenance(site, maintenance);
    await start();
    const seen = async () => {
      const [event] = (await calendar()).events;
      const from = (event?.startDate.toJSDate().getTime() ?? 0) - TOMORROW;
      const status = event?.component.getFirstPropertyValue('status');
      return [event?.uid, event?.sequence, from, status];
    };
    const uid = 'mnt000000001@status.example.invalid';
    expect(await seen()).toEqual([uid, 1, 0, 'CONFIRMED']);
    maintenance = await changeMaintenance(
      site,
      maintenance,
      {
        announced_from: TOMORROW + HOUR,
        announced_until: TOMORROW + 2 * HOUR,
        revision: 2,
        published_at: NOW,
      },
      aMaintenanceUpdate({ id: 'mup000000002', code: 'revised', created_at: NOW }),
    );
    await until(async () => (await get('/maintenance.ics')).text.includes('SEQUENCE:2'));
    expect(await seen()).toEqual([uid, 2, HOUR, 'CONFIRMED']);
    await changeMaintenance(
      site,
      maintenance,
      { status: 'cancelled' },
      aMaintenanceUpdate({
        id: 'mup000000003',
        code: 'cancelled',
        status: 'cancelled',
        created_at: NOW + 1_000,
      }),
    );
    await until(async () => (await get('/maintenance.ics')).text.includes('CANCELLED'));
    expect(await seen()).toEqual([uid, 3, HOUR, 'CANCELLED']);
    const [entry] = (await atom()).entries;
    expect(entry?.title?.value).toBe('【已取消】数据库升级');
  });

  test('folds long lines at 75 bytes without breaking a character', async () => {
    await saveMaintenance(site, aMaintenance());
    await start();
    const { text } = await get('/maintenance.ics');
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('END:VCALENDAR');
    expect(Math.max(...lines.map((it) => Buffer.byteLength(it)))).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\uFFFD');
  });
});
