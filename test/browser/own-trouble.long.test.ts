import { describe, expect, inject, test } from 'vitest';
import type { Store } from '../../store/store.ts';
import { NOW, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { contentWidth, DESKTOP, NARROW, PHONE, unfold } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({ prepare: seedHistory, built: inject('web') });

async function runOutOfDisk(store: Store): Promise<void> {
  await store.record({
    own_troubles: [{ kind: 'disk', line: null, since: NOW, until: null, detail: 'SQLITE_FULL' }],
    gaps: [{ from: NOW - 60_000, to: NOW - 30_000, cause: 'disk' }],
    changes: [{ kind: 'own_trouble', ref: 'disk', at: NOW }],
  });
}

async function told(): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${served.url}/zh-CN/`)).text())
    .toContain('我们的磁盘有故障');
}

describe('D4: trouble of our own', () => {
  test('appears by itself, and goes', async () => {
    await visit(browser.now, `${served.url}/zh-CN/`, DESKTOP, async ({ page }) => {
      expect(await page.locator('.own').count()).toBe(0);
      await runOutOfDisk(served.site.store);
      await expect.poll(() => page.locator('.own').innerText()).toContain('我们的磁盘有故障');
      await expect.poll(() => page.locator('#gaps summary').innerText()).toContain('没有测量');
      await served.site.store.record({
        own_troubles: [
          { kind: 'disk', line: null, since: NOW, until: NOW + 1, detail: 'SQLITE_FULL' },
        ],
        changes: [{ kind: 'own_trouble', ref: 'disk', at: NOW }],
      });
      await expect.poll(() => page.locator('.own').count()).toBe(0);
    });
  });

  test('leaves the answer the first thing on a phone, without scripts', async () => {
    await runOutOfDisk(served.site.store);
    await told();
    const options = { ...PHONE, javaScriptEnabled: false };
    await visit(browser.now, `${served.url}/zh-CN/`, options, async ({ page }) => {
      const [verdict, own] = [
        await page.locator('h1').boundingBox(),
        await page.locator('.own').boundingBox(),
      ];
      expect(verdict?.y).toBeLessThan(own?.y ?? 0);
      expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThan(PHONE.viewport.height);
    });
  });

  test.each(['light', 'dark'] as const)('is readable by everybody, %s', async (colorScheme) => {
    await runOutOfDisk(served.site.store);
    await told();
    for (const path of ['/zh-CN/', '/en/'])
      await visit(browser.now, served.url + path, { ...NARROW, colorScheme }, async ({ page }) => {
        await unfold(page);
        expect(await violations(page)).toEqual([]);
        expect(await contentWidth(page)).toBe(NARROW.viewport.width);
      });
  });
});
