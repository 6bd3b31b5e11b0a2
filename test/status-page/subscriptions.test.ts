import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../model/time.ts';
import { createSignUpLimiter } from '../../status-page/subscriptions/sign-up-limiter.ts';
import { ask } from './request.ts';
import { NOW, openSite, siteConfiguration, startPage } from './site.ts';
import { AS_FORM, type SentFields, SIGN_UP, useSubscriptions } from './use-subscriptions.ts';

const { page, get, post, signUp, told, subscriber, stored } = useSubscriptions();

describe('the form', () => {
  test('offers the systems, says what is kept and why, and works without scripts', async () => {
    const { status, text, headers } = await get('/en/subscribe');
    expect([status, headers['content-language']]).toEqual([200, 'en']);
    expect(text).toContain('Beijing e-invoices (simulated)');
    expect(text).toContain('Deleted after 48 hours if not confirmed');
    expect(text).toContain('contact ops@example.invalid');
    expect(text).not.toContain('<script');
    expect(text).toContain(
      `<link rel="canonical" href="https://status.example.invalid/en/subscribe">`,
    );
  });

  test('is a link on the page', async () => {
    expect((await get('/zh-CN/')).text).toContain('href="/zh-CN/subscribe">订阅通知</a>');
  });

  test('offers no mails where none can be sent', async () => {
    const other = await openSite(siteConfiguration());
    const silent = await startPage({ site: other, clock: page.clock });
    const form = await ask(`${silent.url}/en/subscribe`);
    expect(form.text).not.toContain('value="email"');
    expect(form.text).toMatch(/value="webhook" checked/);
    const answer = await ask(`${silent.url}/en/subscribe`, {
      method: 'POST',
      headers: { ...AS_FORM, 'sec-fetch-site': 'same-origin' },
      body: 'channel=email&email=wang%40a.example&kinds=incident&locale=en',
    });
    expect([answer.status, answer.text.includes('Choose how to be told.')]).toEqual([422, true]);
    await silent.stop();
    await other.close();
  });
});

