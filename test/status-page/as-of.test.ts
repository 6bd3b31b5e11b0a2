import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import { breakDownload, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
  },
});

const INCIDENT = '/zh-CN/incidents/abc123def456';
const ARTICLES = [INCIDENT, '/zh-CN/incidents/old000000001', '/zh-CN/maintenances/mnt000000001'];

async function read(path: string) {
  const { text } = await ask(page.url + path);
  const plain = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  return { text, plain, version: /<main[^>]* data-version="([^"]+)"/.exec(text)?.[1] };
}

test.each(ARTICLES)(
  'P2: %s says as of when, until when that is valid, and follows',
  async (path) => {
    const { text, plain, version } = await read(path);
    // 14:32:10 in China, and half a minute later.
    expect(plain).toContain('截至 2026年11月21日 14:32:10（中国标准时间） · 14:32:40 前有效');
    expect(text).toContain('<script type="module" src="/assets/page-0.js">');
    expect(text).toContain('<stale-banner role="status">');
    expect(plain).toMatch(/这页打开已超过 2 分钟?，没有再更新/);
    const front = (await ask(`${page.url}/zh-CN/`)).text;
    expect(front).toContain(`id="open-incidents" data-version="${version}"`);
  },
);

test('P2: the front page says it with the day, and that it was left open', async () => {
  const { plain } = await read('/zh-CN/');
  expect(plain).toContain('11月21日 14:32:04 测量');
  expect(plain).toContain('14:32:40 前有效');
  expect(plain).toContain('截至 2026年11月21日 14:32:04（中国标准时间）');
  expect(plain).toMatch(/这页打开已超过 2 分钟?，没有再更新/);
});

test('P2: once nothing is known any more an incident is as of then, and not valid', async () => {
  expect((await read(INCIDENT)).plain).toContain('下载中断');
  page.clock.set(NOW + MINUTE);
  await expect.poll(async () => (await read(INCIDENT)).plain).toContain('情况不明');
  const { plain } = await read(INCIDENT);
  expect(plain).toContain('截至 2026年11月21日 14:33:10（中国标准时间） ');
  expect(plain).not.toContain('前有效');
});

test('P2: own trouble is a change that an open page of an incident hears of', async () => {
  const { version } = await read(INCIDENT);
  await page.site.store.record({
    own_troubles: [{ kind: 'disk', line: null, since: NOW - 9 * SECOND, until: null, detail: '' }],
    changes: [{ kind: 'own_trouble', ref: 'disk', at: NOW }],
  });
  await expect.poll(async () => (await read(INCIDENT)).plain).toContain('我们的磁盘有故障');
  expect((await read(INCIDENT)).version).not.toBe(version);
});
