import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { LOCALES } from '../../model/vocabulary.ts';
import { ROUTES } from '../../status-page/routes.ts';
import { expandPath } from '../../status-page/serve/route-table.ts';
import { aMaintenance, saveMaintenance } from '../status-page/maintenances.ts';
import { breakDownload, seedHistory, siteConfiguration } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { contentWidth, unfold } from './screens.ts';
import { useBrowser } from './use-browser.ts';

/** Every page of the table of addresses: each language, colour and width, scripts on and off. */

const browser = useBrowser();
const configuration = siteConfiguration();
// The browser keeps a cookie for https to itself here.
configuration.page.public_url = 'http://127.0.0.1';
let token = '';
const served = usePage({
  configuration,
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    token = await site.store.renewAdminToken();
  },
  built: inject('web'),
  once: true,
});

/** Something that is there, for the names in a path. */
const THERE: Record<string, string> = {
  '/:lang/incidents/:id': 'abc123def456',
  '/:lang/maintenances/:id': 'mnt000000001',
  '/admin/:lang/maintenances/:id': 'mnt000000001',
  '/admin/:lang/maintenances/:id/edit': 'mnt000000001',
};
/** These are there with a signed link only, or ask for what is not possible now. */
const ELSEWHERE =
  /subscription|unsubscribe|acknowledge|demo|:id\/(start|extend|end|cancel|announce)/;

const PAGES = ROUTES.filter(({ kind }) => ['document', 'page', 'form'].includes(kind))
  .filter(({ methods, path }) => methods.includes('GET') && !ELSEWHERE.test(path))
  .flatMap(({ path }) => expandPath(path, LOCALES, { id: THERE[path] ?? '' }));

const WIDTHS = [320, 360, 414, 768, 1024, 1440];
const SCHEMES = ['light', 'dark'] as const;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(served.url + path);
  if (!page.url().includes('/sign-in') || path.includes('/sign-in')) return;
  await page.locator('#token').fill(token);
  await page.locator('main button').click();
  await page.goto(served.url + path);
}

describe.each(PAGES)('%s', (path) => {
  test.each(
    SCHEMES.flatMap((scheme) => [true, false].map((scripts) => [scheme, scripts] as const)),
  )(
    'in %s with scripts %s is read by everybody and no wider than any screen',
    async (colorScheme, javaScriptEnabled) => {
      const options = { colorScheme, javaScriptEnabled };
      await visit(browser.now, 'about:blank', options, async ({ page }) => {
        await open(page, path);
        expect(new URL(page.url()).pathname).toBe(path);
        await unfold(page);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          expect([width, await contentWidth(page)]).toEqual([width, width]);
        }
        if (javaScriptEnabled) expect(await violations(page)).toEqual([]);
      });
    },
  );
});
