import { expect, test } from 'vitest';
import { renderEmail } from '../../channels/email/content.ts';
import type { Message, ToldMatter } from '../../channels/kit/message.ts';
import type { Alert } from '../../model/alert.ts';
import { MINUTE } from '../../model/time.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { japaneseFaults } from '../messages/japanese-text.ts';
import { aMaintenance, aMaintenanceUpdate } from '../status-page/maintenances.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { faultsOf } from '../tidy/chinese-text.ts';
import { anAlert, aSubscriber, INCIDENT, NOTICE, SIGNER, START, UPDATE } from './samples.ts';

const site = siteConfiguration();
const named = (name: string) => ({ 'zh-CN': name, en: name, ja: name });
const configuration = {
  ...site,
  page: {
    ...site.page,
    operator: { ...site.page.operator, ja: 'デモ運営者' },
    title: { ...site.page.title, ja: '電子発票システムの状態' },
  },
  tasks: site.tasks.map((it) => ({ ...it, name: { ...it.name, ja: '業務' } })),
  lines: site.lines.map((it) => ({ ...it, name: { ...it.name, ja: '電信' } })),
  systems: site.systems.map((it, i) => ({
    ...it,
    name:
      [
        { 'zh-CN': 'ERP', en: 'ERP', ja: 'ERP' },
        { 'zh-CN': '金蝶', en: 'Kingdee', ja: '金蝶' },
      ][i] ?? it.name,
  })),
};
const LINKS = { confirm: 'https://a/c', manage: 'https://a/m', unsubscribe: 'https://a/u' };
const OVER = { resolved_at: START + MINUTE, resolved_since: START + MINUTE };
const own = (subject: string, changed: Partial<Alert> = {}) =>
  anAlert({ kind: 'own', subject, state: null, notes: [], error: 'SQLITE_FULL', ...changed });
const bad_time = {
  from: START,
  to: START + 96_000,
  bad_ms: 96_000,
  parts: 2,
  end: 'not_seen' as const,
  ailments: ['outage' as const],
  worst: 'major_outage' as const,
};
const incident = {
  subject: 'incident' as const,
  affected: [{ component: 'beijing.download', now: null, bad_time }],
  bad_time,
  corrected_at: START + MINUTE,
  is_first: false,
  incident: { ...INCIDENT, seen_from: 'local', maybe_our_line: true, updates: [UPDATE] },
};
const alerts = [
  anAlert(),
  anAlert({ ...OVER }),
  anAlert({ kind: 'stale', state: 'unknown' }),
  anAlert({ kind: 'neutral', subject: 'beijing', state: null, notes: [] }),
  anAlert({ kind: 'channel', subject: 'email', state: null, notes: [], error: 'ECONNREFUSED' }),
  ...['disk', 'clock', 'machine', 'process telecom', 'line local'].map((it) => own(it)),
  own('clock', { error: 'clock_differs ahead_ms=-3000', ...OVER }),
];

const NO_OTHERS: readonly ToldMatter[] = [];

function mailOf(
  payload: Message['payload'],
  {
    zone = site.page.zone,
    public_url = site.page.public_url,
    locale = 'zh-CN' as Locale,
    others = NO_OTHERS,
  } = {},
) {
  const kind = payload.subject === 'alert' ? 'alert_opened' : 'incident_opened';
  const message: Message = {
    delivery_id: 'd00000000001',
    notice: { ...NOTICE, kind },
    payload,
    ...(others.length > 0 && { others }),
    to: { ...aSubscriber({ locale }), links: LINKS },
  };
  const page = { ...configuration.page, zone, public_url };
  const { announcement, words } = createRender({ ...configuration, page }, SIGNER)(message);
  return renderEmail({ message, announcement, words, page });
}

const RESOLVED = { ...UPDATE, status: 'resolved', code: 'resolved' } as const;

const MAILS: [string, Message['payload']][] = [
  ['an incident', { ...incident, update: UPDATE, said: [UPDATE] }],
  ['its end', { ...incident, update: RESOLVED, said: [RESOLVED] }],
  [
    'a maintenance',
    {
      subject: 'maintenance',
      maintenance: { ...aMaintenance(), updates: [] },
      update: aMaintenanceUpdate(),
      said: [aMaintenanceUpdate()],
    },
  ],
  ...alerts.map((alert): [string, Message['payload']] => [
    `${alert.kind} ${alert.subject} ${alert.resolved_at === null ? '' : 'over'}`,
    { subject: 'alert', alert, recorded: true, bad_time, findings: null },
  ]),
];

// The end of our own trouble leads nowhere.
const LEADING = MAILS.filter(([name]) => name !== 'own clock over');

