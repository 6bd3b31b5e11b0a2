import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebhookReceiver } from '../../channels/webhook/simulator.ts';
import notices from '../../messages/zh-CN/notices.ts';
import { SECOND } from '../../model/time.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { launchBrowser } from '../browser/browser.ts';
import { startSmtpServer } from '../channels/smtp-server.ts';
import { componentStatus, getJson, getText } from './ask.ts';
import { endDrills, startDrill } from './drills.ts';
import { dataFolder, type Installation, startInstallation } from './installation.ts';
import { freePort } from './ports.ts';
import { startSimulators } from './simulators.ts';
import { eventually } from './wait.ts';

const READER = 'reader@mail.example';
const OPERATOR = 'operator@mail.example';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
/** What the subject of an opened alert begins with. */
const ALERT = `【${notices['alert.opened']}】`;

const folder = dataFolder();
let browser: Browser;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let simulators: Awaited<ReturnType<typeof startSimulators>>;
let site: Installation | null = null;

const hooksAt = (path: string) => receiver.received.filter((it) => it.path === path);

beforeAll(async () => {
  [browser, receiver, simulators] = await Promise.all([
    launchBrowser(),
    startWebhookReceiver(),
    startSimulators(folder.data_dir),
  ]);
});
afterAll(async () => {
  await site?.kill();
  simulators?.stop();
  receiver?.stop();
  await browser?.close();
  folder.remove();
});

