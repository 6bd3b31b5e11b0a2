import { describe, expect, it } from 'vitest';
import type { Subscriber } from '../../model/subscription.ts';
import { MINUTE } from '../../model/time.ts';
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
import { type Script, startSmtpServer } from './smtp-server.ts';

const OPERATOR = {
  channel: 'email',
  address: 'ops@example.org',
  locale: 'en',
  secret: null,
} as const;
const ALERTED = { ...NOTICE, kind: 'alert_opened', ref: anAlert().id, update: null } as const;

interface SiteParts {
  script?: Script;
  subscribers?: Subscriber[];
  /** Of the mail server; absent: a new one. */
  port?: number;
  operators?: (typeof OPERATOR)[];
}

/** A notifier whose mails go to a real server. */
async function site(parts: SiteParts = {}) {
  const { script, port, subscribers = [aSubscriber()], operators = [] } = parts;
  const server = port === undefined ? await startSmtpServer(script ? { script } : {}) : null;
  const smtp = { host: '127.0.0.1', port: port ?? server?.port };
  const configuration = configurationOf({ smtp });
  const notifier = await startNotifier({
    senders: ({ clock }) =>
      openSenders({
        configuration,
        data_dir: '',
        render: createRender(configuration, SIGNER),
        clock,
        log: quiet,
      }),
    operators,
    subscribers,
  });
  return { ...notifier, received: server?.received ?? [] };
}

