import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { breakDownload, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { type HostSite, startHostSite } from './host-site.ts';
import { contentWidth, DESKTOP, PHONE } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const served = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
  built: inject('web'),
});

const hosts: HostSite[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

/** The page of an accounting program: the element beside its button. */
async function hostPage(
  element: string,
  { head = '', headers = {} }: { head?: string; headers?: Record<string, string> } = {},
): Promise<string> {
  const host = await startHostSite(
    `<script type="module" src="${served.url}/embed.js"></script>${head}
     <main><h1>申报</h1><button>申报</button> ${element}<p id="below">其余内容</p></main>`,
    headers,
  );
  hosts.push(host);
  return host.url;
}

const DOWNLOAD = '<piaokuang-status component="beijing.download"></piaokuang-status>';
const stateOf = (page: Page) => page.locator('piaokuang-status .state').innerText();

test('O6: the element costs at most 12 kB, in one file', async () => {
  const file = join(inject('web'), 'embed.js');
  for (const coding of ['br', 'gz']) {
    expect((await readFile(`${file}.${coding}`)).length).toBeLessThanOrEqual(12_000);
  }
  const { headers } = await fetch(`${served.url}/embed.js`);
  expect(headers.get('cache-control')).toBe('public, max-age=300');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  const asked: string[] = [];
  await visit(browser.now, await hostPage(DOWNLOAD), DESKTOP, async ({ page }) => {
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await expect.poll(() => stateOf(page)).toBe('中断');
  });
  expect(asked).toEqual(['/', '/embed.js', '/embed/beijing.download.json']);
});

describe('O6: the element on a page of another origin', () => {
  test.each([
    ['zh-CN', '北京电子发票（模拟） · 下载', '中断', '查看状态页'],
    ['en', 'Beijing e-invoices (simulated) · Download', 'Down', 'Status page'],
    ['ja', '停止', '停止', 'ステータスページ'],
  ])('says in %s what it is, how it is, since when and where more is', async (lang, ...said) => {
    const element = DOWNLOAD.replace(' comp', ` lang="${lang}" comp`);
    await visit(browser.now, await hostPage(element), PHONE, async ({ page }) => {
      const [, state] = said;
      await expect.poll(() => stateOf(page)).toBe(state);
      const whole = await page.locator('piaokuang-status .box').innerText();
      for (const text of said) expect(whole).toContain(text);
      const link = page.locator('piaokuang-status a');
      expect(await link.getAttribute('href')).toBe(`${served.url}/${lang}/#beijing.download`);
      expect(await contentWidth(page)).toBe(PHONE.viewport.width);
    });
  });

  test('shows a task, in the language of the page around it', async () => {
    const element = '<piaokuang-status task="upload"></piaokuang-status>';
    await visit(browser.now, await hostPage(element), DESKTOP, async ({ page }) => {
      await expect.poll(() => stateOf(page)).toBe('正常');
      expect(await page.locator('piaokuang-status .name').innerText()).toBe('上传发票');
    });
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
    const url = await hostPage(DOWNLOAD);
    await visit(browser.now, url, { ...DESKTOP, colorScheme }, async ({ page }) => {
      await expect.poll(() => stateOf(page)).toBe('中断');
      // Of the host page itself nothing is claimed: it is light whatever is preferred.
      const found = (await violations(page)).filter((it) => it.includes('piaokuang'));
      expect(found).toEqual([]);
      await page.locator('piaokuang-status a').focus();
      const outline = page
        .locator('piaokuang-status a')
        .evaluate((it) => getComputedStyle(it).outlineStyle);
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.localName)).toBe('piaokuang-status');
      expect(await outline).not.toBe('none');
    });
  });

  test('a hostile style sheet changes nothing', async () => {
    const hostile = `<style>* { display: none !important; color: lime !important; opacity: 0
      !important; font: 60px fantasy !important; letter-spacing: 20px !important; direction: rtl
      !important; position: fixed !important; transform: rotate(9deg) !important }
      html, head ~ body, main { display: block !important; opacity: 1 !important;
      position: static !important; transform: none !important }</style>`;
    const looks = async (head: string) => {
      let look: unknown;
      await visit(browser.now, await hostPage(DOWNLOAD, { head }), PHONE, async ({ page }) => {
        await expect.poll(() => stateOf(page)).toBe('中断');
        look = await page.locator('piaokuang-status').evaluate((it) => {
          const ofOne = (part: Element) => {
            const style = getComputedStyle(part);
            const { width, height } = part.getBoundingClientRect();
            const { color, fontSize, letterSpacing, opacity, display, direction } = style;
            return [width, height, color, fontSize, letterSpacing, opacity, display, direction];
          };
          const parts = it.shadowRoot?.querySelectorAll('.box, .name, .state, .icon') ?? [];
          return [it, ...parts].map(ofOne);
        });
      });
      return look;
    };
    expect(await looks(hostile)).toEqual(await looks(''));
  });

  test('works under a strict policy that names our origin, and leaves no name behind', async () => {
    const policy =
      `default-src 'none'; script-src ${served.url}; connect-src ${served.url}; ` +
      "style-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
    const url = await hostPage(DOWNLOAD, { headers: { 'content-security-policy': policy } });
    const names = (page: Page) => page.evaluate(() => Object.keys(globalThis).join());
    let before = '';
    await visit(browser.now, (await plainHost()).url, DESKTOP, async ({ page }) => {
      before = await names(page);
    });
    await visit(browser.now, url, DESKTOP, async ({ page }) => {
      await expect.poll(() => stateOf(page)).toBe('中断');
      const more = (await names(page)).split(',').filter((it) => !before.split(',').includes(it));
      // What Lit itself leaves, to warn of a second copy of it.
      expect(more.filter((it) => !/^lit|reactiveElement/.test(it))).toEqual([]);
    });
  });

  async function plainHost(): Promise<HostSite> {
    const host = await startHostSite('<p></p>');
    hosts.push(host);
    return host;
  }

  test.each([
    ['360 px', PHONE],
    ['1280 px', DESKTOP],
  ])('nothing of the page moves at %s once its room is kept', async (_, screen) => {
    const head =
      '<style>piaokuang-status:not(:defined) { display: inline-block; width: 352px; ' +
      'max-width: 100%; height: 104px; vertical-align: middle }</style>';
    const context = await browser.now.newContext(screen);
    const page = await context.newPage();
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const it of list.getEntries())
          seen.shift += (it as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(await hostPage(DOWNLOAD, { head }));
    await expect.poll(() => stateOf(page)).toBe('中断');
    const height = await page.locator('piaokuang-status').evaluate((it) => it.clientHeight);
    expect(height).toBe(104);
    expect(await page.evaluate('shift')).toBe(0);
    await context.close();
  });
});