test('a reader subscribes, an administrator announces, an operator is alerted', async () => {
  const smtp = await startSmtpServer();
  const mails = (to: string) => smtp.received.filter((it) => it.envelope.to.includes(to));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = join(folder.data_dir, 'site.yaml');
  writeFileSync(config, siteConfig({ origin, smtp_port: smtp.port }));
  site = await startInstallation({
    data_dir: folder.data_dir,
    args: ['--config', config],
    env: { PORT: String(port), OPERATOR_SECRET: SECRET },
  });
  const token = /shown this once.*\n\s*(\S+)/.exec(site.said())?.[1] ?? '';
  const admin = administrator(origin, token);
  await eventually('both functions measured', async () =>
    (await states(origin)).every((it) => it === 'operational'),
  );

  // subscribe → confirm
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await subscribe(page, origin, { channel: 'email', address: READER });
  const { value: first } = await eventually('a mail with the link', async () =>
    mails(READER).at(0),
  );
  await confirm(page, linkIn(first.text ?? '', '/subscription/confirm'));
  await subscribe(page, origin, { channel: 'webhook', address: `http://${receiver.host}/reader` });
  const { value: hook } = await eventually('a hook with the link', async () =>
    hooksAt('/reader').at(0),
  );
  await confirm(page, linkIn(hook.body, '/subscription/confirm'));

  // window announced → mail, webhook, page, feeds, calendar and API agree
  const from = Math.ceil(Date.now() / SECOND) * SECOND + 8 * SECOND;
  const until = from + 60 * SECOND;
  const announced = await admin('POST', '', {
    components: ['beijing.download'],
    texts: {
      title: { 'zh-CN': '下载系统升级', en: 'Download upgrade' },
      description: { 'zh-CN': '升级 <b>存储</b>', en: 'Storage <b>upgrade</b>' },
      stays_open: { 'zh-CN': '查询照常', en: 'Queries go on' },
    },
    announced_from: new Date(from).toISOString(),
    announced_until: new Date(until).toISOString(),
    expected_recovery_at: new Date(until).toISOString(),
    announce: true,
  });
  await eventually('mail and webhook', async () => {
    const mailed = mails(READER).some((it) => it.subject?.includes('下载系统升级'));
    return mailed && hooksAt('/reader').some((it) => it.body.includes(announced.id));
  });
  await eventually('every publication', async () =>
    (await publications(origin, announced.id)).every((it) => it),
  );
  await accepted(origin, announced.id);
  await page.goto(`${origin}/zh-CN/maintenances/${announced.id}`);
  expect(await page.locator('main').innerText()).toContain('升级 <b>存储</b>');

  // it starts by itself; a drill inside its scope alerts nobody
  await eventually('in progress', async () =>
    is(await componentStatus(origin, 'beijing.download'), 'under_maintenance'),
  );
  expect(Date.now()).toBeGreaterThanOrEqual(from);
  await accepted(origin, announced.id);
  const drilled_at = Date.now();
  await startDrill(simulators.origin, 'beijing', { kind: 'outage', function: 'download' });
  const { database } = site;
  await eventually(
    'the drill is measured, again and again',
    async () => (await failedRuns(database, drilled_at)) >= 4,
  );
  expect(await componentStatus(origin, 'beijing.download')).toBe('under_maintenance');
  const failing = (await unresolved(origin)).flatMap(({ components }) => components);
  expect(failing.filter(({ id }) => id === 'beijing.download')).toEqual([]);
  const alertsOf = (fn: string) =>
    mails(OPERATOR).filter(({ subject }) => subject?.includes(ALERT) && subject.includes(fn));
  expect(alertsOf('下载')).toEqual([]);
  await endDrills(simulators.origin, 'beijing');

  // a drill outside alerts and opens an incident
  await startDrill(simulators.origin, 'beijing', { kind: 'outage', function: 'query' });
  await eventually('an incident', async () => (await unresolved(origin)).length === 1);
  await accepted(origin, announced.id);
  await eventually('alerts by mail and webhook', async () => {
    const mailed = alertsOf('查询').length > 0;
    return mailed && hooksAt('/operator').some((it) => it.body.includes('beijing.query'));
  });
  expect(alertsOf('下载')).toEqual([]);
  await endDrills(simulators.origin, 'beijing');
  await eventually('query is back', async () =>
    is(await componentStatus(origin, 'beijing.query'), 'operational'),
  );

  // extended → ended → completed
  const later = new Date(until + 600 * SECOND).toISOString();
  await admin('POST', `/${announced.id}/extend`, { announced_until: later });
  await eventually('the new end is published', async () => {
    const { scheduled_maintenances } = await maintenances(origin);
    return Date.parse(scheduled_maintenances[0]?.scheduled_until ?? '') === Date.parse(later);
  });
  await accepted(origin, announced.id);
  await admin('POST', `/${announced.id}/end`, {});
  await eventually('completed', async () => {
    const { scheduled_maintenances } = await maintenances(origin);
    return scheduled_maintenances[0]?.status === 'completed';
  });
  await eventually('both functions are measured well', async () =>
    (await states(origin)).every((it) => it === 'operational'),
  );
  await accepted(origin, announced.id);

  await eventually('the mail that ends it', async () =>
    mails(READER).some((it) => it.subject?.includes('已完成')),
  );

  // unsubscribed with one POST (RFC 8058), once nothing is on its way to anybody
  await eventually('the outage is over', async () => (await unresolved(origin)).length === 0);
  await eventually('all is told', async () => isAllTold(database));
  const last = mails(READER).at(-1);
  expect(last?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const link = /<(http[^>]+)>/.exec(last?.header('list-unsubscribe') ?? '')?.[1] ?? '';
  const gone = await fetch(link, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(gone.status).toBe(200);
  const told = mails(READER).length;
  const hooked = hooksAt('/reader').length;
  await startDrill(simulators.origin, 'beijing', { kind: 'outage', function: 'download' });
  await eventually('everybody else hears of it', async () => {
    const alerted = alertsOf('下载').length > 0;
    return alerted && hooksAt('/reader').length > hooked;
  });
  expect(mails(READER).length).toBe(told);
  expect(errors).toEqual([]);
}, 300_000);

async function subscribe(
  page: Page,
  origin: string,
  { channel, address }: { channel: 'email' | 'webhook'; address: string },
) {
  await page.goto(`${origin}/zh-CN/subscribe`);
  if (channel === 'webhook') {
    await page.getByLabel('Webhook').check();
    await page.getByLabel('接收地址').fill(address);
  } else await page.getByLabel('邮箱地址').fill(address);
  await page.getByRole('button', { name: '订阅' }).click();
  await page.getByRole('heading', { name: '还差一步，请确认' }).waitFor();
}

async function confirm(page: Page, link: string) {
  await page.goto(link);
  await page.getByRole('button', { name: '确认订阅' }).click();
  await page.getByRole('heading', { name: '订阅成功' }).waitFor();
}

function linkIn(text: string, path: string): string {
  const link = text.match(/https?:\/\/[^\s"<>\\]+/g)?.find((it) => it.includes(path));
  if (!link) throw new Error(`no link to ${path} in: ${text}`);
  return link;
}

interface Announced {
  id: string;
}

function administrator(origin: string, token: string) {
  return async (method: string, path: string, body: unknown): Promise<Announced> => {
    const answer = await fetch(`${origin}/api/v1/maintenances${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status} ${text}`);
    return JSON.parse(text) as Announced;
  };
}

/** Whether the page, both feeds, the calendar and the v2 API tell of a maintenance. */
async function publications(origin: string, id: string): Promise<boolean[]> {
  const paths = ['/zh-CN/', '/history.atom', '/history.rss', '/maintenance.ics'];
  const texts = await Promise.all(paths.map((path) => getText(`${origin}${path}`)));
  const { scheduled_maintenances } = await maintenances(origin);
  return [...texts.map((it) => it.includes(id)), scheduled_maintenances[0]?.id === id];
}

/** Independent parsers read both feeds and the calendar, and find the maintenance in each. */
async function accepted(origin: string, id: string): Promise<void> {
  const read = (path: string) => getText(`${origin}${path}`);
  const atom = parseAtomFeed(await read('/history.atom'));
  const rss = parseRssFeed(await read('/history.rss'));
  const calendar = new ICAL.Component(ICAL.parse(await read('/maintenance.ics')));
  const [event] = calendar.getAllSubcomponents('vevent');
  expect(atom.entries?.some((it) => JSON.stringify(it).includes(id))).toBe(true);
  expect(rss.items?.some((it) => JSON.stringify(it).includes(id))).toBe(true);
  expect(String(event?.getFirstPropertyValue('url'))).toContain(id);
}

const maintenances = (origin: string) =>
  getJson<{ scheduled_maintenances: { id: string; status: string; scheduled_until: string }[] }>(
    `${origin}/api/v2/scheduled-maintenances.json`,
  );

interface Unresolved {
  id: string;
  components: { id: string }[];
}

async function unresolved(origin: string): Promise<Unresolved[]> {
  const { incidents } = await getJson<{ incidents: Unresolved[] }>(
    `${origin}/api/v2/incidents/unresolved.json`,
  );
  return incidents;
}

async function states(origin: string): Promise<(string | undefined)[]> {
  return Promise.all(
    ['beijing.query', 'beijing.download'].map((id) => componentStatus(origin, id)),
  );
}

/** How many measurements of download failed since an instant. */
async function failedRuns(database: string, since: number): Promise<number> {
  const reader = await openStoreReader({ path: database });
  try {
    const query = { check: 'download', from: since, to: Date.now(), limit: 100 };
    return (await reader.results(query)).filter((it) => it.outcome !== 'ok').length;
  } finally {
    await reader.close();
  }
}

/** Whether every notice was handed over to everybody who is told of it. */
function isAllTold(database: string): boolean {
  const db = new Database(database, { readonly: true });
  try {
    const waiting = db.prepare(
      `SELECT (SELECT count(*) FROM notice WHERE fanned_out_at IS NULL)
        + (SELECT count(*) FROM delivery WHERE status = 'pending')`,
    );
    return waiting.pluck().get() === 0;
  } finally {
    db.close();
  }
}

function is<T>(actual: T, expected: T): boolean {
  return actual === expected;
}

function siteConfig({ origin, smtp_port }: { origin: string; smtp_port: number }): string {
  return `page:
  operator: { zh-CN: 测试公司, en: Test company }
  title: { zh-CN: 发票系统状态, en: Invoice system status }
  contact: test@mail.example
  public_url: ${origin}
lines:
  local: { name: { zh-CN: 本机, en: This machine } }
systems:
  beijing:
    name: { zh-CN: 北京, en: Beijing }
    driver: beijing
    environment: simulator
    url: ${simulators.origin}/beijing
checks:
  query: { system: beijing, function: query, schedule: '*/2 * * * * *', deadline: 1500ms }
  download:
    system: beijing
    function: download
    schedule: '*/2 * * * * *'
    deadline: 1500ms
    options: { format: pdf }
policies:
  default: { confirmations: 2, confirm_distance: 1s, resolve_after: 5s }
notify:
  from: status@mail.example
  smtp: { host: 127.0.0.1, port: ${smtp_port} }
  operators:
    - { channel: email, address: ${OPERATOR}, locale: zh-CN }
    - channel: webhook
      url: http://${receiver.host}/operator
      secret: { env: OPERATOR_SECRET }
  webhook: { allow: ['${receiver.host}'] }
`;
}
