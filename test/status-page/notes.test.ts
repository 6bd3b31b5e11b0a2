import { expect, test } from 'vitest';
import type { ComponentStatus, Note } from '../../model/component.ts';
import type { Check, Configuration } from '../../model/configuration.ts';
import type { ResultNote } from '../../model/vocabulary.ts';
import { ask } from './request.ts';
import { aStatus, NOW, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const noticed = (note: ResultNote, ...checks: string[]): Note => ({
  code: 'noticed',
  note,
  checks,
});

const STATUSES: ComponentStatus[] = [
  aStatus('pinduoduo.reach', 'operational', { notes: [noticed('answered_only', 'shop')] }),
  aStatus('beijing.reach', 'operational', { notes: [noticed('missing_intermediate', 'entry')] }),
  aStatus('beijing.download', 'degraded_performance', {
    notes: [
      { code: 'slow', checks: ['beijing-download-ofd'] },
      {
        code: 'files_checked',
        checked: 'bytes',
        reason: null,
        checks: ['beijing-download-ofd'],
      },
      {
        code: 'files_checked',
        checked: 'none',
        reason: 'encrypted',
        checks: ['beijing-download-pdf'],
      },
      noticed('repaired', 'beijing-download-pdf'),
    ],
  }),
  aStatus('beijing.query', 'operational', { notes: [{ code: 'learning' }] }),
];

const page = usePage({
  configuration: withEntries(siteConfiguration()),
  prepare: ({ store }) => store.record({ components: STATUSES, heartbeat_at: NOW }),
  once: true,
});

/** The site with an entry page of each system. */
function withEntries(site: Configuration): Configuration {
  const [first] = site.checks;
  const entry = (id: string, system: string): Check =>
    ({ ...first, id, system, function: 'reach' }) as Check;
  const used = site.checks.filter((it) => ['download', 'query'].includes(it.function));
  return {
    ...site,
    checks: [entry('shop', 'pinduoduo'), entry('entry', 'beijing'), ...used],
    tasks: [{ id: 'shop', name: { 'zh-CN': '进店', en: 'Shop' }, components: ['pinduoduo.reach'] }],
  };
}

/** The text of an element by its id, or the one that matches. */
async function textIn(path: string, part: RegExp): Promise<string> {
  const { text } = await ask(page.url + path);
  const found = part.exec(text)?.[0] ?? '';
  return found.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test('an entry on which nothing was recognised answers, and is not called normal', async () => {
  const row = await textIn(
    '/zh-CN/',
    /id="pinduoduo\.reach".*?<\/article>|id="pinduoduo\.reach".*/s,
  );
  expect(row).toContain('有应答（页面内容未核对）');
  expect(await textIn('/zh-CN/', /<ul class="tasks">.*?<\/ul>/s)).toContain('有应答');
  expect(await textIn('/zh-CN/', /<h1>.*?<\/h1>/s)).toContain('拼多多发票（模拟）的访问有应答');
});

test('what is odd stands in a quiet line, apart from why something is disturbed', async () => {
  const { text } = await ask(`${page.url}/zh-CN/`);
  expect(text).toMatch(
    /class="detail">[^<]*(<!--[^>]*-->)?证书链不完整，浏览器可用，程序可能不可用。/,
  );
  const download = await textIn('/zh-CN/', /<p class="note is-degraded-note">.*?<\/p>/s);
  expect(download).toContain('OFD');
  expect(download).not.toContain('修复');
  expect(text).toContain('PDF：文件有问题，阅读器仍能打开。');
  expect(text).toContain('OFD：文件内容未变。');
  expect(text).toContain('PDF：文件未能检查（文件已加密）。');
  expect(download).not.toContain('未变');
});

test('T10: while the usual delay is not known, that is said, no more', async () => {
  const row = await textIn('/zh-CN/', /id="beijing\.query".*?<\/live-component>/s);
  expect(row).toContain('查询 正常');
  expect(row).toContain('常态尚在学习，还不能说是不是比平时慢。');
});

test('the v2 API calls it operational', async () => {
  const { text } = await ask(`${page.url}/api/v2/components.json`);
  const { components } = JSON.parse(text) as { components: { name: string; status: string }[] };
  const reaches = components.filter((it) => it.status === 'operational');
  expect(reaches.length).toBeGreaterThanOrEqual(2);
});
