import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { breakDownload, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { visit } from './browser.ts';
import { DESKTOP } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
  built: inject('web'),
  once: true,
});

const INCIDENT = '/zh-CN/incidents/abc123def456';
const NAVIGATION = [
  '.top nav',
  '.subscribe',
  '.skip',
  '.demo',
  '.way a',
  '.links',
  'relative-time',
];

/** What Poppler reads on the paper, without what it breaks lines by. */
async function paperOf(page: Page): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-paper-'));
  const path = join(folder, 'page.pdf');
  await page.pdf({ path, format: 'A4' });
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return text.replace(/\s+/g, '');
}

async function printed(path: string, look: (page: Page) => Promise<void>, dark = false) {
  const options = { ...DESKTOP, colorScheme: dark ? ('dark' as const) : ('light' as const) };
  await visit(browser.now, served.url + path, options, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    await look(page);
  });
}

test('P3: the bars are on the paper, which leaves out backgrounds otherwise', async () => {
  await printed('/zh-CN/', async (page) => {
    const adjusted = await page
      .locator('.component .bars i')
      .evaluateAll((bars) => bars.map((it) => getComputedStyle(it).printColorAdjust));
    expect(adjusted).toHaveLength(4 * 90);
    expect(new Set(adjusted)).toEqual(new Set(['exact']));
  });
});

test.each(['/zh-CN/', INCIDENT])(
  'P3: nothing of %s on paper is for a screen only',
  async (path) => {
    await printed(path, async (page) => {
      for (const selector of NAVIGATION)
        for (const it of await page.locator(selector).all())
          expect([selector, await it.isVisible()]).toEqual([selector, false]);
    });
  },
);

test('P3: the front page on paper is evidence: who, where, when, n and since', async () => {
  await printed('/zh-CN/', async (page) => {
    const paper = await paperOf(page);
    expect(paper).toContain('下载中断，其余正常');
    expect(paper).toContain('非官方，由票况演示测量');
    expect(paper).toContain('https://status.example.invalid/zh-CN/');
    expect(paper).toContain('截至2026年11月21日14:32:04（中国标准时间）');
    expect(paper).toContain('没有写年份的日期都在2026年');
    expect(paper).toContain('14:32起可用100.00%（345,600次测量，成功100.00%）');
    expect(paper).not.toContain('订阅');
    expect(paper).not.toContain('演示数据');
  });
});

test('P3: an incident on paper has its evidence in full, its address and its instant', async () => {
  await printed(INCIDENT, async (page) => {
    const paper = await paperOf(page);
    expect(paper).toContain(`https://status.example.invalid${INCIDENT}`);
    expect(paper).toContain('截至2026年11月21日14:32:10（中国标准时间）·14:32:40前有效');
    expect(paper).toContain('非官方，由票况演示测量');
    expect(paper.match(/HTTP503/g)?.length).toBeGreaterThanOrEqual(6);
    expect(paper).not.toContain('返回总览');
  });
});

test('P3: paper is white on a dark screen too', async () => {
  await printed(
    '/zh-CN/',
    async (page) => {
      const colours = await page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.body);
        return [backgroundColor, color];
      });
      expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(28, 31, 35)']);
    },
    true,
  );
});

test('a screen shows none of it', async () => {
  await visit(browser.now, `${served.url}/zh-CN/`, DESKTOP, async ({ page }) => {
    for (const it of await page.locator('.on-paper').all())
      expect(await it.isVisible()).toBe(false);
  });
});
