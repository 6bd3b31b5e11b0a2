import { expect, test } from 'vitest';
import type { Note } from '../../model/component.ts';
import { HOUR, SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { aStatus, aSyncStatus, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const failing = (detail: string): Note[] => [
  { code: 'checks_failing', checks: [], reason: 'http_status', detail },
];
const stalled: Note = { code: 'stalled', waiting: 21, oldest_accepted_at: NOW - HOUR };

const page = usePage({
  async prepare(site) {
    await seedHistory(site);
    await site.store.record({
      components: [
        aSyncStatus('major_outage', { notes: [stalled] }),
        aStatus('pinduoduo.upload', 'partial_outage', { notes: failing('HTTP 500') }),
        aStatus('beijing.query', 'partial_outage', { notes: failing('HTTP 502') }),
        aStatus('beijing.download', 'degraded_performance', {
          notes: [{ code: 'degraded', checks: [], reason: null, detail: null }],
          valid_until: NOW + 30 * SECOND,
        }),
      ],
    });
  },
  once: true,
});

async function part(pattern: RegExp): Promise<string> {
  const { text } = await ask(`${page.url}/zh-CN/`);
  return pattern.exec(text)?.[0] ?? '';
}

test('P1: troubles that are cut are counted, and unfold without scripts', async () => {
  const seen = await part(/<ul class="troubles">.*?<\/ul>/s);
  expect(seen.match(/<li>/g)).toHaveLength(3);
  const more = await part(/<details class="more">.*?<\/details>/s);
  expect(more).toContain('<summary>还有 1 项</summary>');
  expect(more).toContain('href="#beijing.download"');
  expect(more.match(/<li>/g)).toHaveLength(1);
});

test('verdict and tasks say what ails each, not only its state', async () => {
  const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(text(await part(/<h1>.*?<\/h1>/s)).replaceAll(' ', '')).toBe(
    '同步停滞，上传、查询部分中断，下载受限',
  );
  const tasks = text(await part(/<ul class="tasks">.*?<\/ul>/s));
  expect(tasks).toContain('等发票同步 停滞');
  expect(tasks).toContain('下载版式文件 受限');
  const advice = text(await part(/<ul class="advice">.*?<\/ul>/s));
  expect(advice).toContain('同步：新开的发票还没有到');
  expect(advice).toContain('上传、查询：可能会失败');
  expect(advice).toContain('下载：勉强可用');
});
