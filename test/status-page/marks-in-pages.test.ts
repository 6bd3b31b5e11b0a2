import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkToken } from '../../model/links.ts';
import { subscriptionLinks } from '../../model/subscription-links.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import { createDrills } from '../../status-page/demo/drills.ts';
import { notifySettings } from '../channels/settings.ts';
import { japaneseFaults } from '../messages/japanese-text.ts';
import { anAlert } from '../notify/samples.ts';
import { type Simulated, startSimulated } from '../probes/simulated.ts';
import { faultsOf } from '../tidy/chinese-text.ts';
import { openBrowser } from './admin/browser.ts';
import { aCompletedMaintenance, aMaintenance, anOverrun, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import {
  anIncident,
  anUpdate,
  aStatus,
  breakDownload,
  fakeClock,
  NOW,
  type Site,
  seedHistory,
  siteConfiguration,
} from './site.ts';
import { usePage } from './use-page.ts';
import { visibleTexts } from './visible-text.ts';

/** Nothing of it ends with the brackets of a simulated system. */
const configuration = siteConfiguration();
const NAMES = [
  { 'zh-CN': '拼多多发票', en: 'Pinduoduo invoices', ja: '発票アップロード' },
  { 'zh-CN': '金蝶 ERP', en: 'Kingdee ERP', ja: '金蝶ERP' },
];

const TEXTS = {
  title: { 'zh-CN': 'ERP 升级', en: 'Upgrade', ja: 'ERPの更新' },
  description: { 'zh-CN': '升级 ERP。', en: 'An upgrade.', ja: 'ERPを更新します。' },
  stays_open: { 'zh-CN': '上传照常。', en: 'Uploads work.', ja: 'アップロードは可能です。' },
  workaround: {
    'zh-CN': '请提前下载。',
    en: 'Beforehand.',
    ja: '事前にダウンロードしてください。',
  },
};
const DRAFT = aMaintenance({
  id: 'mntdraft0000',
  status: 'draft',
  texts: TEXTS,
  published_at: null,
});

let simulated: Simulated;
beforeAll(async () => {
  simulated = await startSimulated({ ...fakeClock(), set() {} });
});
afterAll(() => simulated.close());

const SYSTEMS = configuration.systems.map((it, i) => ({ ...it, name: NAMES[i] ?? it.name }));
const page = usePage({
  configuration: {
    ...configuration,
    page: {
      ...configuration.page,
      operator: { ...configuration.page.operator, ja: 'デモ運営者' },
      title: { ...configuration.page.title, ja: '電子発票システムの状態' },
    },
    systems: SYSTEMS,
    tasks: configuration.tasks.map((it) => ({ ...it, name: { ...it.name, ja: '発票の手続き' } })),
    lines: [{ id: 'local', name: { 'zh-CN': '电信', en: 'Telecom', ja: '電信' }, proxy: null }],
    notify: notifySettings({ from: 'status@example.invalid', webhook: { allow: [] } }),
  },
  drills: (clock) =>
    createDrills({
      systems: SYSTEMS.map((it) => ({ ...it, url: `${simulated.url}/${it.id}` })),
      clock,
    }),
  prepare,
  once: true,
});

const FORM = 'application/x-www-form-urlencoded';

/** Of everything that a page may tell something. */
async function prepare(site: Site): Promise<void> {
  await seedHistory(site);
  await breakDownload(site);
  await site.store.record({
    components: [
      aStatus('pinduoduo.upload', 'unknown', {
        notes: [{ code: 'expired', last_slot_at: NOW - 3 * MINUTE }],
        measured_at: NOW - 3 * MINUTE,
        valid_until: NOW - 2 * MINUTE,
        last: {
          check: 'pinduoduo-upload',
          outcome: 'throttled',
          reason: 'http_status',
          ended_at: NOW - 10_000,
          is_judged: false,
        },
      }),
      aStatus('beijing.query', 'partial_outage', {
        notes: [
          { code: 'some_users_affected', bad: 3, n: 60, window_ms: HOUR },
          { code: 'maybe_our_line', line: 'local' },
        ],
      }),
    ],
    own_troubles: [
      { kind: 'disk', line: null, since: NOW - 12 * MINUTE, until: null, detail: 'SQLITE_FULL' },
      { kind: 'line', line: 'local', since: NOW - 5 * HOUR, until: NOW - 4 * HOUR, detail: 'x' },
    ],
    gaps: [
      { from: NOW - 40 * MINUTE, to: NOW - 35 * MINUTE, cause: 'clock' },
      { from: NOW - 30 * HOUR, to: NOW - 29 * HOUR, cause: 'lock' },
    ],
    incidents: [anIncident({ id: 'abc123def457', seen_from: 'local', maybe_our_line: true })],
    updates: [anUpdate({ id: 'upd000000002', incident: 'abc123def457' })],
    alerts: [anAlert({ since: NOW - 5 * MINUTE })],
    changes: [{ kind: 'incident', ref: 'abc123def457', at: NOW }],
  });
  await saveMaintenance(site, aMaintenance({ texts: TEXTS }));
  await saveMaintenance(site, anOverrun({ texts: TEXTS }));
  await saveMaintenance(site, aCompletedMaintenance({ texts: TEXTS }));
  await saveMaintenance(site, DRAFT, []);
}

const LANGUAGES = [
  { locale: 'zh-CN', faultsOf, refused: '处需要改正', read: (html: string) => html },
  {
    locale: 'ja',
    faultsOf: japaneseFaults,
    refused: 'か所の修正が必要です',
    read: ofOneLanguage,
  },
];

/**
 * Without what a person wrote in other languages, and without spaces between two elements, such as
 * a name in bold and its time, which are layout.
 */
function ofOneLanguage(html: string): string {
  return html
    .replace(/<p class="words" lang="(?!ja).*?<\/p>/gs, '')
    .replace(/ (?=<(?:small|time|span))|(?<=<\/(?:b|time)>) /g, ' · ');
}

const PAGES = [
  '/',
  '/incidents/abc123def456',
  '/incidents/abc123def457',
  '/maintenances/mnt000000001',
  '/maintenances/mntoverrun01',
  '/maintenances/mntcompleted',
  '/subscribe',
  '/subscribe/sent',
  '/subscription',
  '/demo/drills',
  '/demo/mailbox',
];

describe.each(LANGUAGES)(
  'in $locale',
  ({ locale, faultsOf: faultsOfIt, refused: refused_words, read }) => {
    /** What is wrong in a page, with the text it is in. */
    function faultsIn(html: string): string[] {
      return visibleTexts(read(html)).flatMap((text) => {
        const faults = faultsOfIt(text);
        return faults.length > 0 ? [`${text}: ${faults.join(' | ')}`] : [];
      });
    }

    test.each(PAGES)('%s has the spaces and marks of it', async (path) => {
      const { text, headers } = await ask(`${page.url}/${locale}${path}`, {
        headers: { accept: 'text/html' },
      });
      expect(headers['content-type']).toMatch(/^text\/html/);
      expect(visibleTexts(text).length).toBeGreaterThan(5);
      expect(faultsIn(text)).toEqual([]);
    });

    test('the pages of a subscription have them', async () => {
      const url = `${page.url}/${locale}/subscribe`;
      const sent = { 'sec-fetch-site': 'same-origin', 'content-type': FORM };
      const wrong = await ask(url, {
        method: 'POST',
        headers: sent,
        body: 'channel=email&email=x',
      });
      expect(faultsIn(wrong.text)).toEqual([]);
      const address = `wang%40${locale.toLowerCase()}.example`;
      const body = `channel=email&email=${address}&scope=all&kinds=incident&locale=${locale}`;
      await ask(url, { method: 'POST', headers: sent, body });
      const { store, signer } = page.site;
      while (await store.fanOut({ now: NOW, limit: 100, operators: [] }));
      const [{ recipient } = {}] = await store.claimDeliveries({
        owner: 'test',
        now: NOW,
        limit: 1_000,
      });
      const subscriber = await store.subscriber(recipient?.id ?? '');
      if (subscriber === null) throw new Error('Nobody was told');
      const public_url = page.site.configuration.page.public_url;
      const links = subscriptionLinks({ public_url, signer, subscriber });
      const below = (link: string) => page.url + link.slice(public_url.length);
      const headers = { ...sent, 'accept-language': locale };
      for (const link of [links.manage, links.confirm, links.unsubscribe]) {
        for (const method of ['GET', 'POST']) {
          const { text } = await ask(below(link), { method, headers });
          expect(faultsIn(text)).toEqual([]);
        }
      }
    });

    test('the page of an alert has them', async () => {
      const claim = {
        subject: anAlert().id,
        nonce: '',
        expires_at: null,
        purpose: 'acknowledge',
      } as const;
      const path = `/${locale}/alerts/acknowledge?t=${linkToken(claim, page.site.signer)}`;
      expect(faultsIn((await ask(page.url + path)).text)).toEqual([]);
      expect(faultsIn((await ask(page.url + path, { method: 'POST' })).text)).toEqual([]);
    });

    const ADMIN = `/admin/${locale}/`;
    const OF_A_MAINTENANCE = [
      'mnt000000001',
      'mntoverrun01',
      'mntcompleted',
      'mntdraft0000',
    ].flatMap((id) =>
      ['', '/edit', '/announce', '/start', '/extend', '/end', '/cancel'].map(
        (action) => `${ADMIN}maintenances/${id}${action}`,
      ),
    );

    test('the pages of an administrator have them', async () => {
      const browser = openBrowser(page);
      const faults = [...faultsIn((await browser.get(`${ADMIN}sign-in`)).text)];
      const shown: string[] = [];
      await browser.signIn(await page.site.store.renewAdminToken());
      for (const path of [ADMIN, `${ADMIN}maintenances/new`, ...OF_A_MAINTENANCE]) {
        // Where it cannot be done any more, one is led back.
        const { status, text } = await browser.get(path);
        if (status === 200) shown.push(path);
        faults.push(...faultsIn(text).map((it) => `${path}: ${it}`));
      }
      const form = await browser.get(`${ADMIN}maintenances/new`);
      const refused = await browser.submit(form, `${ADMIN}maintenances/new`, {
        submit: 'announce',
      });
      expect(refused.text).toContain(refused_words);
      faults.push(...faultsIn(refused.text).map((it) => `refused: ${it}`));
      expect(faults).toEqual([]);
      expect(shown.length).toBeGreaterThan(12);
    });
  },
);
