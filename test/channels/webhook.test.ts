import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogSender } from '../../channels/log/send.ts';
import {
  NonPublicAddressError,
  type Resolve,
  resolvePublicAddress,
} from '../../channels/webhook/guarded-lookup.ts';
import { postOnce } from '../../channels/webhook/post-once.ts';
import { createWebhookSender } from '../../channels/webhook/send.ts';
import { startWebhookReceiver } from '../../channels/webhook/simulator.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { MINUTE, systemClock } from '../../model/time.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { transition } from '../model/builders.ts';
import {
  anAlert,
  aSubscriber,
  configurationOf,
  INCIDENT,
  NOTICE,
  SIGNER,
} from '../notify/samples.ts';
import { startNotifier } from '../notify/site.ts';
import { quiet } from '../platform/quiet.ts';
import { selfSigned } from '../probes/certificates.ts';

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

/** A receiver on this machine; `answer` ends each request. */
async function startReceiver(answer: (response: ServerResponse, n: number) => void) {
  const receiver = await startWebhookReceiver(answer);
  onTestFinished(receiver.stop);
  return receiver;
}

const status = (code: number) => (response: ServerResponse) => {
  response.writeHead(code).end('never read');
};
const nobody: Resolve = async () => [];

interface SiteParts {
  address: string;
  allow?: string[];
  resolve?: Resolve;
  subscriber?: Partial<Subscriber>;
}

async function site(parts: SiteParts) {
  const { address, allow = [], resolve = nobody, subscriber = {} } = parts;
  const configuration = configurationOf({ webhook: { allow } });
  const render = createRender(configuration, SIGNER);
  const settings = { webhook: { allow } };
  const { page } = configuration;
  return startNotifier({
    senders({ clock }) {
      const made_of = { settings, page, demo: false, data_dir: '', render, clock, log: quiet };
      return { log: createLogSender(made_of), webhook: createWebhookSender(made_of, resolve) };
    },
    subscribers: [aSubscriber({ channel: 'webhook', address, secret: SECRET, ...subscriber })],
  });
}

/** What became of the one delivery to the webhook. */
async function errorOf({ entries }: Awaited<ReturnType<typeof site>>): Promise<unknown> {
  return entries.find(({ msg }) => msg === 'delivery not sent') ?? 'sent';
}