describe('a mail', () => {
  it('W9: says in text and HTML what goes on, since when, for whom', async () => {
    const { dispatch, received } = await site();
    await dispatch();
    const [mail] = received;
    expect(received).toHaveLength(1);
    expect(mail?.envelope).toEqual({ from: 'status@example.org', to: ['wang@example.com'] });
    expect(mail?.from).toEqual({ name: '电子发票系统状态', address: 'status@example.org' });
    expect(mail?.subject).toBe('【持续中】北京电子发票（模拟）：下载中断');
    for (const words of [mail?.text ?? '', mail?.html ?? '']) {
      expect(words).toContain('下载：正常 → 中断');
      expect(words).toContain('1月5日 09:00');
      expect(words).toContain('北京电子发票（模拟）：下载');
      expect(words).toContain(`https://status.example.invalid/zh-CN/incidents/${INCIDENT.id}`);
      expect(words).toContain('非官方，由票况演示测量');
      expect(words).toContain('模拟数据');
      expect(words).toContain('https://status.example.org/unsubscribe?t=');
      expect(words).toContain('中国标准时间');
    }
    expect(mail?.html).not.toMatch(/<img|<script|<link|@import|url\(|src=/i);
  });

  it('W13: has the year in every date, of this year too', async () => {
    const { dispatch, received } = await site();
    await dispatch();
    const [mail] = received;
    for (const words of [mail?.text ?? '', mail?.html ?? '']) {
      expect(words).toContain('2026年1月5日 09:00');
      expect(words).not.toMatch(/(?<![年\d])\d{1,2}月\d{1,2}日/);
    }
  });

  it('has the headers that mail programs act on', async () => {
    const { dispatch, received } = await site();
    await dispatch();
    const [mail] = received;
    expect(mail?.messageId).toMatch(/^<[0-9a-f]{24}@example\.org>$/);
    expect(mail?.header('references')).toBe(`<${INCIDENT.id}@example.org>`);
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    expect(mail?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const [, unsubscribe] = /^<(https:[^>]+)>$/.exec(mail?.header('list-unsubscribe') ?? '') ?? [];
    expect(mail?.text).toContain(unsubscribe);
    expect(mail?.raw).not.toMatch(/[^\r]\n/);
  });

  it('is in English for who reads English', async () => {
    const { dispatch, received } = await site({ subscribers: [aSubscriber({ locale: 'en' })] });
    await dispatch();
    expect(received[0]?.subject).toBe('[Ongoing] Beijing e-invoices (simulated): Download down');
    expect(received[0]?.text).toContain('Unofficial, measured by Piaokuang demo');
    expect(received[0]?.text).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('is in Japanese for who reads Japanese, its subject encoded', async () => {
    const { dispatch, received } = await site({ subscribers: [aSubscriber({ locale: 'ja' })] });
    await dispatch();
    const [mail] = received;
    expect(mail?.subject).toBe('【継続中】北京电子发票（模拟）〔中文〕：ダウンロードが停止');
    expect(mail?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(mail?.text).toContain('ダウンロード：正常 → 停止');
    expect(mail?.text).toContain('https://status.example.invalid/ja/incidents/');
    expect(mail?.html).toContain('<html lang="ja">');
  });

  it('asks a new address for its confirmation, and one that is known how it wants it', async () => {
    const { dispatch, received } = await site({
      subscribers: [aSubscriber({ status: 'pending', systems: ['beijing'] })],
    });
    await dispatch();
    expect(received).toHaveLength(1);
    expect(received[0]?.subject).toBe('请确认订阅：电子发票系统状态');
    expect(received[0]?.text).toMatch(
      /https:\/\/status\.example\.org\/zh-CN\/subscription\/confirm\?t=/,
    );
    expect(received[0]?.text).toContain('北京电子发票（模拟）');
  });

  it('says anybody’s words as text', async () => {
    const { dispatch, received, store } = await site({ subscribers: [aSubscriber()] });
    const text = '<script>alert(1)</script>\r\nBcc: x@example.com';
    const update = { id: 'said00000000', incident: INCIDENT.id, code: 'text', text } as const;
    await store.record({
      updates: [
        {
          ...update,
          status: 'identified',
          affected: [],
          told: true,
          created_at: NOTICE.created_at,
        },
      ],
      notices: [{ ...NOTICE, id: 'said00000000', update: update.id }],
    });
    await dispatch();
    const mail = received.find(({ text: body }) => body?.includes('Bcc'));
    expect(mail?.html).toContain('&lt;script&gt;');
    expect(mail?.html).not.toContain('<script>');
    expect(mail?.header('bcc')).toBeUndefined();
    expect(mail?.envelope.to).toEqual(['wang@example.com']);
  });
});

describe('an alert by mail', () => {
  it('says why, since when, for whom, with links to acknowledge and to evidence', async () => {
    const { dispatch, received, store } = await site({ operators: [OPERATOR], subscribers: [] });
    await store.record({
      alerts: [anAlert({ incident: INCIDENT.id })],
      notices: [{ ...ALERTED, id: 'alerted00000' }],
    });
    await dispatch();
    const mail = received.find(({ subject }) => subject?.startsWith('[Alert]'));
    expect(mail?.subject).toBe('[Alert] Beijing e-invoices (simulated): Download down');
    expect(mail?.text).toContain('PDF failing repeatedly: the system reports an error (HTTP 503).');
    expect(mail?.text).toContain('Since: Jan 5, 2026, 08:59');
    expect(mail?.text).toContain('Measured from: This machine');
    expect(mail?.text).toMatch(/\/en\/alerts\/acknowledge\?t=acknowledge\.alert0000001\.\.\./);
    expect(mail?.text).toContain(`/en/incidents/${INCIDENT.id}`);
    expect(mail?.header('list-unsubscribe')).toBeUndefined();
  });

  it('says at its end how long it really was', async () => {
    const { dispatch, received, store } = await site({ operators: [OPERATOR], subscribers: [] });
    const { since, opened_at, subject } = anAlert();
    const ended = { resolved_at: opened_at + 10 * MINUTE, resolved_since: since + 8 * MINUTE };
    await store.record({
      transitions: [
        transition(since, 'partial_outage', subject),
        transition(ended.resolved_since, 'operational', subject),
      ],
      alerts: [anAlert({ ...ended, state: 'partial_outage' })],
      notices: [
        {
          ...ALERTED,
          id: 'alerted00000',
          kind: 'alert_resolved',
          created_at: ended.resolved_at,
        },
      ],
    });
    await dispatch();
    const mail = received.find(({ subject }) => subject?.startsWith('[Alert resolved]'));
    expect(mail?.text).toContain('returned to normal at Jan 5, 2026, 09:07.');
    expect(mail?.text).toContain('Lasted: 8 min');
    expect(mail?.text).not.toContain('acknowledge');
  });

  it('without an incident of its own shows its component, whatever else is open', async () => {
    const { dispatch, received, store } = await site({ operators: [OPERATOR], subscribers: [] });
    await store.record({
      alerts: [anAlert({ subject: 'beijing.query' })],
      notices: [{ ...ALERTED, id: 'alerted00000' }],
    });
    await dispatch();
    const mail = received.find(({ subject }) => subject?.startsWith('[Alert]'));
    expect(mail?.text).toMatch(/See it on the page: \S+\/en\/#beijing\.query\s/);
    expect(mail?.text).not.toContain('/incidents/');
  });
});

describe('a mail server', () => {
  it('that greylists gets the same mail again later', async () => {
    const { dispatch, received, time, telemetry } = await site({
      script: (step, { n }) => (step === 'rcpt' && n < 3 ? 451 : null),
    });
    for (let i = 0; i < 3; i++) {
      await dispatch();
      time.now += MINUTE;
    }
    expect(received).toHaveLength(1);
    expect(await telemetry.text()).toContain('{channel="email",result="retry"} 2');
  });

  it('that takes a mail and says it did not, gets it again under the same id', async () => {
    const { dispatch, received, time } = await site({
      script: (step, { n }) => (step === 'taken' && n === 1 ? 451 : null),
    });
    await dispatch();
    time.now += MINUTE;
    await dispatch();
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(received.map(({ raw }) => raw.replace(/--_NmP.*/g, ''))).size).toBe(1);
  });

  it('that knows no such mailbox is not asked again, and others get theirs', async () => {
    const li = aSubscriber({ id: 'li0000000000', address: 'li@example.com' });
    const { dispatch, received, time, telemetry } = await site({
      subscribers: [aSubscriber(), li],
      script: (step, { to }) => (step === 'rcpt' && to.startsWith('wang') ? 550 : null),
    });
    await dispatch();
    time.now += 60 * MINUTE;
    await dispatch();
    expect(received.map(({ envelope }) => envelope.to)).toEqual([['li@example.com']]);
    expect(await telemetry.text()).toContain('{channel="email",result="never_again"} 1');
  });

  it.each([
    ['connect', 554],
    ['mail', 550],
    ['data', 451],
  ] as const)('that refuses us at %s with %i loses nothing', async (at, status) => {
    const open = { yet: false };
    const { dispatch, received, time } = await site({
      script: (step) => (step === at && !open.yet ? status : null),
    });
    await dispatch();
    open.yet = true;
    time.now += MINUTE;
    await dispatch();
    expect(received).toHaveLength(1);
  });

  it('that is away for an hour loses nothing', async () => {
    const away = await startSmtpServer();
    const { port } = away;
    await away.stop();
    const { dispatch, time, store } = await site({ port });
    for (let minute = 0; minute < 60; minute++) {
      await dispatch();
      time.now += MINUTE;
    }
    expect(await store.pendingDeliveries()).toMatchObject([{ channel: 'email', count: 1 }]);
    const { received } = await startSmtpServer({ port });
    time.now += 60 * MINUTE;
    await dispatch();
    expect(received).toHaveLength(1);
    expect(await store.pendingDeliveries()).toEqual([]);
  });
});
