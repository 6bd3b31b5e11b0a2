import { describe, expect, test } from 'vitest';
import { linkToken } from '../../model/links.ts';
import { HOUR } from '../../model/time.ts';
import { ask } from './request.ts';
import { NOW } from './site.ts';
import { headingOf, SIGN_UP, useSubscriptions } from './use-subscriptions.ts';

const { page, get, post, subscriber, stored } = useSubscriptions();

describe('confirming', () => {
  test('is asked first, so that a scanner of links confirms nothing', async () => {
    const { id, confirm } = await subscriber();
    const answer = await get(confirm);
    expect([answer.status, headingOf(answer)]).toEqual([200, '确认订阅']);
    expect(answer.text).toContain('wang@a.example');
    expect(answer.text).toContain('<meta name="robots" content="noindex">');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await ask(page.url + confirm, { method: 'HEAD' })).status).toBe(200);
    expect(await stored(id)).toMatchObject({ status: 'pending' });
  });

  test('starts the subscription, once; again it says so kindly', async () => {
    const { id, confirm } = await subscriber();
    page.clock.set(NOW + HOUR);
    expect(headingOf(await post(confirm, {}))).toBe('订阅成功');
    expect(await stored(id)).toMatchObject({ status: 'active', confirmed_at: NOW + HOUR });
    page.clock.set(NOW + 2 * HOUR);
    for (const again of [await post(confirm, {}), await get(confirm)]) {
      expect([again.status, headingOf(again)]).toEqual([200, '已经确认过了']);
    }
    expect(await stored(id)).toMatchObject({ confirmed_at: NOW + HOUR });
    expect(await page.metrics()).toContain('fapiao_subscription_total{event="confirmed"} 1');
  });

  test('shows the secret of a webhook, and only then', async () => {
    const { id, confirm, manage } = await subscriber({
      channel: 'webhook',
      url: 'https://hooks.a.example/',
    });
    const { secret } = (await stored(id)) ?? {};
    expect((await get(confirm)).text).not.toContain('whsec_');
    expect((await post(confirm, {})).text).toContain(`<code>${secret}</code>`);
    for (const later of [await post(confirm, {}), await get(confirm), await get(manage)]) {
      expect(later.text).not.toContain('whsec_');
    }
  });

  test('later than 48 hours is too late', async () => {
    const { id, confirm } = await subscriber();
    page.clock.set(NOW + 48 * HOUR + 1);
    for (const answer of [await get(confirm), await post(confirm, {})]) {
      expect([answer.status, headingOf(answer)]).toEqual([410, '链接已过期']);
    }
    expect(await stored(id)).toMatchObject({ status: 'pending' });
  });
});

describe('a link', () => {
  test('forged, cut or made for something else leads nowhere', async () => {
    const { id, confirm, manage, unsubscribe } = await subscriber();
    const token = (link: string) => link.slice(link.indexOf('=') + 1);
    const forged = [
      `/zh-CN/subscription/confirm?t=${token(manage)}`,
      `/zh-CN/subscription?t=${token(unsubscribe)}`,
      `/unsubscribe?t=${token(confirm)}`,
      confirm.slice(0, -2),
      manage.replace(id, 'other0000000'),
      '/zh-CN/subscription/confirm',
      '/zh-CN/subscription?t=',
      '/unsubscribe?t=%00%ff<b>',
    ];
    for (const path of forged) {
      for (const answer of [await get(path), await post(path, SIGN_UP)]) {
        expect([path, answer.status, headingOf(answer)]).toEqual([path, 404, '链接无效']);
        expect(answer.text).not.toContain('wang@');
      }
    }
    expect(await stored(id)).toMatchObject({ status: 'pending' });
  });

  test('D10: with anything behind it, or written otherwise, leads nowhere', async () => {
    const { id, confirm, manage, unsubscribe } = await subscriber();
    const BEHIND = ['x', '=', '.', '.x', '%20', '%0d%0aSet-Cookie:%20a=b', '%00', '%', '%0A', '+'];
    for (const link of [confirm, manage, unsubscribe]) {
      const [address = '', token = ''] = link.split('=');
      const encoded = `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`;
      const written = [
        encoded,
        token.replace('.', '%2E'),
        encoded.replace('%', '%25'),
        `%20${token}`,
      ];
      for (const it of [...BEHIND.map((rubbish) => token + rubbish), ...written]) {
        const path = `${address}=${it}`;
        for (const answer of [await get(path), await post(path, SIGN_UP)])
          expect([path, answer.status, headingOf(answer)]).toEqual([path, 404, '链接无效']);
      }
    }
    expect(await stored(id)).toMatchObject({ status: 'pending' });
  });

  test('signed by us, but not the one that was sent, leads nowhere', async () => {
    const { id } = await subscriber();
    const claim = { purpose: 'manage', subject: id, nonce: 'another', expires_at: null } as const;
    const path = `/zh-CN/subscription?t=${linkToken(claim, page.site.signer)}`;
    for (const answer of [await get(path), await post(path, SIGN_UP)])
      expect([answer.status, headingOf(answer)]).toEqual([404, '链接无效']);
  });

  test('of before somebody left and came again is void', async () => {
    const old = await subscriber();
    await post(old.unsubscribe, {});
    const { id } = await subscriber();
    expect((await get(old.manage)).status).toBe(410);
    expect((await post(old.confirm, {})).status).toBe(410);
    expect((await post(old.unsubscribe, {})).status).toBe(200);
    expect(await stored(id)).toMatchObject({ status: 'pending' });
  });

  test('is asked only with what it is for', async () => {
    const { confirm, manage, unsubscribe } = await subscriber();
    for (const path of ['/zh-CN/subscribe', confirm, manage, unsubscribe]) {
      const answer = await ask(page.url + path, { method: 'DELETE' });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    }
  });
});

