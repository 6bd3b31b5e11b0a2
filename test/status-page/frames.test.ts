import { expect, test } from 'vitest';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import { breakDownload, seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const given = siteConfiguration();
const ALLOWED = ['https://erp.example.org', 'http://intranet.example.com:8080'];
const page = usePage({
  configuration: { ...given, page: { ...given.page, frame_ancestors: ALLOWED } },
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
  },
  once: true,
});

const plain = usePage({ prepare: seedHistory, once: true });

async function ancestorsOf(url: string, headers: Record<string, string> = {}) {
  const answer = await ask(url, { headers });
  // It would contradict the policy in browsers that know only this one.
  expect(answer.headers['x-frame-options']).toBeUndefined();
  const policy = String(answer.headers['content-security-policy']);
  return /frame-ancestors ([^;]*)/.exec(policy)?.[1];
}

test.each([
  '/',
  '/zh-CN/',
  '/en/',
  '/en/incidents/abc123def456',
  '/zh-CN/maintenances/mnt000000001',
])('O6: %s may be framed by the origins of the configuration alone', async (path) => {
  expect(await ancestorsOf(page.url + path)).toBe(ALLOWED.join(' '));
});

test.each([
  '/zh-CN/subscribe',
  '/en/subscribe/sent',
  '/en/subscription',
  '/en/subscription/confirm',
  '/unsubscribe',
  '/zh-CN/alerts/acknowledge',
  '/admin',
  '/admin/zh-CN/',
  '/admin/en/sign-in',
  '/badge/beijing.query.svg',
  '/en/nothing',
])('O6: %s is never framed', async (path) => {
  expect(await ancestorsOf(page.url + path, { accept: 'text/html' })).toBe("'none'");
});

test.each(['/', '/en/'])('O6: without a list nobody may frame %s', async (path) => {
  expect(await ancestorsOf(plain.url + path)).toBe("'none'");
});
