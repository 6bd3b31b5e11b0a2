import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import type { ToldStage } from '../../model/stage.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createDrills, type DrillName, type SystemDrills } from '../../status-page/demo/drills.ts';
import { matrix } from '../matrix.ts';
import { journey, reachedStage } from '../model/builders.ts';
import { aSyncStatus, breakDownload, NOW, seedHistory } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { contentWidth, DESKTOP, NARROW, PHONE, unfold } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
let pressed: DrillName[];
beforeEach(() => {
  pressed = [];
});
const served = usePage({
  prepare: seedHistory,
  drills: (clock) => ({
    ...createDrills({ systems: [], clock }),
    run: async (name) => void pressed.push(name),
    list: async () => [BEIJING_DRILLS],
  }),
  built: inject('web'),
});

/** A simulated system that can play everything, and plays something. */
const BEIJING_DRILLS: SystemDrills = {
  id: 'beijing',
  name: { 'zh-CN': '北京电子发票（模拟）', en: 'Beijing e-invoices (simulated)' },
  kinds: ['latency', 'error_code', 'outage', 'stalled_sync', 'slow_sync', 'truncated'],
  functions: ['query', 'download'],
  drills: [
    {
      id: 'abcdef012345',
      kind: 'latency',
      function: 'download',
      from: '2026-03-02T10:00:00Z',
      until: '2026-03-02T10:10:00Z',
    },
  ],
};

/** An invoice more waits, at the stage; stages are read every ten seconds. */
async function waitAt(stage: ToldStage, seconds: number): Promise<void> {
  served.clock.set(NOW + seconds * SECOND);
  const accepted_at = NOW - 9 * MINUTE;
  const id = `at-${stage}`;
  await served.site.store.record({
    components: [aSyncStatus('operational', { valid_until: NOW + MINUTE })],
    journeys: [journey(accepted_at, { id })],
    reached_stages: [reachedStage(accepted_at + MINUTE, { journey: id, stage, delay_ms: MINUTE })],
    changes: [{ kind: 'state', ref: 'beijing.sync', at: NOW }],
  });
}

const textOf = (page: Page, selector: string) => page.locator(selector).first().innerText();

