import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { LOCALES } from '../../model/vocabulary.ts';
import { createDrills } from '../../status-page/demo/drills.ts';
import { type Nginx, startNginx } from '../deploy/nginx.ts';
import { crawl } from '../status-page/crawl.ts';
import { aMaintenance, saveMaintenance } from '../status-page/maintenances.ts';
import { anIncident, breakDownload, seedHistory, siteConfiguration } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { visit } from './browser.ts';
import { startHostSite } from './host-site.ts';
import { DESKTOP } from './screens.ts';
import { useBrowser } from './use-browser.ts';

/** The built page below a path, behind the nginx that is installed, with the shipped file. */

const browser = useBrowser();
const configuration = siteConfiguration();
// The browser keeps a cookie for https to itself here; texts name the host that is crawled for.
configuration.page.public_url = 'http://host.invalid/status';
let token = '';
const served = usePage({
  configuration,
  async prepare(site) {
    await seedHistory(site);
    await saveMaintenance(site, aMaintenance());
    token = await site.store.renewAdminToken();
  },
  drills: (clock) => ({ ...createDrills({ systems: [], clock }), list: async () => [] }),
  built: inject('web'),
});
let nginx: Nginx;
beforeEach(async () => {
  nginx = await startNginx(served.url);
});
afterEach(() => nginx.stop());

test.each(LOCALES)(
  'O6: behind nginx every address in %s is there, and none leaves the path',
  async (locale) => {
    await breakDownload(served.site);
    const { id } = anIncident();
    await expect
      .poll(async () => (await fetch(`${served.url}/${locale}/`)).text())
      .toContain(`/status/${locale}/incidents/${id}`);
    const { found, ...wrong } = await crawl({
      origin: nginx.url,
      public_url: configuration.page.public_url,
      from: ['/status', `/status/${locale}`, `/status/admin/${locale}/sign-in`],
      headers: { 'accept-language': locale },
    });
    expect(wrong).toEqual({ outside: [], dead: [] });
    const paths = [...found.keys()].map((it) => it.replace('/status/', ''));
    expect(paths).toEqual(
      expect.arrayContaining([
        `${locale}/incidents/${id}`,
        `${locale}/maintenances/mnt000000001`,
        `${locale}/history.atom`,
        `${locale}/maintenance.ics`,
        `${locale}/subscribe`,
        `${locale}/demo/drills`,
        'api/v2/summary.json',
        expect.stringMatching(/^assets\/page-.*\.js$/),
        expect.stringMatching(/^assets\/style-admin-.*\.css$/),
      ]),
    );
    // Its first reader was the crawler.
    const icon = await fetch(`${nginx.url}/status/favicon.svg`, {
      headers: { 'accept-language': locale },
    });
    expect(icon.headers.get('x-cache-status')).toBe('HIT');
    const sign_in = await fetch(`${nginx.url}/status/admin/${locale}/sign-in`);
    expect(sign_in.headers.get('x-cache-status')).toBeNull();
    const neighbour = await fetch(`${nginx.url}/${locale}/`);
    expect(await neighbour.text()).toBe('Somebody else\n');
  },
);

test('O6: behind nginx an open page below a path hears of a change', async () => {
  const asked: string[] = [];
  await visit(browser.now, 'about:blank', DESKTOP, async ({ page }) => {
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${nginx.url}/status/zh-CN/`);
    const title = page.locator('h1').first();
    expect(await title.innerText()).toBe('测量的功能全部正常');
    await expect.poll(() => asked).toContain('/status/live');
    await breakDownload(served.site);
    await expect.poll(() => title.innerText()).toBe('下载中断，其余正常');
    await page.locator('#open-incidents a').first().click();
    expect(new URL(page.url()).pathname).toBe(`/status/zh-CN/incidents/${anIncident().id}`);
  });
  expect(asked.filter((it) => !it.startsWith('/status/'))).toEqual([]);
});

test('O6: behind nginx an administrator signs in below a path, and out again', async () => {
  const url = `${nginx.url}/status/admin`;
  await visit(browser.now, url, { ...DESKTOP, locale: 'en' }, async ({ page }) => {
    const at = () => new URL(page.url()).pathname;
    expect(at()).toBe('/status/admin/en/sign-in');
    await page.locator('#token').fill(token);
    await page.locator('main button').click();
    expect(at()).toBe('/status/admin/en/');
    const [cookie, ...others] = await page.context().cookies();
    expect([cookie?.path, others]).toEqual(['/status/admin', []]);
    await page.getByRole('link', { name: 'Database upgrade' }).click();
    expect(at()).toBe('/status/admin/en/maintenances/mnt000000001');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(at()).toBe('/status/admin/en/sign-in');
  });
});

test('O6: the element of a page below a path is loaded from there, and leads there', async () => {
  const element = '<piaokuang-status component="beijing.query" lang="en"></piaokuang-status>';
  const host = await startHostSite(
    `<script type="module" src="${served.url}/embed.js"></script>${element}`,
  );
  try {
    await visit(browser.now, host.url, DESKTOP, async ({ page }) => {
      const shown = page.locator('piaokuang-status');
      await expect.poll(() => shown.locator('.state').innerText()).toBe('Normal');
      const link = await shown.locator('a').getAttribute('href');
      expect(link).toBe(`${served.url}/en/#beijing.query`);
    });
  } finally {
    await host.close();
  }
});