describe('O6: the element never says more than is known', () => {
  test.each([
    ['right', 0],
    ['a year ahead', 365 * 24 * 60 * MINUTE],
    ['a year behind', -365 * 24 * 60 * MINUTE],
  ])('turns unknown after its validity, with a clock that is %s', async (_, wrong_ms) => {
    const context = await browser.now.newContext(DESKTOP);
    const page = await context.newPage();
    await page.clock.install({ time: Date.now() + wrong_ms });
    // One answer of a server whose clock is right.
    let answers = 0;
    await page.route('**/embed/beijing.download.json', async (route) => {
      answers += 1;
      if (answers > 1) return route.abort();
      const sent_at = Date.UTC(2026, 10, 21, 6, 0, 0);
      return route.fulfill({
        headers: {
          date: new Date(sent_at).toUTCString(),
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'Age, Date',
        },
        json: {
          id: 'beijing.download',
          state: 'operational',
          measured_at: new Date(sent_at - 6 * SECOND).toISOString(),
          valid_until: new Date(sent_at + 30 * SECOND).toISOString(),
          texts: [{ lang: 'zh-CN', name: '下载', state: '正常', who: '由某公司测量' }],
        },
      });
    });
    await page.goto(await hostPage(DOWNLOAD));
    await page.clock.runFor(SECOND);
    await expect.poll(() => stateOf(page)).toBe('正常');
    await page.clock.runFor(20 * SECOND);
    expect(await stateOf(page)).toBe('正常');
    await page.clock.runFor(10 * SECOND);
    await expect.poll(() => stateOf(page)).toBe('未知：连不上状态页');
    const box = page.locator('piaokuang-status .box');
    expect(await box.getAttribute('class')).toBe('box is-unknown');
    await context.close();
  });

  test('says that it cannot reach a server that does not answer, and blocks nothing', async () => {
    const context = await browser.now.newContext(DESKTOP);
    const page = await context.newPage();
    await page.clock.install();
    await page.route('**/embed/*.json', () => undefined);
    await page.goto(await hostPage(DOWNLOAD));
    await expect.poll(() => stateOf(page)).toBe('正在查询');
    await page.locator('button').click({ timeout: 5 * SECOND });
    await page.clock.runFor(9 * SECOND);
    await expect.poll(() => stateOf(page)).toBe('未知：连不上状态页');
    await context.close();
  });

  test.each([
    '<piaokuang-status component="beijing.nothing"></piaokuang-status>',
    '<piaokuang-status></piaokuang-status>',
  ])('%s says that there is no such thing', async (element) => {
    const context = await browser.now.newContext(DESKTOP);
    const page = await context.newPage();
    await page.goto(await hostPage(element));
    await expect.poll(() => stateOf(page)).toBe('未知：状态页没有这一项');
    await context.close();
  });

  test('asks sparingly, and not while it is hidden', async () => {
    const context = await browser.now.newContext(DESKTOP);
    const page = await context.newPage();
    await page.clock.install();
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('.json')) asked += 1;
    });
    await page.goto(await hostPage(DOWNLOAD));
    await expect.poll(() => stateOf(page)).toBe('中断');
    const hide = (hidden: boolean) =>
      page.evaluate((it) => {
        Object.defineProperty(document, 'hidden', { value: it, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await page.clock.runFor(3 * SECOND);
    expect(asked).toBe(1);
    await hide(true);
    await page.clock.runFor(10 * MINUTE);
    expect(asked).toBe(1);
    await hide(false);
    await expect.poll(() => asked).toBe(2);
    await context.close();
  });
});
