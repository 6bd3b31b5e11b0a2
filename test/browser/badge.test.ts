import { describe, expect, inject, test } from 'vitest';
import { textWidthEm } from '../../status-page/public/text-width.ts';
import { badge } from '../../status-page/public/views/badge.ts';
import { breakDownload, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { visit } from './browser.ts';
import { startHostSite } from './host-site.ts';
import { DESKTOP } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
  built: inject('web'),
});

describe('O6: a badge in a browser', () => {
  test.each([
    ['light', 'rgb(179, 38, 30)', 'rgb(252, 236, 234)'],
    ['dark', 'rgb(255, 143, 133)', 'rgb(46, 28, 27)'],
  ] as const)('has its colours in %s under its own policy', async (scheme, word, behind) => {
    const options = { ...DESKTOP, colorScheme: scheme };
    const address = `${served.url}/badge/beijing.download.svg`;
    await visit(browser.now, address, options, async ({ page }) => {
      const fillOf = (selector: string) =>
        page.locator(selector).evaluate((it) => getComputedStyle(it).fill);
      expect(await fillOf('.word')).toBe(word);
      expect(await fillOf('.behind')).toBe(behind);
    });
  });

  test('is an image of a page of another origin, with its own size', async () => {
    const host = await startHostSite(`<img alt="" src="${served.url}/badge/beijing.download.svg">`);
    await visit(browser.now, host.url, DESKTOP, async ({ page }) => {
      const size = () =>
        page.locator('img').evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight]);
      await expect.poll(size).toEqual([expect.any(Number), 28]);
      expect((await size())[0]).toBeGreaterThan(150);
    });
    await host.close();
  });

  test.each([
    '北京电子发票（模拟） · 下载',
    '未知：被限流',
    'Beijing e-invoices (simulated) · Download',
    'Down (possibly our own line)',
    '全国统一的查验平台・アクセス',
    'WWW iii 0123456789 MMM',
  ])('"%s" takes about the width that was reckoned', async (text) => {
    const parts = { locale: 'zh-CN', name: text, state: 'operational', word: '', who: '' } as const;
    await visit(browser.now, 'about:blank', DESKTOP, async ({ page }) => {
      await page.setContent(badge(parts));
      const drawn = await page.locator('.name').evaluate((it) => {
        it.removeAttribute('textLength');
        return (it as unknown as { getComputedTextLength(): number }).getComputedTextLength();
      });
      const reckoned = textWidthEm(text) * 13;
      expect(reckoned / drawn).toBeGreaterThan(0.88);
      expect(reckoned / drawn).toBeLessThan(1.14);
    });
  });
});
