import { describe, expect, test } from 'vitest';
import { linkToken } from '../../model/links.ts';
import { MINUTE } from '../../model/time.ts';
import { anAlert } from '../notify/samples.ts';
import { deliverEach } from '../store/deliver-each.ts';
import { ask } from './request.ts';
import { aStatus, NOW } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  prepare: ({ store }) => store.record({ alerts: [anAlert({ since: NOW - 5 * MINUTE })] }),
});

function tokenFor(subject: string, purpose: 'acknowledge' | 'manage' = 'acknowledge'): string {
  return linkToken({ purpose, subject, nonce: '', expires_at: null }, page.site.signer);
}

const visit = (token: string, method = 'GET', locale = 'zh-CN') =>
  ask(`${page.url}/${locale}/alerts/acknowledge?t=${token}`, { method });

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Presses the button with this name. */
const press = (token: string, name: string, headers: Record<string, string> = FORM) =>
  ask(`${page.url}/zh-CN/alerts/acknowledge?t=${token}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ name }).toString(),
  });

/** The kinds of all notices. */
async function told(): Promise<string[]> {
  const operators = [{ id: 'operator', channel: 'log' }];
  const delivered = await deliverEach(page.site.store, NOW, operators);
  return delivered.map(({ notice }) => notice.kind);
}

describe('the link in an alert', () => {
  test('shows what it is about and a button, and acknowledges nothing by itself', async () => {
    const { status, text, headers } = await visit(tokenFor(anAlert().id));
    expect(status).toBe(200);
    expect(text).toContain('北京电子发票（模拟）：下载中断');
    expect(text).toMatch(/<form[^>]+method="post"/);
    expect(headers['cache-control']).toBe('no-store');
    expect((await page.site.store.alert(anAlert().id))?.acknowledged_at).toBeNull();
  });

  test('says that it was so, of what is not known any more', async () => {
    const lost = aStatus('beijing.download', 'unknown');
    await page.site.store.record({ components: [lost] });
    const { text } = await visit(tokenFor(anAlert().id));
    // In the summary, and in the list of those that are open.
    expect(text.match(/下载曾中断，现在情况不明/g)).toHaveLength(2);
    expect(text).not.toContain('现在是“中断”');
  });

  test('T8: acknowledges by its button with a name, once, and tells the operators', async () => {
    const token = tokenFor(anAlert().id);
    expect((await press(token, '  王  芳\u0007 ')).text).toContain('11月21日 14:32 起由王 芳处理');
    page.clock.set(NOW + MINUTE);
    expect((await press(token, '李')).text).toContain('11月21日 14:32 起由王 芳处理');
    expect((await visit(token)).text).not.toContain('<button');
    expect(await page.site.store.alert(anAlert().id)).toMatchObject({
      acknowledged_at: NOW,
      acknowledged_by: '王 芳',
    });
    expect(await told()).toEqual(['alert_acknowledged']);
  });

  test.each([
    ['none', ''],
    ['spaces', ' \u3000\u200b'],
    ['a long one', '王'.repeat(41)],
  ])('T8: asks again for a name: %s', async (_, name) => {
    const { status, text } = await press(tokenFor(anAlert().id), name);
    expect(status).toBe(422);
    expect(text).toContain('最多 40 个字');
    expect(text).toContain('aria-invalid="true"');
    expect(await told()).toEqual([]);
  });

  test('T8: shows a name as text, whatever is in it', async () => {
    const { text } = await press(tokenFor(anAlert().id), '<b>&"王"');
    expect(text).toContain('&lt;b&gt;&amp;');
    expect(text).not.toContain('<b>&');
  });

  test('T8: takes only a form, of bounded size', async () => {
    const token = tokenFor(anAlert().id);
    expect((await press(token, '王', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await press(token, 'x'.repeat(20_000))).status).toBe(413);
    expect(await told()).toEqual([]);
  });

  test('T8: lists the open alerts, with who sees to each and its own link', async () => {
    const other = anAlert({ id: 'other0000000', kind: 'own', subject: 'disk', state: null });
    const known = { acknowledged_at: NOW - MINUTE, acknowledged_by: '李雷' };
    const over = { resolved_at: NOW, resolved_since: NOW };
    await page.site.store.record({
      alerts: [{ ...other, ...known }, anAlert({ id: 'over00000000', kind: 'stale', ...over })],
    });
    const { text } = await visit(tokenFor(anAlert().id));
    const [list = ''] = /<section aria-labelledby="open">.*?<\/section>/s.exec(text) ?? [];
    expect(list.match(/<li>/g)).toHaveLength(2);
    expect(list).toContain('11月21日 14:31 起由李雷处理');
    expect(list).toContain('还没有人说在处理');
    expect(list).toContain(`t=${tokenFor('other0000000')}`);
  });

  test('T8: nobody sees that list without a link, or by that of another purpose', async () => {
    for (const path of ['alerts', 'alerts/', 'alerts/acknowledge'])
      expect((await ask(`${page.url}/zh-CN/${path}`)).status).toBe(404);
    expect((await ask(`${page.url}/zh-CN/`)).text).not.toContain('alerts/acknowledge');
    const admin = await ask(`${page.url}/admin/zh-CN/alerts`);
    expect(admin.status).toBe(303);
    expect(admin.text).not.toContain('下载中断');
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
    ['D10: rubbish behind it', () => `${tokenFor(anAlert().id)}!`],
    ['D10: a line break behind it', () => `${tokenFor(anAlert().id)}%0d%0a`],
    ['D10: a letter percent-encoded', () => tokenFor(anAlert().id).replace('a', '%61')],
    ['an alert that is not there', () => tokenFor('nobody000000')],
  ])('leads nowhere for %s', async (_, token) => {
    for (const answer of [visit(token()), press(token(), '王')]) {
      const { status, text } = await answer;
      expect(status).toBe(404);
      expect(text).toContain('链接无效');
      expect(text).not.toContain('下载中断');
    }
    expect((await page.site.store.alert(anAlert().id))?.acknowledged_at).toBeNull();
  });

  test('knows no other methods', async () => {
    expect((await visit(tokenFor(anAlert().id), 'DELETE')).status).toBe(405);
  });
});