describe('managing', () => {
  test('shows everything that is kept', async () => {
    const { confirm, manage } = await subscriber({ scope: 'some', systems: ['beijing'] });
    expect((await get(manage)).text).toContain('还没有确认，不会收到通知');
    await post(confirm, {});
    const { text } = await get(manage);
    for (const words of ['wang@a.example', '生效中', '北京电子发票（模拟）', '11月21日 14:32']) {
      expect(text).toContain(words);
    }
    const english = await get(manage.replace('zh-CN', 'en'));
    expect(english.text).toContain('Everything we keep');
    expect(english.text).toContain(`href="/zh-CN/subscription?t=`);
  });

  test('changes systems, kinds and language', async () => {
    const { id, manage } = await subscriber();
    const choice = {
      scope: 'some',
      systems: ['beijing', 'beijing'],
      kinds: 'incident',
      locale: 'en',
    };
    const answer = await post(manage, choice);
    expect([answer.status, answer.headers.location]).toEqual([303, `${manage}&saved=1`]);
    expect((await get(answer.headers.location ?? '')).text).toContain('已保存');
    expect(await stored(id)).toMatchObject({
      systems: ['beijing'],
      kinds: ['incident'],
      locale: 'en',
      address: 'wang@a.example',
    });
    await post(manage, { ...choice, scope: 'all', address: 'li@b.example', status: 'active' });
    expect(await stored(id)).toMatchObject({
      systems: null,
      address: 'wang@a.example',
      status: 'pending',
    });
  });

  test('refuses what is wrong at the field and keeps what was there', async () => {
    const { id, manage } = await subscriber();
    const answer = await post(manage, { scope: 'some', kinds: [], locale: 'en' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('请修改下面 2 处');
    expect(answer.text).toMatch(/value="en" checked/);
    expect(await stored(id)).toMatchObject({ kinds: ['incident', 'maintenance'] });
  });
});

describe('unsubscribing', () => {
  const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

  test('takes one POST without cookie or origin, deletes all, and again does no harm', async () => {
    const { id, confirm, unsubscribe } = await subscriber();
    await post(confirm, {});
    const first = await post(unsubscribe, ONE_CLICK, { origin: 'https://mail.example' });
    expect([first.status, headingOf(first)]).toEqual([200, '已退订']);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect(await stored(id)).toBeNull();
    const again = await post(unsubscribe, ONE_CLICK, { 'accept-language': 'zh-CN' });
    expect([again.status, headingOf(again)]).toEqual([200, '已退订']);
    expect(await page.metrics()).toContain('fapiao_subscription_total{event="ended"} 1');
  });

  test('takes the other form that mail programs may send', async () => {
    const { id, unsubscribe } = await subscriber();
    const body =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n' +
      'One-Click\r\n--x--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await ask(page.url + unsubscribe, { method: 'POST', headers, body });
    expect([answer.status, await stored(id)]).toEqual([200, null]);
  });

  test('is asked first when the link is followed, in the subscriber’s language', async () => {
    const { id, unsubscribe } = await subscriber({ locale: 'en' });
    const answer = await get(unsubscribe, { 'accept-language': 'zh-CN' });
    expect([answer.status, headingOf(answer)]).toEqual([200, 'Unsubscribe']);
    expect(await stored(id)).not.toBeNull();
    await post(unsubscribe, {});
    expect((await get(unsubscribe, { 'accept-language': 'en' })).status).toBe(410);
  });
});