describe('signing up', () => {
  test('keeps the request, tells the address alone and starts nothing', async () => {
    const answer = await signUp({
      scope: 'some',
      systems: ['beijing'],
      kinds: 'incident',
      locale: 'en',
    });
    expect([answer.status, answer.headers.location]).toEqual([303, '/zh-CN/subscribe/sent']);
    expect((await get('/zh-CN/subscribe/sent')).text).toContain('48 小时内');
    const [kept, ...others] = await told();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      channel: 'email',
      address: 'wang@a.example',
      status: 'pending',
      systems: ['beijing'],
      kinds: ['incident'],
      locale: 'en',
      secret: null,
      created_at: NOW,
    });
  });

  test('answers the same whether the address is new, waiting or subscribed', async () => {
    const first = await signUp();
    const second = await signUp();
    const [waiting] = await told();
    if (!waiting) throw new Error('Nobody was told');
    await page.site.store.confirmSubscriber(waiting.id, waiting.nonce, NOW);
    const third = await signUp({ kinds: 'incident' });
    const seen = [first, second, third].map(({ status, headers, text }) => {
      const { date, ...others } = headers;
      return { status, others, text };
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(await stored(waiting.id)).toMatchObject({ kinds: ['incident', 'maintenance'] });
    expect((await told()).map(({ id }) => id)).toEqual([waiting.id]);
  });

  test('with the address written another way is the same subscriber', async () => {
    const { id } = await subscriber({ email: ' wang@A.Example ' });
    expect(await stored(id)).toMatchObject({ address: 'wang@a.example' });
    await signUp({ email: 'wang@a.EXAMPLE' });
    expect((await told()).map((it) => it.id)).toEqual([id]);
  });

  test('by what is no mailbox is refused at the field', async () => {
    const addresses: [string, string, string][] = [
      ['nothing', '', '请填写邮箱地址'],
      ['no mailbox', 'wang', '这不像一个邮箱地址'],
      ['two mailboxes', 'a@a.example,b@b.example', '这不像一个邮箱地址'],
      ['a name', 'Wang <wang@a.example>', '这不像一个邮箱地址'],
      ['a host inside', 'root@localhost', '这不像一个邮箱地址'],
      ['a header', 'wang@a.example\r\nBcc: all@b.example', '不能有换行'],
      ['a line break', 'wang@a.example\nx', '不能有换行'],
      ['a null', 'wang\0@a.example', '不能有换行'],
      ['too much', `${'w'.repeat(65)}@a.example`, '这不像一个邮箱地址'],
      ['far too much', `w@${'a.'.repeat(200)}example`, '这不像一个邮箱地址'],
      ['HTML', '"><script>alert(1)</script>@a.example', '这不像一个邮箱地址'],
    ];
    for (const [what, email, words] of addresses) {
      const answer = await signUp({ email });
      const { status, headers, text } = answer;
      expect([what, status, headers['cache-control']]).toEqual([what, 422, 'no-store']);
      expect(text).toMatch(new RegExp(`<p class="wrong" id="email-problem">[^<]*${words}`));
      expect(text).toContain('aria-describedby="email-problem"');
      expect(text).not.toContain('<script');
    }
    expect(await told()).toEqual([]);
  });

  test('by a webhook that must not be spoken to is refused at the field', async () => {
    const addresses: [string, string, string][] = [
      ['nothing', '', '请填写接收地址'],
      ['no address', 'hook', '这不是一个网址'],
      ['another scheme', 'file:///etc/passwd', '这不是一个网址'],
      ['script', 'javascript:alert(1)', '这不是一个网址'],
      ['a line break', 'https://a.example/\r\nHost: b.example', '这不是一个网址'],
      ['too much', `https://a.example/${'a'.repeat(500)}`, '这不是一个网址'],
      ['not encrypted', 'http://a.example/hook', '只接受 https'],
      ['with a password', 'https://me:secret@a.example/', '不能带用户名'],
      ['of another service', 'https://a.example:22/', '只接受 443'],
      ['this machine', 'https://127.0.0.1/hook', '内部网络'],
      ['this machine in disguise', 'https://0x7f.1/hook', '内部网络'],
      ['this machine by IPv6', 'https://[::ffff:127.0.0.1]/hook', '内部网络'],
      ['a private network', 'https://10.0.0.8/hook', '内部网络'],
      ['a cloud’s metadata', 'https://169.254.169.254/latest/', '内部网络'],
    ];
    for (const [what, url, words] of addresses) {
      const answer = await signUp({ channel: 'webhook', url });
      expect([what, answer.status]).toEqual([what, 422]);
      expect(answer.text).toMatch(new RegExp(`<p class="wrong" id="url-problem">[^<]*${words}`));
    }
    expect(await told()).toEqual([]);
  });

  test.each([
    ['no channel', { channel: 'pigeon' }, 'channel', '请选择怎么通知你'],
    ['no system', { scope: 'some' }, 'systems', '请至少选一个系统'],
    ['a system of its own', { scope: 'some', systems: ['<b>x'] }, 'systems', '选中的系统这里没有'],
    ['no kind', { kinds: [] }, 'kinds', '请至少选一种事情'],
    ['a kind of its own', { kinds: 'gossip' }, 'kinds', '请至少选一种事情'],
    ['another language', { locale: 'xx' }, 'locale', '请选择语言'],
  ] as [string, SentFields, string, string][])(
    'with %s is refused at the field, and what was right is kept',
    async (_, fields, field, words) => {
      const answer = await signUp(fields);
      expect(answer.status).toBe(422);
      expect(answer.text).toMatch(new RegExp(`id="${field}-problem">[^<]*${words}`));
      expect(answer.text).toContain(`<a href="#${field}">`);
      expect(answer.text).toContain('value="wang@a.example"');
      expect(await told()).toEqual([]);
    },
  );

  test('names all that is wrong at once', async () => {
    const answer = await post(
      '/en/subscribe',
      { channel: 'email' },
      { 'sec-fetch-site': 'same-origin' },
    );
    expect(answer.text).toContain('please correct 3 fields');
    expect(answer.text.match(/class="wrong"/g)).toHaveLength(3);
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['nobody knows where', { 'sec-fetch-site': 'none' }, 403],
    ['JSON', { 'content-type': 'application/json' }, 415],
    ['a file', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ])('from or as %s is a problem', async (_, headers: Record<string, string>, status) => {
    const answer = await signUp({}, headers);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json',
    ]);
    expect(await told()).toEqual([]);
  });

  test('with far too much is a problem', async () => {
    expect((await signUp({ email: 'w'.repeat(20_000) })).status).toBe(413);
  });

  test('by a webhook keeps a secret that nobody is shown before confirming', async () => {
    const url = 'https://hooks.a.example/x?y=1#part';
    const answer = await signUp({ channel: 'webhook', url });
    const [kept] = await told();
    expect(kept).toMatchObject({ channel: 'webhook', address: 'https://hooks.a.example/x?y=1' });
    expect(kept?.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(answer.text).not.toContain('whsec_');
    expect((await signUp({ channel: 'webhook', url: 'http://127.0.0.1:9999/' })).status).toBe(303);
  });
});

