import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { subscriptionLinks } from '../../model/subscription-links.ts';
import { notifySettings } from '../channels/settings.ts';
import { matrix } from '../matrix.ts';
import { siteConfiguration } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { contentWidth, NARROW } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({
  configuration: {
    ...siteConfiguration(),
    notify: notifySettings({ from: 'status@example.invalid' }),
  },
  built: inject('web'),
  once: true,
});

const headingOf = (page: Page) => page.locator('h1').innerText();

/** The links in the message that the notifier sends to whoever signed up last. */
async function nextLinks() {
  while (await served.site.store.fanOut({ now: served.clock.now(), limit: 100, operators: [] }));
  const [delivery] = await served.site.store.claimDeliveries({
    owner: 'test',
    now: served.clock.now(),
    limit: 1,
  });
  const subscriber = await served.site.store.subscriber(delivery?.recipient.id ?? '');
  if (!subscriber) throw new Error('Nobody was told');
  return subscriptionLinks({ public_url: served.url, signer: served.site.signer, subscriber });
}

async function signUp(email: string) {
  const { status } = await fetch(`${served.url}/zh-CN/subscribe`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ channel: 'email', email, kinds: 'incident', locale: 'zh-CN' }),
  });
  expect(status).toBe(303);
  return nextLinks();
}

test('with scripts off, from the button on the page to the last click', async () => {
  const options = { ...NARROW, javaScriptEnabled: false };
  await visit(browser.now, `${served.url}/zh-CN/`, options, async ({ page, complaints }) => {
    await page.getByRole('link', { name: '订阅通知' }).click();
    // Before its style has come, nothing is hidden.
    await page.waitForLoadState();
    expect(await page.getByLabel('接收地址').isVisible()).toBe(false);
    expect(await page.getByLabel('北京电子发票（模拟）').isVisible()).toBe(false);
    await page.getByLabel('邮箱地址').fill('wang');
    await page.getByLabel('只要选中的').check();
    await page.getByRole('button', { name: '订阅' }).click();

    const alert = page.getByRole('alert');
    await alert.getByRole('link', { name: /^这不像一个邮箱地址/ }).click();
    expect(page.url()).toMatch(/#email$/);
    // The browser's console tells of the answer 422, as it should be.
    expect(complaints.splice(0)).toHaveLength(1);
    expect(await page.getByLabel('邮箱地址').inputValue()).toBe('wang');
    await page.getByLabel('邮箱地址').fill('wang@a.example');
    await page.getByLabel('北京电子发票（模拟）').check();
    await page.getByRole('button', { name: '订阅' }).click();
    expect(await headingOf(page)).toBe('还差一步，请确认');

    const links = await nextLinks();
    await page.goto(links.confirm);
    expect(await page.locator('main').innerText()).toContain('北京电子发票（模拟）');
    await page.getByRole('button', { name: '确认订阅' }).click();
    expect(await headingOf(page)).toBe('订阅成功');

    await page.getByRole('link', { name: '管理订阅' }).click();
    expect(await page.locator('main').innerText()).toContain('生效中');
    await page.getByLabel('全部系统').check();
    await page.getByRole('button', { name: '保存' }).click();
    expect(await page.getByRole('status').innerText()).toBe('已保存。');

    await page.goto(links.unsubscribe);
    await page.getByRole('button', { name: '退订' }).click();
    expect(await headingOf(page)).toBe('已退订');
    await page.goto(links.manage);
    expect(await headingOf(page)).toBe('没有这个订阅了');
    complaints.splice(0);
  });
});

describe('everybody can read', () => {
  test.each(matrix(['light', 'dark'] as const))(
    'the form and its pages in %s',
    async (colorScheme) => {
      const links = await signUp(`${colorScheme}@a-rather-long-name-of-a-company.example`);
      const asItIs = async () => {};
      const wrong = async (page: Page) => {
        await page.getByLabel('Webhook').check();
        await page.getByLabel('Only those').check();
        await page.locator('.form button').click();
        await page.getByRole('alert').waitFor();
        await page.waitForLoadState();
      };
      const form = `${served.url}/en/subscribe`;
      const seen: [string, (page: Page) => Promise<void>][] = [
        [form, wrong],
        [links.manage, asItIs],
      ];
      if (colorScheme === 'light') {
        seen.push([form, asItIs], [links.confirm, asItIs], [links.unsubscribe, asItIs]);
      }
      for (const [url, act] of seen) {
        await visit(browser.now, url, { ...NARROW, colorScheme }, async ({ page, complaints }) => {
          await act(page);
          expect([url, await contentWidth(page)]).toEqual([url, NARROW.viewport.width]);
          expect([url, await violations(page)]).toEqual([url, []]);
          complaints.splice(0);
        });
      }
    },
  );
});
