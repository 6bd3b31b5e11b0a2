import { expect, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { breakDownload, NOW, seedHistory, until } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
});

const get = (path: string) => ask(page.url + path);

test('O6: the state of a component is there in each language, with its validity', async () => {
  const { status, headers, text } = await get('/embed/beijing.download.json');
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers['access-control-expose-headers']).toBe('Age, Date');
  expect(headers['cache-control']).toBe(
    'public, max-age=5, stale-while-revalidate=25, stale-if-error=25',
  );
  expect(JSON.parse(text)).toEqual({
    id: 'beijing.download',
    state: 'major_outage',
    measured_at: '2026-11-21T06:32:04.000Z',
    valid_until: '2026-11-21T06:32:40.000Z',
    texts: [
      {
        lang: 'zh-CN',
        name: '北京电子发票（模拟） · 下载',
        state: '中断',
        who: '非官方，由票况演示测量',
      },
      {
        lang: 'en',
        name: 'Beijing e-invoices (simulated) · Download',
        state: 'Down',
        who: expect.stringContaining('Piaokuang demo'),
      },
      { lang: 'ja', name: expect.any(String), state: '停止', who: expect.any(String) },
    ],
  });
});

test('O6: a task is there by its id, with the words of the page', async () => {
  const { text } = await get('/embed/download.json');
  const { id, state, texts } = JSON.parse(text);
  expect([id, state, texts[0].name, texts[0].state]).toEqual([
    'download',
    'major_outage',
    '下载版式文件',
    '中断',
  ]);
});

test('O6: what is not valid any more is unknown, without a time', async () => {
  page.clock.set(NOW + 60 * SECOND);
  const read = async () => JSON.parse((await get('/embed/upload.json')).text);
  await until(async () => (await read()).state === 'unknown');
  expect(await read()).toMatchObject({ measured_at: null, valid_until: null });
});

test('O6: what does not exist is a 404 problem', async () => {
  for (const path of ['/embed/beijing.issue.json', '/embed/nothing.json', '/embed/x.js']) {
    const { status, headers } = await get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(headers['content-type']).toBe('application/problem+json');
    // The element says so, which it cannot know else.
    expect(headers['access-control-allow-origin']).toBe('*');
  }
});

test('O6: the script may run anywhere and is soon asked for again', async () => {
  const { headers } = await get('/embed.js');
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(headers.etag).toMatch(/^"/);
});
