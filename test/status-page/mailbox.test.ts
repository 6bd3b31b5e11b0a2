import { expect, test } from 'vitest';
import { systemClock } from '../../model/time.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { notifySettings } from '../channels/settings.ts';
import { aSubscriber, INCIDENT, NOTICE, UPDATE } from '../notify/samples.ts';
import { quiet } from '../platform/quiet.ts';
import { ask } from './request.ts';
import { fakeClock, openSite, siteConfiguration, startPage } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage();

/** What the notifier of the demo does with mails about an incident; the words are a person's. */
async function keepMails(count: number, words = 'all is well') {
  const notify = notifySettings({ from: 'status@example.invalid' });
  const configuration = { ...siteConfiguration(), notify };
  const { email } = await openSenders({
    configuration,
    render: createRender(configuration, page.site.signer),
    data_dir: page.site.data_dir,
    clock: systemClock,
    log: quiet,
  });
  const update = { ...UPDATE, code: 'text', text: words } as const;
  for (let i = 0; i < count; i++) {
    await email?.send({
      delivery_id: i.toString(16).padStart(24, '0'),
      notice: { ...NOTICE, created_at: NOTICE.created_at + i * 1_000 },
      payload: {
        subject: 'incident',
        affected: INCIDENT.components.map((component) => ({
          component,
          now: 'outage',
          bad_time: null,
        })),
        bad_time: null,
        corrected_at: null,
        incident: { ...INCIDENT, updates: [UPDATE] },
        update,
        said: [update],
        is_first: false,
      },
      to: {
        ...aSubscriber(),
        links: {
          confirm: '',
          manage: 'https://status.example.invalid/zh-CN/subscription?t=m',
          unsubscribe: 'https://status.example.invalid/unsubscribe?t=u',
        },
      },
    });
  }
}

const idOf = (n: number) => `${NOTICE.created_at + n * 1_000}-${n.toString(16).padStart(24, '0')}`;

test('an empty mailbox says how to fill it', async () => {
  const { status, text } = await ask(`${page.url}/zh-CN/demo/mailbox`);
  expect(status).toBe(200);
  expect(text).toContain('还没有邮件');
});

test('mails are listed newest first, the latest 50', async () => {
  await keepMails(60);
  const { text } = await ask(`${page.url}/en/demo/mailbox`);
  const listed = [...text.matchAll(/\/en\/demo\/mailbox\/(\d+-[0-9a-f]+)/g)].map(([, id]) => id);
  expect(listed.slice(0, 2)).toEqual([idOf(59), idOf(58)]);
  expect(listed).toHaveLength(50);
  expect(text).toContain('wang@example.com');
});

test('a mail is shown as text with links, and as HTML in a frame that can do nothing', async () => {
  await keepMails(1, '<script>alert(1)</script><img src=x onerror=alert(1)>');
  const mail = await ask(`${page.url}/zh-CN/demo/mailbox/${idOf(0)}`);
  expect(mail.text).toContain('【持续中】北京电子发票（模拟）：下载中断');
  expect(mail.text).toContain('t=u">https://status.example.invalid/unsubscribe?t=u</a><br>');
  expect(mail.text).toContain('&lt;script&gt;');
  expect(mail.text).not.toMatch(/<script>|<img/);
  expect(mail.text).toMatch(/<iframe[^>]+sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  expect(mail.headers['content-security-policy']).toMatch(/default-src 'none'.*frame-src 'self'/);

  const frame = await ask(`${page.url}/demo/mailbox/${idOf(0)}.html`);
  expect(frame.text).toContain('&lt;script&gt;');
  expect(frame.text).not.toMatch(/<script>|<img/);
  const policy = frame.headers['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox allow-popups');
  expect(policy).not.toContain('script');
  expect(frame.headers['x-content-type-options']).toBe('nosniff');
});

test.each([
  '/zh-CN/demo/mailbox/1-000000000000000000000000',
  '/zh-CN/demo/mailbox/..%2f..%2fsecret.key',
  '/demo/mailbox/..%2ftest.html',
  '/demo/mailbox/x.html',
])('%s is not there', async (path) => {
  expect((await ask(page.url + path)).status).toBe(404);
});

test('the front page of the demo leads to it', async () => {
  expect((await ask(`${page.url}/en/`)).text).toContain('href="/en/demo/mailbox"');
});

test('outside the demo there is no mailbox', async () => {
  const real = await openSite(siteConfiguration({ demo: false }));
  const other = await startPage({ site: real, clock: fakeClock() });
  expect((await ask(`${other.url}/en/demo/mailbox`)).status).toBe(404);
  await other.stop();
  await real.close();
});
