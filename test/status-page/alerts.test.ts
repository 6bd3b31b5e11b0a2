import { describe, expect, test } from 'vitest';
import { linkToken } from '../../model/links.ts';
import { MINUTE } from '../../model/time.ts';
import { anAlert } from '../notify/samples.ts';
import { ask } from './request.ts';
import { NOW } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  prepare: ({ store }) => store.record({ alerts: [anAlert({ since: NOW - 5 * MINUTE })] }),
});

function tokenFor(subject: string, purpose: 'acknowledge' | 'manage' = 'acknowledge'): string {
  return linkToken({ purpose, subject, nonce: '', expires_at: null }, page.site.signer);
}

const visit = (token: string, method = 'GET', locale = 'zh-CN') =>
  ask(`${page.url}/${locale}/alerts/acknowledge?t=${token}`, { method });

describe('the link in an alert', () => {
  test('shows what it is about and a button, and acknowledges nothing by itself', async () => {
    const { status, text, headers } = await visit(tokenFor(anAlert().id));
    expect(status).toBe(200);
    expect(text).toContain('北京电子发票（模拟）：下载中断');
    expect(text).toMatch(/<form[^>]+method="post"/);
    expect(headers['cache-control']).toBe('no-store');
    expect((await page.site.store.alert(anAlert().id))?.acknowledged_at).toBeNull();
  });

  test('acknowledges by its button, once and for all', async () => {
    const token = tokenFor(anAlert().id);
    expect((await visit(token, 'POST')).text).toContain('11月21日 14:32 起有人处理');
    page.clock.set(NOW + MINUTE);
    expect((await visit(token, 'POST')).text).toContain('11月21日 14:32 起有人处理');
    expect((await visit(token)).text).not.toContain('<button');
    expect((await page.site.store.alert(anAlert().id))?.acknowledged_at).toBe(NOW);
  });

  test('says when it is over', async () => {
    const resolved_at = NOW - MINUTE;
    await page.site.store.record({
      alerts: [anAlert({ resolved_at, resolved_since: resolved_at })],
    });
    const { text } = await visit(tokenFor(anAlert().id), 'GET', 'en');
    expect(text).toContain('The alert was resolved at Nov 21, 14:31');
    expect(text).not.toContain('<button');
  });

  test.each([
    ['nothing', () => ''],
    ['something forged', () => 'acknowledge.alert0000001...AAAA'],
    ['another purpose', () => tokenFor(anAlert().id, 'manage')],
    ['an alert that is not there', () => tokenFor('nobody000000')],
  ])('leads nowhere for %s', async (_, token) => {
    for (const method of ['GET', 'POST']) {
      const { status, text } = await visit(token(), method);
      expect(status).toBe(404);
      expect(text).toContain('链接无效');
    }
    expect((await page.site.store.alert(anAlert().id))?.acknowledged_at).toBeNull();
  });

  test('knows no other methods', async () => {
    expect((await visit(tokenFor(anAlert().id), 'DELETE')).status).toBe(405);
  });
});