describe('a webhook', () => {
  it('is signed as Standard Webhooks has it and says what a mail says, for programs', async () => {
    const { received, url, host } = await startReceiver(status(204));
    const { dispatch, time } = await site({ address: url, allow: [host] });
    time.now = Date.now();
    await dispatch();
    const [hook] = received;
    expect(hook?.path).toBe('/hook');
    const payload = new Webhook(SECRET).verify(hook?.body ?? '', hook?.headers ?? {});
    expect(payload).toMatchObject({
      type: 'incident.opened',
      timestamp: '2026-01-05T01:00:00.000Z',
      data: {
        language: 'zh-CN',
        title: '【持续中】北京电子发票（模拟）：下载中断',
        unofficial: '非官方，由票况演示测量',
        simulated: true,
        incident: { id: INCIDENT.id, components: ['beijing.download'], status: 'investigating' },
      },
    });
    expect(hook?.headers['webhook-id']).toMatch(/^[0-9a-f]{24}$/);
    expect(hook?.body).toContain('https://status.example.org/unsubscribe?t=');
  });

  it('that is new gets the link that confirms it', async () => {
    const { received, url, host } = await startReceiver(status(200));
    const pending = { status: 'pending' as const };
    const { dispatch } = await site({ address: url, allow: [host], subscriber: pending });
    await dispatch();
    expect(received).toHaveLength(1);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'subscription.requested',
      data: { confirm_url: expect.stringContaining('/zh-CN/subscription/confirm?t=') },
    });
  });

  it('that fails is tried again under the same id', async () => {
    const { received, url, host } = await startReceiver((response, n) =>
      status(n < 3 ? 503 : 200)(response),
    );
    const { dispatch, time } = await site({ address: url, allow: [host] });
    for (let i = 0; i < 3; i++) {
      await dispatch();
      time.now += MINUTE;
    }
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
  });

  it('that is gone is unsubscribed', async () => {
    const { url, host } = await startReceiver(status(410));
    const { dispatch, store } = await site({ address: url, allow: [host] });
    await dispatch();
    expect(await store.subscriber('wang00000000')).toBeNull();
  });

  it.each([301, 302, 303, 307, 308])('that redirects (%i) is not followed', async (code) => {
    const elsewhere = await startReceiver(status(200));
    const { url, host } = await startReceiver((response) => {
      response.writeHead(code, { location: elsewhere.url }).end();
    });
    const notifier = await site({ address: url, allow: [host, elsewhere.host] });
    await notifier.dispatch();
    expect(elsewhere.received).toEqual([]);
    expect(await errorOf(notifier)).toMatchObject({ status: 'retry', error: `HTTP ${code}` });
  });

  it('that answers without end costs its status only', async () => {
    const { url, host } = await startReceiver((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'.repeat(65_536)), 5);
      response.once('close', () => clearInterval(drip));
    });
    const notifier = await site({ address: url, allow: [host] });
    await notifier.dispatch();
    expect(await errorOf(notifier)).toBe('sent');
  });

  it.each([
    ['127.0.0.1', 'unknown_ca', 'NODE_EXTRA_CA_CERTS'],
    ['nowhere.invalid', 'no_name', 'notify.operators'],
  ])('T12: of an operator at %s, says why, where and what to set: %s', async (name, code, set) => {
    const tls = selfSigned(new Date(Date.now() + 86_400_000));
    const server = createServer(tls, (_, response) => response.end());
    server.on('tlsClientError', () => {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const host = `${name}:${(server.address() as AddressInfo).port}`;
    const settings = { webhook: { allow: [host] } };
    const configuration = configurationOf();
    const sender = createWebhookSender({
      settings,
      page: configuration.page,
      demo: false,
      data_dir: '',
      render: createRender(configuration, SIGNER),
      clock: systemClock,
      log: quiet,
    });
    const address = `https://${host}/hook`;
    const to = { channel: 'webhook', address, locale: 'en', secret: SECRET } as const;
    const alerted = { ...NOTICE, kind: 'alert_opened', update: null } as const;
    const told = { recorded: true, bad_time: null, findings: null };
    const payload = { subject: 'alert', alert: anAlert(), ...told } as const;
    const message = { delivery_id: 'd1', notice: alerted, payload };
    expect(await sender.send({ ...message, to: { ...to, links: null } })).toEqual({
      result: 'retry',
      error: `${code} host=${host} set=${set}`,
      channel_fault: true,
    });
    const links = { confirm: '', manage: '', unsubscribe: '' };
    expect(await sender.send({ ...message, to: { ...to, links } })).toEqual({
      result: 'retry',
      error: code,
    });
  });

  it('that breaks off says so without its address', async () => {
    const { url, host } = await startReceiver((response) => response.destroy());
    const notifier = await site({ address: url, allow: [host] });
    await notifier.dispatch();
    expect(await errorOf(notifier)).toMatchObject({ status: 'retry', error: 'broken_off' });
    expect(JSON.stringify(notifier.entries)).not.toContain(host);
  });
});