describe('a flood of sign-ups', () => {
  test('of one address is three messages an hour', async () => {
    for (let n = 0; n < 3; n++) expect((await signUp()).status).toBe(303);
    page.clock.set(NOW + 20 * MINUTE);
    const answer = await signUp();
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '2400']);
    expect(answer.text).toContain('请 40 分钟后再试');
    expect(answer.text).toContain('value="wang@a.example"');
    expect(await told()).toHaveLength(3);
    page.clock.set(NOW + HOUR);
    expect((await signUp()).status).toBe(303);
    expect(await page.metrics()).toContain('fapiao_subscription_total{event="refused"} 1');
  });

  test('D11: of one mailbox is three messages an hour, however it is spelt', async () => {
    const SPELT = ['wang@a.example', 'Wang@a.example', 'wang+1@A.EXAMPLE', 'WANG+x+y@a.example'];
    const statuses = [];
    for (const email of SPELT) statuses.push((await signUp({ email })).status);
    expect(statuses).toEqual([303, 303, 303, 429]);
    const addresses = (await told()).map(({ address }) => address);
    expect(addresses.toSorted()).toEqual(['Wang@a.example', 'wang+1@a.example', 'wang@a.example']);
    expect((await signUp({ email: 'wan.g@a.example' })).status).toBe(303);
  });

  test('D11: of one webhook is three messages an hour, whatever its query', async () => {
    const statuses = [];
    for (const query of ['', '?1', '?2', '?3']) {
      const url = `https://hooks.a.example/x${query}`;
      statuses.push((await signUp({ channel: 'webhook', url })).status);
    }
    expect(statuses).toEqual([303, 303, 303, 429]);
    const url = 'https://hooks.a.example/y';
    expect((await signUp({ channel: 'webhook', url })).status).toBe(303);
  });

  test('D8: from one client is bounded, whatever it claims to be', async () => {
    const from = (n: number) =>
      signUp(
        { email: `n${n}@a.example` },
        { 'x-forwarded-for': `10.0.0.${n}`, forwarded: `for=${n}` },
      );
    for (let n = 0; n < 20; n++) expect((await from(n)).status).toBe(303);
    expect((await from(20)).status).toBe(429);
  });

  test('D8: is counted by clients that a trusted proxy names', async () => {
    const { page: settings, ...rest } = page.site.configuration;
    const configuration = { ...rest, page: { ...settings, trusted_proxies: ['127.0.0.0/8'] } };
    const site = { ...page.site, configuration };
    const behind = await startPage({ site, clock: page.clock });
    const from = async (client: string, n: number) => {
      const body = String(
        new URLSearchParams({ ...SIGN_UP, email: `n${n}@a.example`, kinds: 'incident' }),
      );
      const forwarded = { 'x-forwarded-for': `10.0.0.${n}, ${client}` };
      const headers = { ...AS_FORM, 'sec-fetch-site': 'same-origin', ...forwarded };
      return (await ask(`${behind.url}/en/subscribe`, { method: 'POST', headers, body })).status;
    };
    for (let n = 0; n < 20; n++) expect(await from(`2001:db8::${n}`, n)).toBe(303);
    expect(await from('2001:db8::ffff', 20)).toBe(429);
    expect(await from('2001:db8:0:1::1', 20)).toBe(303);
    await behind.stop();
  });

  test('is bounded in all, and by the hour', () => {
    const counter = createSignUpLimiter(page.clock);
    const take = (n: number) =>
      counter.take({ channel: 'email', receiver: `n${n}@a.example`, client: `client ${n}` });
    for (let n = 0; n < 500; n++) expect(take(n)).toBe(0);
    page.clock.set(NOW + MINUTE);
    expect(take(500)).toBe(59 * MINUTE);
    page.clock.set(NOW + HOUR);
    expect(take(500)).toBe(0);
  });
});
