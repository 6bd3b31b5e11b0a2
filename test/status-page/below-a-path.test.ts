import { describe, expect, test } from 'vitest';
import { linkToken } from '../../model/links.ts';
import { subscriptionLinks } from '../../model/subscription-links.ts';
import { notifySettings } from '../channels/settings.ts';
import { deliverEach } from '../store/deliver-each.ts';
import { openBrowser } from './admin/browser.ts';
import { crawl } from './crawl.ts';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import { breakDownload, NOW, seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

/** A site below a path of a host that has other things too. */
const PUBLIC_URL = 'https://host.invalid/e-invoices/status';

const configuration = siteConfiguration();
configuration.page.public_url = PUBLIC_URL;
configuration.notify = notifySettings({ from: 'status@host.invalid' });
const page = usePage({
  configuration,
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
  },
  once: true,
});

const BASE = '/e-invoices/status';
const origin = () => new URL(page.url).origin;
const get = (path: string, init: RequestInit = {}) =>
  fetch(origin() + path, { redirect: 'manual', ...init });

describe('O6: below a path', () => {
  test.each(['zh-CN', 'en', 'ja'])(
    'every address that is published in %s is there, and none leaves the path',
    async (locale) => {
      const { found, outside, dead } = await crawl({
        origin: origin(),
        public_url: PUBLIC_URL,
        from: [`${BASE}/${locale}/`, `${BASE}/${locale}/demo/drills`, `${BASE}/badge/none.svg`],
        headers: { 'accept-language': locale },
      });
      // The stand-in for the built part has one script; drills need simulators.
      const missing = dead.filter((it) => !/\/assets\/|\/demo\/drills 502$/.test(it));
      expect({ outside, missing }).toEqual({
        outside: [],
        missing: [`${BASE}/badge/none.svg 404`],
      });
      for (const path of [
        `${locale}/incidents/abc123def456`,
        `${locale}/maintenances/mnt000000001`,
        `${locale}/subscribe`,
        `${locale}/history.atom`,
        `${locale}/history.rss`,
        `${locale}/history.json`,
        `${locale}/maintenance.ics`,
        `${locale}/demo/mailbox`,
        'favicon.svg',
        'api/v2/summary.json',
        'api/v2/scheduled-maintenances/upcoming.json',
      ])
        expect([path, found.get(`${BASE}/${path}`)]).toEqual([path, 200]);
    },
  );

  test('the paths that the description of the API has are below its server', async () => {
    const document = await (await get(`${BASE}/api/openapi.json`)).json();
    expect(document.servers).toEqual([{ url: PUBLIC_URL }]);
    const paths = Object.keys(document.paths).filter(
      (path) => path.startsWith('/api/') && !path.includes('{'),
    );
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      const { status } = await get(BASE + path, { method: 'OPTIONS' });
      expect([path, status]).toEqual([path, 204]);
    }
  });

  test('less than the path leads to it; beside it there is nothing', async () => {
    for (const path of ['/', BASE]) {
      const { status, headers } = await get(path);
      expect([path, status, headers.get('location')]).toEqual([path, 302, `${BASE}/`]);
    }
    const beside = [
      '/e-invoices',
      '/e-invoices/',
      '/e-invoices/statuses',
      '/zh-CN/',
      '/admin',
      '/api/v2/summary.json',
      '/live',
      '/robots.txt',
      `${BASE}${BASE}/`,
      '/e-invoices/%73tatus/zh-CN/',
      '/E-invoices/status/zh-CN/',
    ];
    for (const path of beside) expect([path, (await get(path)).status]).toEqual([path, 404]);
    const refused = await get('/zh-CN/', { headers: { accept: 'text/html' } });
    expect(await refused.text()).toContain(`href="${BASE}/zh-CN/"`);
  });

  test('what leads on stays below it', async () => {
    for (const [path, location] of [
      ['/en', '/en/'],
      ['/admin', '/admin/ja/'],
      ['/admin/en', '/admin/en/'],
      ['/admin/en/', '/admin/en/sign-in'],
    ]) {
      const { headers } = await get(BASE + path, { headers: { 'accept-language': 'ja' } });
      expect([path, headers.get('location')]).toEqual([path, BASE + location]);
    }
  });

  test('signed links are there, with the forms they lead to', async () => {
    const { signer, store } = page.site;
    const { headers } = await ask(`${page.url}/en/subscribe`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: 'channel=email&email=wang%40example.com&scope=all&kinds=incident&locale=en',
    });
    expect(headers.location).toBe(`${BASE}/en/subscribe/sent`);
    const claim = { subject: 'a', nonce: '', expires_at: null, purpose: 'acknowledge' } as const;
    const acknowledge = `${BASE}/en/alerts/acknowledge?t=${linkToken(claim, signer)}`;
    expect((await (await get(acknowledge)).text()).includes('<h1>')).toBe(true);
    const [delivery] = await deliverEach(store, NOW);
    const subscriber = await store.subscriber(delivery?.recipient.id ?? '');
    if (subscriber === null) throw new Error('Nobody was told');
    const links = subscriptionLinks({ public_url: PUBLIC_URL, signer, subscriber });
    for (const link of [links.confirm, links.manage, links.unsubscribe]) {
      const { pathname, search } = new URL(link);
      expect([pathname, (await get(pathname + search)).status]).toEqual([pathname, 200]);
    }
    const { dead, outside } = await crawl({
      origin: origin(),
      public_url: PUBLIC_URL,
      from: [links.manage, links.unsubscribe].map((it) => it.replace('https://host.invalid', '')),
    });
    expect(outside).toEqual([]);
    expect(dead.filter((it) => it.includes('/subscri'))).toEqual([]);
  });

  test('an administrator signs in, and her cookie is sent nowhere else', async () => {
    const browser = openBrowser({ url: origin() });
    const at = `${BASE}/admin/en/sign-in`;
    const token = await page.site.store.renewAdminToken();
    const { status, headers } = await browser.submit(await browser.get(at), at, { token });
    expect([status, headers.location]).toEqual([303, `${BASE}/admin/en/`]);
    expect(headers['set-cookie']?.[0]).toContain(`; Path=${BASE}/admin; `);
    const { outside, dead } = await crawl({
      origin: origin(),
      public_url: PUBLIC_URL,
      from: [`${BASE}/admin/en/`, `${BASE}/admin/en/maintenances/mnt000000001`],
      headers: { cookie: browser.cookie },
    });
    expect(outside).toEqual([]);
    expect(dead.filter((it) => it.includes('/admin/'))).toEqual([]);
  });

  test('its neighbours are not told to use https alone', async () => {
    const { headers } = await get(`${BASE}/en/`);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('requests are counted by what they are for', async () => {
    await get(`${BASE}/ja/`);
    expect(await page.metrics()).toMatch(/requests_total\{route="page",status="200"\} [1-9]/);
  });

  test('crawlers that are handed our rules stay out of what is not for them', async () => {
    const rules = await (await get(`${BASE}/robots.txt`)).text();
    expect(rules).toBe(`User-agent: *\nDisallow: ${BASE}/demo/\nDisallow: ${BASE}/admin\n`);
  });
});
