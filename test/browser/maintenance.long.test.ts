import { describe, expect, inject, test } from 'vitest';
import { HOUR } from '../../model/time.ts';
import { matrix } from '../matrix.ts';
import {
  aCompletedMaintenance,
  aMaintenance,
  aMaintenanceUpdate,
  anOverrun,
  changeMaintenance,
  saveMaintenance,
  TOMORROW,
} from '../status-page/maintenances.ts';
import { NOW, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { contentWidth, DESKTOP, PHONE } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();

const ANNOUNCED = aMaintenance();

const served = usePage({
  async prepare(site) {
    await seedHistory(site);
    await saveMaintenance(site, ANNOUNCED);
    await saveMaintenance(site, anOverrun());
    await saveMaintenance(site, aCompletedMaintenance());
  },
  built: inject('web'),
  once: true,
});

const PATHS = [
  '/zh-CN/',
  '/en/',
  '/zh-CN/maintenances/mnt000000001',
  '/en/maintenances/mntoverrun01',
];

describe('maintenance can be read by everybody', () => {
  test.each(matrix(['light', 'dark'] as const))('axe finds nothing in %s', async (colorScheme) => {
    for (const path of PATHS) {
      await visit(browser.now, served.url + path, { ...DESKTOP, colorScheme }, async ({ page }) => {
        expect([path, await violations(page)]).toEqual([path, []]);
      });
    }
  });

  test.each(matrix([320, 360, 1280]))('nothing is wider than a screen of %i px', async (width) => {
    for (const path of PATHS) {
      await visit(
        browser.now,
        served.url + path,
        { viewport: { width, height: 780 } },
        async (it) => {
          expect([path, await contentWidth(it.page)]).toEqual([path, width]);
        },
      );
    }
  });

  test('with scripts off: from the front page to the text for a chat, and no button', async () => {
    const options = { ...PHONE, javaScriptEnabled: false };
    await visit(browser.now, `${served.url}/zh-CN/`, options, async ({ page }) => {
      await page.locator('#near-maintenances a', { hasText: '数据库升级' }).last().click();
      expect(page.url()).toBe(`${served.url}/zh-CN/maintenances/mnt000000001`);
      expect(await page.locator('#share-text').innerText()).toMatch(
        /^【计划维护】数据库升级\n升级数据库。\n期间查询和下载会中断。\n影响范围：/,
      );
      await page.locator('svg.qr').waitFor();
      expect(await page.locator('button.copy').isVisible()).toBe(false);
    });
  });
});

describe('with scripts on', () => {
  test('a button copies the text', async () => {
    const options = { ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] };
    const url = `${served.url}/en/maintenances/mnt000000001`;
    await visit(browser.now, url, options, async ({ page }) => {
      await page.getByRole('button', { name: 'Copy text' }).click();
      await expect.poll(() => page.getByRole('button', { name: 'Copied' }).count()).toBe(1);
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(await page.locator('#share-text').innerText());
    });
  });

  test('a button copies the text where there is no clipboard to write to', async () => {
    const context = await browser.now.newContext({
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(`${served.url}/en/`);
    await page.addInitScript(() => {
      const { clipboard } = navigator;
      Object.assign(window, { clipboard });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.goto(`${served.url}/en/maintenances/mnt000000001`);
    await page.getByRole('button', { name: 'Copy text' }).click();
    const read = () =>
      page.evaluate(() => (window as unknown as { clipboard: Clipboard }).clipboard.readText());
    await expect.poll(read).toContain('[Planned maintenance] Database upgrade\n');
    await context.close();
  });

  test('a change appears by itself, above the systems, at its system and functions', async () => {
    await visit(browser.now, `${served.url}/zh-CN/`, DESKTOP, async ({ page }) => {
      const query = page.locator('[id="beijing.query"] .component-maintenance');
      expect(await query.innerText()).toBe('计划维护：11月22日周日 22:00 – 23:30');
      await changeMaintenance(
        served.site,
        ANNOUNCED,
        {
          revision: 2,
          announced_from: TOMORROW + HOUR,
          announced_until: TOMORROW + 1.5 * HOUR,
          published_at: NOW,
        },
        aMaintenanceUpdate({ id: 'mup000000002', code: 'revised', created_at: NOW }),
      );
      const moved = '11月22日周日 23:00 – 23:30';
      await expect.poll(() => query.innerText()).toBe(`计划维护：${moved}`);
      await expect.poll(() => page.locator('#near-maintenances').innerText()).toContain(moved);
      expect(await page.locator('#beijing-maintenances li').count()).toBe(1);
    });
  });
});
