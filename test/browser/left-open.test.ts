import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { aMaintenance, saveMaintenance } from '../status-page/maintenances.ts';
import { anIncident, aStatus, breakDownload, NOW, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { visit } from './browser.ts';
import { DESKTOP, PHONE } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
  },
  built: inject('web'),
});

const INCIDENT = '/zh-CN/incidents/abc123def456';
const MAINTENANCE = '/zh-CN/maintenances/mnt000000001';

const textOf = (page: Page, selector: string) => page.locator(selector).first().innerText();

/** The connection, without which nothing follows. */
async function open(page: Page, path: string): Promise<void> {
  const following = page.waitForRequest(/\/live\?/);
  await page.goto(served.url + path);
  await following;
}

describe('P2: a page left open', () => {
  test.each([INCIDENT, MAINTENANCE])(
    '%s says that it may be out of date when its server dies',
    async (path) => {
      const context = await browser.now.newContext(DESKTOP);
      const page = await context.newPage();
      await open(page, path);
      expect(await page.locator('stale-banner').isVisible()).toBe(false);
      await served.stop();
      await expect
        .poll(() => textOf(page, 'stale-banner'), { timeout: 60_000 })
        .toContain('和服务器的连接断开了');
      expect(await page.locator('body').getAttribute('class')).toBe('stale');
      await context.close();
    },
  );

  test('an incident says that nothing is known when its time has passed', async () => {
    await visit(browser.now, 'about:blank', DESKTOP, async ({ page }) => {
      await page.clock.install();
      await open(page, INCIDENT);
      await expect.poll(() => textOf(page, '.told-at')).toContain('14:32:40 前有效');
      await page.clock.fastForward(MINUTE);
      await expect.poll(() => textOf(page, 'stale-banner')).toContain('现在的状态未知');
    });
  });

  test('an incident follows what is published, and its title too', async () => {
    await visit(browser.now, 'about:blank', DESKTOP, async ({ page }) => {
      await open(page, INCIDENT);
      expect(await textOf(page, 'h1')).toContain('下载中断');
      await served.site.store.record({
        components: [aStatus('beijing.download', 'operational', { since: NOW })],
        incidents: [anIncident({ status: 'monitoring', monitoring_at: NOW })],
        changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
      });
      await expect.poll(() => textOf(page, '.facts')).toContain('已恢复，观察中');
      await expect.poll(() => page.title()).toContain('下载曾中断');
    });
  });

  test('an article that cannot be had anew says so, until it can', async () => {
    // Whose console may complain.
    const context = await browser.now.newContext(DESKTOP);
    const page = await context.newPage();
    await open(page, INCIDENT);
    await page.route(`**${INCIDENT}`, (route) => route.fulfill({ status: 503 }));
    await served.site.store.record({
      components: [aStatus('beijing.download', 'operational', { since: NOW })],
      incidents: [anIncident({ status: 'monitoring', monitoring_at: NOW })],
      changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
    });
    await expect.poll(() => textOf(page, 'stale-banner')).toContain('没能从服务器取到最新的内容');
    await page.unroute(`**${INCIDENT}`);
    await expect.poll(() => page.locator('stale-banner').isVisible()).toBe(false);
    expect(await textOf(page, '.facts')).toContain('已恢复，观察中');
    await context.close();
  });

  test.each(['/zh-CN/', INCIDENT])('%s without scripts says so after two minutes', async (path) => {
    const options = { ...PHONE, javaScriptEnabled: false };
    await visit(browser.now, served.url + path, options, async ({ page }) => {
      const notice = page.locator('.left-open');
      expect((await notice.boundingBox())?.height).toBe(0);
      const goTo = (ms: number) =>
        notice.evaluate((it, at) => {
          for (const animation of it.getAnimations()) {
            animation.pause();
            animation.currentTime = at;
          }
        }, ms);
      await goTo(2 * MINUTE - 100);
      expect(await notice.evaluate((it) => getComputedStyle(it).visibility)).toBe('hidden');
      await goTo(2 * MINUTE + 100);
      expect(await notice.isVisible()).toBe(true);
      expect(await notice.innerText()).toContain('现在的状态请重新打开再看');
    });
  });

  test('with scripts that notice is not there', async () => {
    await visit(browser.now, served.url + INCIDENT, PHONE, async ({ page }) => {
      const display = page.locator('.left-open').evaluate((it) => getComputedStyle(it).display);
      expect(await display).toBe('none');
    });
  });
});
