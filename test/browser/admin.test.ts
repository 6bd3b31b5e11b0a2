import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { matrix } from '../matrix.ts';
import { siteConfiguration } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { violations } from './axe.ts';
import { visit } from './browser.ts';
import { contentWidth, DESKTOP, NARROW, PHONE } from './screens.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();
const configuration = siteConfiguration();
// The browser keeps a cookie for https to itself here.
configuration.page.public_url = 'http://127.0.0.1';
// Clocks go back on 31 October 2027.
configuration.page.zone = 'Europe/Berlin';
let token: string;
const served = usePage({
  configuration,
  async prepare({ store }) {
    token = await store.renewAdminToken();
  },
  built: inject('web'),
});

async function signIn(page: Page): Promise<void> {
  await page.locator('#token').fill(token);
  await page.locator('main button').click();
}

const field = (page: Page, name: string) => page.locator(`[id="${name}"]`);

/** Fills in everything but the expected recovery. */
async function fillIn(page: Page): Promise<void> {
  await page.locator('input[value="beijing.download"]').check();
  await field(page, 'announced_from').fill('2026-11-23T22:00');
  await field(page, 'announced_until').fill('2026-11-23T23:30');
  await field(page, 'texts.title.zh-CN').fill('升级 <b>下载</b>');
  await field(page, 'texts.title.en').fill('Upgrade of <b>downloads</b>');
  await field(page, 'texts.description.zh-CN').fill('更换服务器。');
  await field(page, 'texts.description.en').fill('New servers.');
}

/** To the console a refused form is an error; to the person it is an answer. */
function forgiveRefusals(complaints: string[]): void {
  const others = complaints.filter((it) => !/status of (401|409|422)/.test(it));
  complaints.splice(0, complaints.length, ...others);
}

test('with scripts off a maintenance is announced, corrected, started and ended', async () => {
  const options = { ...PHONE, javaScriptEnabled: false, locale: 'zh-CN' };
  await visit(browser.now, `${served.url}/admin`, options, async ({ page, complaints }) => {
    await page.locator('#token').fill('guess');
    await page.locator('main button').click();
    expect(await page.locator('.problem').innerText()).toContain('令牌不对');
    await signIn(page);
    await page.getByRole('link', { name: '新建维护' }).click();
    await fillIn(page);
    await page.getByRole('button', { name: '公告并通知' }).click();
    expect(await page.locator('[role=alert]').innerText()).toContain('1 处需要改正');
    expect(await page.locator('input[value="beijing.download"]').isChecked()).toBe(true);
    await page.getByRole('link', { name: '预计恢复' }).click();
    await field(page, 'expected_recovery_at').fill('2026-11-24T00:00');
    await page.getByRole('button', { name: '公告并通知' }).click();
    expect(await page.locator('h1').innerText()).toBe('升级 <b>下载</b>');
    expect(await page.locator('[role=status]').innerText()).toContain('已公告');

    await page.getByRole('link', { name: '开始', exact: true }).click();
    await page.getByRole('button', { name: '现在开始' }).click();
    expect(await page.locator('.tag').innerText()).toBe('维护中');
    await page.getByRole('link', { name: '结束', exact: true }).click();
    await page.getByRole('link', { name: '不了，返回' }).click();
    await page.getByRole('link', { name: '结束', exact: true }).click();
    await page.getByRole('button', { name: '现在结束' }).click();
    await expect.poll(() => page.locator('.timeline li').count()).toBe(3);
    await page.getByRole('button', { name: '退出登录' }).click();
    expect(await page.locator('h1').innerText()).toBe('登录管理');
    forgiveRefusals(complaints);
  });
  const [maintenance] = await served.site.store.maintenances({ limit: 1 });
  expect(maintenance).toMatchObject({ status: 'verifying', components: ['beijing.download'] });
});

/** A colleague extends the maintenance at this address, in another tab. */
async function colleagueExtends(page: Page, it: string, until: string): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto(`${it}/extend`);
  await field(tab, 'announced_until').fill(until);
  await field(tab, 'expected_recovery_at').fill(until);
  await tab.locator('main form button').click();
  await tab.locator('[role=status]').waitFor();
  await page.bringToFront();
}