describe('with scripts off', () => {
  const options = { ...PHONE, javaScriptEnabled: false };

  test('verdict, states, bars and incidents are there', async () => {
    await breakDownload(served.site);
    await expect
      .poll(async () => (await fetch(`${served.url}/zh-CN/`)).text())
      .toContain('下载中断，其余正常');
    await visit(browser.now, `${served.url}/zh-CN/`, options, async ({ page }) => {
      expect(await textOf(page, 'h1')).toBe('下载中断，其余正常');
      const heads = await page.locator('live-component h3').allInnerTexts();
      expect(heads.map((it) => it.replace(/\s+/g, ' '))).toEqual([
        '上传 正常',
        '查询 正常',
        '同步 正常',
        '下载 中断',
      ]);
      expect(await page.locator('.component .bars').count()).toBe(4);
      expect(await page.locator('.component .bars i').count()).toBe(4 * 90);
      expect(await page.locator('.component .bars i.major').count()).toBe(2);
      expect(await textOf(page, '#open-incidents h3')).toContain('下载中断');
      expect(await textOf(page, '#recent-incidents ol')).toContain('已解决');
      expect(await page.locator('template:not(#live-data)').count()).toBe(0);
      // No room is kept for what only scripts can say.
      const age = page.locator('relative-time').first();
      expect(await age.evaluate((it) => getComputedStyle(it).display)).toBe('none');
      expect(await page.locator('stale-banner').isVisible()).toBe(false);
    });
  });

  test('W13: on paper the year of dates without one is said', async () => {
    await visit(browser.now, `${served.url}/zh-CN/`, options, async ({ page }) => {
      const year = page.getByText('没有写年份的日期都在 2026 年。');
      expect(await year.isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      expect(await year.isVisible()).toBe(true);
    });
  });

  test('the days unfold into a table', async () => {
    await visit(browser.now, `${served.url}/en/`, options, async ({ page }) => {
      const query = page.locator('[id="beijing.query"]');
      await query.locator('summary').click();
      expect(await query.locator('tbody tr').allInnerTexts()).toContainEqual(
        expect.stringMatching(/Oct 19\s+Partly down\s+none\s+9 min\s+100\.00%\s+5,760/),
      );
    });
  });

  test('the buttons of the demo work', async () => {
    await visit(browser.now, `${served.url}/zh-CN/`, options, async ({ page }) => {
      await page.getByRole('button', { name: '让下载变慢' }).click();
      expect(pressed).toEqual(['slow-download']);
      expect(page.url()).toBe(`${served.url}/zh-CN/`);
    });
  });

  test('another language is a link away', async () => {
    await visit(
      browser.now,
      `${served.url}/`,
      { ...options, locale: 'zh-CN' },
      async ({ page }) => {
        await page.getByRole('link', { name: 'English' }).click();
        expect(await textOf(page, 'h1')).toBe('Everything we measure works');
      },
    );
  });
});

describe('everybody can read it', () => {
  const schemes = ['light', 'dark'] as const;
  const paths = [
    '/zh-CN/',
    '/en/',
    '/zh-CN/demo/drills',
    '/zh-CN/incidents/abc123def456',
    '/en/incidents/old000000001',
    '/ja/',
  ];

  const looks = schemes.flatMap((scheme) => paths.map((path) => [scheme, path] as const));

  test.each(matrix(looks, 1 + paths.length))(
    'axe finds nothing in %s on %s',
    async (colorScheme, path) => {
      await breakDownload(served.site);
      await visit(browser.now, served.url + path, { ...DESKTOP, colorScheme }, async ({ page }) => {
        await unfold(page);
        expect(await violations(page)).toEqual([]);
      });
    },
  );

  const screens: [string, typeof NARROW][] = [
    ['320 px', NARROW],
    ['1280 px', DESKTOP],
    ['360 px', PHONE],
    ['768 px', { viewport: { width: 768, height: 1024 } }],
  ];

  test.each(matrix(screens, 2))('nothing is wider than a screen of %s', async (_, screen) => {
    await breakDownload(served.site);
    for (const path of paths) {
      await visit(browser.now, served.url + path, screen, async ({ page }) => {
        await unfold(page);
        expect([path, await contentWidth(page)]).toEqual([path, screen.viewport.width]);
      });
    }
  });

  test('the first screen of a phone answers the question', async () => {
    await visit(browser.now, `${served.url}/zh-CN/`, PHONE, async ({ page }) => {
      for (const selector of ['h1', '.advice', '.freshness', '.tasks']) {
        const box = await page.locator(selector).boundingBox();
        expect([selector, (box?.y ?? 0) + (box?.height ?? 0) < 780]).toEqual([selector, true]);
      }
    });
  });
});

describe('with scripts on', () => {
  test.each([
    ['zh-CN', /前$|^刚刚$/],
    ['ja', /前$|^たった今$/],
  ])('the first view in %s costs at most 40 kB and nothing moves', async (locale, is_live) => {
    const context = await browser.now.newContext(PHONE);
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const words: string[] = [];
    page.on('request', (request) => {
      if (/\/(?:page|live)-[^/]*\.js$/.test(request.url())) words.push(request.url());
    });
    await page.goto(`${served.url}/${locale}/`);
    await expect.poll(() => textOf(page, 'relative-time')).toMatch(is_live);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            resolve(
              list
                .getEntries()
                .reduce((sum, it) => sum + (it as unknown as { value: number }).value, 0),
            );
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(0), 500);
        }),
    );
    await context.close();
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(40_000);
    expect(shift).toBe(0);
    // The script of the page, and one language.
    expect(words).toHaveLength(2);
  });

  test('a change appears by itself, with its incident and the title', async () => {
    await visit(browser.now, `${served.url}/zh-CN/`, DESKTOP, async ({ page }) => {
      expect(await textOf(page, 'h1')).toBe('测量的功能全部正常');
      await page.locator('[id="beijing.query"] summary').click();
      await breakDownload(served.site);
      await expect.poll(() => textOf(page, 'h1')).toBe('下载中断，其余正常');
      expect(await page.title()).toBe('下载中断，其余正常 · 电子发票系统状态');
      expect(await page.locator('h1').count()).toBe(1);
      const download = page.locator('[id="beijing.download"]');
      await expect.poll(() => download.innerText()).toContain('HTTP 503');
      expect(await download.locator('h3').count()).toBe(1);
      await expect.poll(() => textOf(page, '#open-incidents h3')).toContain('下载中断');
      await expect.poll(() => download.locator('.bars i.major').count()).toBe(2);
      expect(await page.locator('[id="beijing.query"] details').getAttribute('open')).toBe('');
    });
  });

  test('stages that a reader unfolded stay so while they change, on any screen', async () => {
    await waitAt('sealed', 10);
    const said = async () => (await fetch(`${served.url}/zh-CN/`)).text();
    await expect.poll(said).toContain('签章 1 张');
    await visit(browser.now, `${served.url}/zh-CN/`, NARROW, async ({ page }) => {
      const stages = page.locator('[id="beijing.sync"] details.stages');
      expect(await stages.locator('li').first().isVisible()).toBe(false);
      await stages.locator('summary').click();
      expect(await stages.locator('li').allInnerTexts()).toEqual([
        expect.stringMatching(/^签章\s+n = 1，.*\s1 张在等/),
      ]);
      await waitAt('delivered', 20);
      await expect.poll(() => stages.locator('li').count()).toBe(2);
      expect(await stages.getAttribute('open')).toBe('');
      await waitAt('verified', 30);
      await expect.poll(() => stages.locator('li').count()).toBe(3);
      expect(await stages.getAttribute('open')).toBe('');
      expect(await contentWidth(page)).toBe(NARROW.viewport.width);
      expect(await violations(page)).toEqual([]);
    });
  });

  test('says that it may be out of date when the server is gone', async () => {
    const context = await browser.now.newContext(DESKTOP);
    const page = await context.newPage();
    await page.goto(`${served.url}/zh-CN/`);
    await expect.poll(() => textOf(page, 'relative-time')).toMatch(/前$|^刚刚$/);
    await served.stop();
    await expect
      .poll(() => textOf(page, 'stale-banner'), { timeout: 60_000 })
      .toContain('和服务器的连接断开了');
    expect(await page.locator('body').getAttribute('class')).toBe('stale');
    await context.close();
  });

  test('turns grey when its time has passed and the server says nothing', async () => {
    await visit(browser.now, 'about:blank', DESKTOP, async ({ page }) => {
      await page.clock.install();
      await page.goto(`${served.url}/zh-CN/`);
      await expect.poll(() => textOf(page, 'relative-time')).toMatch(/前$|^刚刚$/);
      await page.clock.fastForward(MINUTE);
      await expect.poll(() => textOf(page, 'stale-banner')).toContain('现在的状态未知');
    });
  });
});
