import { expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { ask } from './request.ts';
import { aStatus, NOW, seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const FROM = NOW - 20 * MINUTE;
const page = usePage({
  configuration: siteConfiguration(),
  async prepare(site) {
    await seedHistory(site);
    await site.store.record({
      components: ['pinduoduo.upload', 'beijing.query', 'beijing.download'].map((component) =>
        aStatus(component, 'unknown', {
          notes: [{ code: 'gap', from: FROM, cause: 'disk' }],
          measured_at: FROM,
          valid_until: FROM,
        }),
      ),
    });
  },
  once: true,
});

test('what is the same of several functions is said once at the top', async () => {
  const { text } = await ask(`${page.url}/zh-CN/`);
  const [list = ''] = /<ul class="troubles">.*?<\/ul>/s.exec(text) ?? [];
  expect(list.match(/<li>/g)).toHaveLength(1);
  expect(list.match(/<a href="#/g)).toHaveLength(3);
  expect(list.match(/停了一段时间/g)).toHaveLength(1);
  expect(list.replace(/<!--.*?-->|<[^>]+>/g, '')).toMatch(/ · 上传、.+ · 查询、.+ · 下载：/);
});