describe('a webhook to a private place', () => {
  it.each([
    ['https://127.0.0.1/', 'not_public'],
    ['https://[::1]/', 'not_public'],
    ['https://[::ffff:169.254.169.254]/', 'not_public'],
    ['https://2130706433/', 'not_public'],
    ['https://10.0.0.1:8443/', 'not_public'],
    ['https://hooks.example.org:22/', 'port_not_allowed'],
    ['http://hooks.example.org/', 'not_https'],
    ['file:///etc/passwd', 'not_an_address'],
  ])('%s is refused for good: %s', async (address, error) => {
    const notifier = await site({ address });
    await notifier.dispatch();
    expect(await errorOf(notifier)).toMatchObject({ status: 'never_again', error });
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['private', ['10.1.2.3']],
    ['link-local', ['169.254.169.254']],
    ['unique local', ['fd00::1']],
    ['mapped', ['::ffff:127.0.0.1']],
    ['one private among public', ['1.1.1.1', '192.168.0.1']],
  ])('by a name that leads to it is refused for good: %s', async (_, addresses) => {
    const family = (address: string) => (address.includes(':') ? 6 : 4);
    const resolve = async () => addresses.map((address) => ({ address, family: family(address) }));
    const notifier = await site({ address: 'https://hooks.example.org/', resolve });
    await notifier.dispatch();
    expect(await errorOf(notifier)).toMatchObject({
      status: 'never_again',
      error: 'the host name resolves to a non-public address',
    });
  });

  it('D9: that cannot be found is told by a code, without its name', async () => {
    const resolve = async () => {
      const words = 'getaddrinfo ENOTFOUND hooks.example.org';
      throw Object.assign(new Error(words), { code: 'ENOTFOUND', hostname: 'hooks.example.org' });
    };
    const notifier = await site({ address: 'https://hooks.example.org/', resolve });
    await notifier.dispatch();
    expect(await errorOf(notifier)).toMatchObject({ status: 'retry', error: 'no_name' });
  });

  it('is not reached by a name that changes its answer, as it is resolved once', async () => {
    const { received, port } = await startReceiver(status(200));
    const asked: string[] = [];
    // Public when it is checked, private ever after (DNS rebinding).
    const resolve: Resolve = async (hostname) => {
      asked.push(hostname);
      return [{ address: asked.length === 1 ? '1.1.1.1' : '127.0.0.1', family: 4 }];
    };
    expect(await resolvePublicAddress('hooks.invalid', resolve)).toEqual({
      address: '1.1.1.1',
      family: 4,
    });
    expect(asked).toEqual(['hooks.invalid']);
    await expect(resolvePublicAddress('hooks.invalid', resolve)).rejects.toThrow(
      NonPublicAddressError,
    );
    // The name is one that nobody knows: only the address that was given can have been used.
    const url = new URL(`http://hooks.invalid:${port}/hook`);
    const address = { address: '127.0.0.1', family: 4 };
    expect(await postOnce({ url, address, body: '{}', headers: {} })).toBe(200);
    expect(received[0]?.headers.host).toBe(`hooks.invalid:${port}`);
  });

  it('named by a reader is refused at another port of an allowed host', async () => {
    const { received, url } = await startReceiver(status(200));
    const notifier = await site({ address: url, allow: ['127.0.0.1:1'] });
    await notifier.dispatch();
    expect(await errorOf(notifier)).toMatchObject({ status: 'never_again', error: 'not_https' });
    expect(received).toEqual([]);
  });
});

it('an operator’s webhook gets an alert’s true duration, and its failing is an alert', async () => {
  let works = false;
  const { received, url, host } = await startReceiver((response) =>
    status(works ? 200 : 500)(response),
  );
  const operator = { channel: 'webhook', address: url, locale: 'en', secret: SECRET } as const;
  const configuration = configurationOf({ webhook: { allow: [host] } });
  const { dispatch, store, time } = await startNotifier({
    senders: ({ clock }) =>
      openSenders({
        configuration,
        data_dir: '',
        render: createRender(configuration, SIGNER),
        clock,
        log: quiet,
      }),
    operators: [operator],
    notices: [],
  });
  const { since, opened_at, subject, id } = anAlert();
  const ended = { resolved_at: opened_at + MINUTE, resolved_since: since + 45_000 };
  await store.record({
    transitions: [
      transition(since, 'partial_outage', subject),
      transition(ended.resolved_since, 'operational', subject),
    ],
    incidents: [INCIDENT],
    alerts: [anAlert({ ...ended, incident: INCIDENT.id })],
    notices: [
      {
        ...NOTICE,
        kind: 'alert_resolved',
        ref: id,
        update: null,
        created_at: ended.resolved_at,
      },
    ],
  });
  for (let i = 0; i < 4; i++) {
    await dispatch();
    time.now += MINUTE;
  }
  expect(await store.alerts({ open: true, limit: 10 })).toMatchObject([
    { kind: 'channel', subject: expect.stringMatching(/^webhook operator-/), error: 'HTTP 500' },
  ]);
  works = true;
  time.now += 60 * MINUTE;
  await dispatch();
  expect(await store.alerts({ open: true, limit: 10 })).toEqual([]);
  const taken = received.map(({ body }) => JSON.parse(body)).find((it) => it.data.alert.id === id);
  expect(taken).toMatchObject({
    type: 'alert.resolved',
    data: { alert: { subject: 'beijing.download', duration_seconds: 45 } },
  });
  expect(taken.data.links).toContainEqual({
    name: 'See the evidence',
    url: expect.stringMatching(/\/en\/incidents\/inc000000001$/),
  });
});