test('with scripts off an old form, and going back to it, undo no extension', async () => {
  const options = { ...PHONE, javaScriptEnabled: false, locale: 'en' };
  await visit(browser.now, `${served.url}/admin/en/`, options, async ({ page, complaints }) => {
    await signIn(page);
    await page.goto(`${served.url}/admin/en/maintenances/new`);
    await fillIn(page);
    await field(page, 'expected_recovery_at').fill('2026-11-24T00:00');
    await page.locator('button[value=announce]').click();
    const it = page.url().replace(/\?.*/, '');
    await page.goto(`${it}/start`);
    await page.locator('main form button').click();

    await page.goto(`${it}/edit`);
    await colleagueExtends(page, it, '2026-11-24T03:00');

    // As the browser offers it: the old page, or a new one, but never old times in a new one.
    await field(page, 'announced_until').fill('2026-11-24T01:00');
    const save = page.getByRole('button', { name: 'Save and tell' });
    await save.click();
    expect(await page.locator('h1').innerText()).toBe('It changed while you were writing');
    await page.goBack();
    expect(await field(page, 'announced_until').inputValue()).toBe('2026-11-24T03:00');

    await colleagueExtends(page, it, '2026-11-24T04:00');
    await field(page, 'texts.title.en').fill('Upgrade of every download');
    await save.click();
    expect(await page.locator('h1').innerText()).toBe('It changed while you were writing');
    const title = page.getByRole('group', { name: 'Title (English)' });
    expect(await title.getByRole('radio', { name: /Use what/ }).isChecked()).toBe(true);
    // By the keyboard alone.
    const end = page.getByRole('group', { name: 'End' });
    await end.getByRole('radio', { name: /Keep what it is now.*04:00/ }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await end.getByRole('radio', { name: /Change it back.*03:00/ }).isChecked()).toBe(true);
    await page.keyboard.press('ArrowUp');
    await save.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').innerText()).toBe('Upgrade of every download');
    forgiveRefusals(complaints);
  });
  const [maintenance] = await served.site.store.maintenances({ limit: 1 });
  expect(maintenance).toMatchObject({
    announced_until: Date.parse('2026-11-24T04:00+01:00'),
    texts: { title: { en: 'Upgrade of every download' } },
    updates: [
      { code: 'announced' },
      { code: 'started' },
      { code: 'extended' },
      { code: 'extended' },
      { code: 'revised' },
    ],
  });
});

const LOOKS = [
  ['light', 'en'],
  ['dark', 'zh-CN'],
] as const;

test.each(matrix(LOOKS))('everybody can use it: %s, %s', async (colorScheme, locale) => {
  const options = { ...DESKTOP, colorScheme, locale };
  const looks: [string, string[], number][] = [];
  await visit(
    browser.now,
    `${served.url}/admin/${locale}/`,
    options,
    async ({ page, complaints }) => {
      const look = async (what: string) => {
        await page.waitForLoadState();
        const found = await violations(page);
        await page.setViewportSize(NARROW.viewport);
        looks.push([what, found, await contentWidth(page)]);
        await page.setViewportSize(DESKTOP.viewport);
      };
      await look('sign in');
      await signIn(page);
      await look('empty list');
      await page.goto(`${served.url}/admin/${locale}/maintenances/new`);
      await fillIn(page);
      await page.locator('button[value=announce]').click();
      await look('problems');
      for (const name of ['announced_from', 'announced_until', 'expected_recovery_at']) {
        await field(page, name).fill('2027-10-31T02:30');
      }
      await page.locator('button[value=announce]').click();
      expect(await page.locator('fieldset.choices').count()).toBe(3);
      await look('a time that comes twice');
      await field(page, 'announced_from').fill('2026-11-23T22:00');
      await field(page, 'announced_until').fill('2026-11-23T23:30');
      await field(page, 'expected_recovery_at').fill('2026-11-24T00:00');
      await page.locator('button[value=announce]').click();
      await look('maintenance');
      const edit = `${page.url().replace(/\?.*/, '')}/edit`;
      const colleague = await page.context().newPage();
      await page.goto(edit);
      await colleague.goto(edit);
      await field(colleague, 'announced_until').fill('2026-11-23T23:45');
      await colleague.locator('button[value=revise]').click();
      await colleague.locator('[role=status]').waitFor();
      await page.bringToFront();
      await field(page, 'announced_until').fill('2026-11-23T23:50');
      await page.locator('button[value=revise]').click();
      await look('difference');
      await page.locator('button[value=revise]').click();
      await look('difference to be chosen');
      await page.goto(edit.replace('edit', 'cancel'));
      await look('confirmation');
      await page.goto(`${served.url}/admin/${locale}/`);
      await look('list');
      forgiveRefusals(complaints);
    },
  );
  expect(looks).toEqual(
    [
      'sign in',
      'empty list',
      'problems',
      'a time that comes twice',
      'maintenance',
      'difference',
      'difference to be chosen',
      'confirmation',
      'list',
    ].map((what) => [what, [], NARROW.viewport.width]),
  );
});
