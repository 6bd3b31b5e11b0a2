import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { breakDownload } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { visit } from './browser.ts';
import { type HostSite, startHostSite } from './host-site.ts';
import { DESKTOP } from './screens.ts';
import { useBrowser } from './use-browser.ts';

/**
 * Interface: `/api/v2/summary.json` of Statuspage, asked by browsers from pages of others. Outside:
 * the widget that Atlassian made for pages of Statuspage.
 */

const MANIFEST = createRequire(import.meta.url).resolve('@statuspage/status-widget/package.json');
/** Its bundler reads a global before it has one. */
const BEFORE = '<script>var parcelRequire;</script>';
const WIDGET = {
  path: '/widget.js',
  text: readFileSync(join(dirname(MANIFEST), 'dist/index.js'), 'utf8'),
};

const browser = useBrowser();
const unknown = usePage({ once: true });
const down = usePage({ once: true, prepare: breakDownload });

const hosts: HostSite[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

test.each([
  ['minor', 'Partially Degraded Service', () => unknown.url],
  ['critical', 'Major Service Outage', () => down.url],
])('O1: the widget of Statuspage on another site shows %s', async (indicator, says, urlOf) => {
  const url = urlOf();
  const element = `<statuspage-widget src="${url}"></statuspage-widget>`;
  const host = await startHostSite(
    `${BEFORE}<script src="${WIDGET.path}"></script>${element}`,
    {},
    WIDGET,
  );
  hosts.push(host);
  await visit(browser.now, host.url, DESKTOP, async ({ page }) => {
    const widget = page.locator('statuspage-widget');
    await expect.poll(() => widget.locator('.status-text').innerText()).toContain(says);
    const shown = await widget.locator('.status-indicator').getAttribute('class');
    expect(shown).toBe(`status-indicator ${indicator}`);
    expect(await widget.locator('a').getAttribute('href')).toBe(url);
  });
});
