import { expect, inject, test } from 'vitest';
import { linkToken } from '../../model/links.ts';
import { MINUTE } from '../../model/time.ts';
import { anAlert } from '../notify/samples.ts';
import { NOW } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({
  async prepare({ store }) {
    const taken = { acknowledged_at: NOW - MINUTE, acknowledged_by: '李雷' };
    const own = { id: 'other0000000', kind: 'own', subject: 'disk', state: null } as const;
    await store.record({
      alerts: [anAlert({ since: NOW - 5 * MINUTE }), anAlert({ ...own, ...taken })],
    });
  },
  built: inject('web'),
});

test.each([
  ['zh-CN', 360, 'light', '王芳'],
  ['zh-CN', 1280, 'dark', '王芳'],
  ['en', 360, 'dark', 'Lee'],
  ['en', 1280, 'light', 'Lee'],
] as const)('T8: the page of an alert in %s, %i wide, %s', async (locale, width, scheme, name) => {
  const viewport = { width, height: 800 };
  const context = await browser.now.newContext({ viewport, colorScheme: scheme });
  const page = await context.newPage();
  const claim = { subject: anAlert().id, nonce: '', expires_at: null };
  const token = linkToken({ ...claim, purpose: 'acknowledge' }, served.site.signer);
  await page.goto(`${served.url}/${locale}/alerts/acknowledge?t=${token}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(overflow).toBe(false);
  await page.getByRole('textbox').fill(name);
  await page.locator('button.primary').click();
  await expect.poll(() => page.locator('main').innerText()).toContain(name);
  expect(await page.locator('#open + ul li').count()).toBe(2);
  expect(await page.locator('form button.primary').count()).toBe(0);
  await context.close();
});