test.each(LEADING)('O6: a mail of %s leads below the path that the page is at', (_, payload) => {
  const links = (public_url: string) => {
    const { text, html } = mailOf(payload, { public_url });
    return `${text}\n${html}`.match(/https:\/\/host\.invalid[^\s"<]*/g) ?? [];
  };
  const below = links('https://host.invalid/status');
  expect(below.length).toBeGreaterThan(0);
  for (const it of below) expect(it).toMatch(/^https:\/\/host\.invalid\/status\/zh-CN\//);
  expect(below.map((it) => it.replace('/status/', '/'))).toEqual(links('https://host.invalid'));
});

test('a mail of several matters begins with what lasts, however it was told', () => {
  const alertOf = (changed: Partial<Alert>): Message['payload'] => ({
    subject: 'alert',
    alert: anAlert(changed),
    recorded: true,
    bad_time,
    findings: null,
  });
  const over = { ...NOTICE, kind: 'alert_resolved' as const };
  const opened = { ...NOTICE, kind: 'alert_opened' as const };
  const message: Message = {
    delivery_id: 'd00000000001',
    notice: over,
    payload: alertOf({ subject: 'beijing.query', ...OVER }),
    others: [{ notice: opened, payload: alertOf({}) }],
    to: { ...aSubscriber({}), links: LINKS },
  };
  const { announcement } = createRender(configuration, SIGNER)(message);
  const titles = announcement.parts?.map(({ title }) => title) ?? [];
  expect(titles.map((it) => /^【([^】]+)】/.exec(it)?.[1])).toEqual(['告警', '告警解除']);
  expect(announcement.title).toBe(`${titles[0]}，另有 1 条`);
  expect(announcement.body).toEqual([titles.join('\n')]);
});

test('a mail of several matters tells each as it would be told alone', () => {
  const [first, second] = [anAlert(), anAlert({ ...OVER })].map((alert): Message['payload'] => ({
    subject: 'alert',
    alert,
    recorded: true,
    bad_time,
    findings: null,
  })) as [Message['payload'], Message['payload']];
  const mail = mailOf(first, {
    others: [{ notice: { ...NOTICE, kind: 'alert_opened' }, payload: second }],
  });
  const [one, two] = [mailOf(first), mailOf(second)];
  expect(mail.subject).toBe(`${one.subject}，另有 1 条`);
  for (const alone of [one, two]) {
    const [told] = alone.text.split('\n\n-- ');
    expect(mail.text).toContain(told?.replace(/^【[^】]+】/, ''));
  }
  expect(mail.html.match(/<h2 /g)).toHaveLength(2);
  expect(mail.text.match(/\n-- \n/g)).toHaveLength(1);
});

test.each(MAILS)('a mail of %s has the spaces and marks of Chinese', (_, payload) => {
  const mail = mailOf(payload);
  const lines = [mail.subject, ...mail.text.split('\n')].filter((it) => it !== '-- ');
  expect(lines.filter((it) => faultsOf(it).length > 0)).toEqual([]);
});

const IN_JAPANESE = {
  title: named('データベースの更新'),
  description: named('照会とダウンロードが停止します。'),
  stays_open: null,
  workaround: null,
};

test.each(MAILS)('a mail of %s has the spaces and marks of Japanese', (_, payload) => {
  const told =
    payload.subject === 'maintenance'
      ? { ...payload, maintenance: { ...payload.maintenance, texts: IN_JAPANESE } }
      : payload;
  const mail = mailOf(told, { locale: 'ja' });
  expect(mail.html).toContain('<html lang="ja">');
  expect(mail.html).toContain("'Noto Sans JP'");
  const lines = [mail.subject, ...mail.text.split('\n')].filter((it) => it !== '-- ');
  expect(lines.filter((it) => japaneseFaults(it).length > 0)).toEqual([]);
});

test.each(MAILS)('W13: a mail of %s has the date and the year of every time', (_, payload) => {
  const { text, html } = mailOf(payload);
  for (const words of [text, html]) {
    expect(words).not.toMatch(/(?<![年\d])\d{1,2}月\d{1,2}日/);
    const bare = /(?<!日(?:周.)? )(?<!– )(?<![\d:])\d{2}:\d{2}/;
    expect(words).not.toMatch(bare);
  }
});

test('M4: a mail of a comment on what passed unseen says that its time has passed', () => {
  const passed = { status: 'verifying', actual_from: null } as const;
  const update = aMaintenanceUpdate({ status: 'verifying', code: 'text' });
  const { subject } = mailOf({
    subject: 'maintenance',
    maintenance: { ...aMaintenance(passed), updates: [] },
    update,
    said: [update],
  });
  expect(subject).toContain('公告时间已过');
});

test('W14: a mail names a zone with summer time as of all its times', () => {
  const { text } = mailOf(
    { subject: 'alert', alert: anAlert(), recorded: true, bad_time, findings: null },
    BERLIN,
  );
  expect(text).toContain('时间均为中欧时间\uff08Europe/Berlin\uff09。');
});

const BERLIN = { zone: 'Europe/Berlin' };
