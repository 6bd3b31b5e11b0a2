import { describe, expect, onTestFinished, test } from 'vitest';
import { createLogSender } from '../../channels/log/send.ts';
import { webhookBody } from '../../channels/webhook/body.ts';
import type { Alert } from '../../model/alert.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Proof } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import { traceId } from '../../model/run-identity.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { bad, contact, result, transition } from '../model/builders.ts';
import { keptLog } from '../platform/quiet.ts';
import { aStatus } from '../status-page/site.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAlert, INCIDENT, NOTICE, SIGNER, START, UPDATE } from './samples.ts';

const PDF = 'beijing-download-pdf';
const RUNBOOK = 'https://wiki.example.org/beijing/download';
const SLOT = START - 12 * SECOND;

/** The demo's site with two lines, a neutral system, and a runbook for one function. */
function siteOf(changed: Partial<Configuration> = {}): Configuration {
  const site = siteConfiguration({ demo: false });
  const line = (id: string, name: string) => ({ id, name: { 'zh-CN': name, en: id }, proxy: null });
  const [first] = site.checks;
  if (!first) throw new Error('no check');
  return {
    ...site,
    lines: [line('telecom', '电信'), line('unicom', '联通')],
    checks: site.checks.map((it) => ({
      ...it,
      line: it.id === PDF ? 'telecom' : 'unicom',
    })),
    systems: site.systems.map((it) =>
      it.id === 'beijing' ? { ...it, runbook: { download: RUNBOOK } } : it,
    ),
    depends_on: { 'pinduoduo.upload': ['beijing.download'] },
    ...changed,
  };
}

interface Recorded {
  results?: Result[];
  alert?: Partial<Alert>;
  site?: Configuration;
  locale?: Locale;
}

/** What an operator is told of an alert at a site where this was measured, by every channel. */
async function tell(recorded: Recorded = {}) {
  const { results = [], site = siteOf(), locale = 'zh-CN' } = recorded;
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const installation = await store.installation();
  await store.register(
    site.checks.map((it) => ({
      check: it.id,
      component: `${it.system}.${it.function}`,
      system: it.system,
      function: it.function,
      line: it.line,
    })),
  );
  const alert = anAlert(recorded.alert);
  const states = [
    transition(START - HOUR, 'operational', 'beijing.query'),
    transition(START - HOUR, 'degraded_performance', 'pinduoduo.upload'),
    transition(SLOT, 'major_outage', 'beijing.download'),
    // Only after the notice.
    transition(START + MINUTE, 'major_outage', 'beijing.query'),
  ];
  await store.record({
    results,
    components: states.map(({ component, to }) => aStatus(component, to)),
    transitions: states,
    incidents: [INCIDENT],
    updates: [UPDATE],
    alerts: [alert],
  });
  const kind = alert.resolved_at === null ? 'alert_opened' : 'alert_resolved';
  const notice = { ...NOTICE, kind, ref: alert.id, update: null } as const;
  const payload = await loadPayload(store, notice, START + HOUR);
  if (payload?.subject !== 'alert') throw new Error('no alert');
  const to = { channel: 'log', address: '', locale, secret: null, links: null };
  const message = { delivery_id: 'd1', notice, payload, to };
  const render = createRender(site, SIGNER);
  const { announcement } = render(message);
  const { log, entries } = keptLog();
  await createLogSender({ log, render }).send(message);
  const { data } = webhookBody(message, render, site.page);
  return {
    installation,
    facts: Object.fromEntries(announcement.facts.map(({ term, text }) => [term, text])),
    links: Object.fromEntries(announcement.actions.map(({ text, url }) => [text, url])),
    webhook: JSON.parse(JSON.stringify(data)).alert,
    log: JSON.parse(JSON.stringify(entries[0])),
  };
}

const proof: Proof = {
  contact: contact('beijing.example'),
  is_local: false,
  loop_delay_ms: 0,
  control: null,
  line: { failed: 1, answered: 1, blamed: null },
  other_answer: { host: 'other.example', after_ms: 900 },
  neutrals: [
    { host: 'n1.example', answered: true },
    { host: 'n2.example', answered: false },
  ],
};
const FAILED = bad(SLOT, { check: PDF, duration_ms: 1_200, http_status: 503, proof });
const GOOD = result(START - 30 * SECOND, { check: PDF });

describe('T7: an alert of a failing function', () => {
  test('says what, since when, for whom, how bad, expected and got, what others say', async () => {
    const others = [
      result(SLOT, { check: 'beijing-download-ofd' }),
      result(SLOT, { check: 'beijing-query' }),
    ];
    const { facts, links, installation } = await tell({
      results: [GOOD, FAILED, ...others],
      alert: { incident: INCIDENT.id },
    });
    expect(facts).toMatchObject({
      影响对象: '北京电子发票（模拟）：下载',
      影响的任务: '上传发票、下载版式文件',
      状态: '中断',
      测量线路: '电信、联通',
      开始时间: '2026年1月5日 08:59（中国标准时间）',
      应当: '8 秒内正确应答',
      实测: '对方报错（HTTP 503）（代码 http_status）',
      最近一次失败: expect.stringMatching(
        /^2026年1月5日 08:59:48（中国标准时间）、用时 1\.2 秒、检测 beijing-download-pdf、从电信测$/,
      ),
      最近一次正常: '2026年1月5日 08:59:30（中国标准时间）',
      各线路最近一次: '电信：系统报错、联通：成功',
      同时有应答的网站: 'other.example、n1.example',
      同时没有应答的对照网站: 'n2.example',
      同系统的其他功能: '查询：正常',
      其他系统: '拼多多发票（模拟）：较慢或受限',
      追踪号: traceId({ installation, check: PDF, slot_at: SLOT }),
    });
    expect(links).toMatchObject({
      查看证据: `https://status.example.invalid/zh-CN/incidents/${INCIDENT.id}`,
      在页面上查看: 'https://status.example.invalid/zh-CN/#beijing.download',
      处置手册: RUNBOOK,
    });
  });

  test('says the same to programs, in a webhook and in the log', async () => {
    const { webhook, log, installation } = await tell({
      results: [GOOD, FAILED],
      alert: { incident: INCIDENT.id },
    });
    const told = {
      component: 'beijing.download',
      system: 'beijing',
      function: 'download',
      tasks: ['upload', 'download'],
      lines: ['telecom', 'unicom'],
      expected_within_seconds: 8,
      got: {
        check: PDF,
        line: 'telecom',
        started_at: '2026-01-05T00:59:48.000Z',
        duration_seconds: 1.2,
        outcome: 'system',
        reason: 'http_status',
        detail: 'HTTP 503',
        http_status: 503,
        trace_id: traceId({ installation, check: PDF, slot_at: SLOT }),
      },
      last_good_at: '2026-01-05T00:59:30.200Z',
      by_line: [{ line: 'telecom', outcome: 'system' }],
      answered: ['other.example', 'n1.example'],
      silent: ['n2.example'],
      same_system: [{ function: 'query', state: 'operational' }],
      other_systems: [{ system: 'pinduoduo', state: 'degraded_performance' }],
      runbook_url: RUNBOOK,
      page_url: 'https://status.example.invalid/zh-CN/#beijing.download',
      incident_url: `https://status.example.invalid/zh-CN/incidents/${INCIDENT.id}`,
    };
    expect(webhook).toMatchObject(told);
    expect(log).toMatchObject(told);
  });

  test.each([
    ['en', 'Tasks concerned', 'Upload, Download'],
    ['en', 'Got', 'the system reports an error (HTTP 503) (code http_status)'],
    ['en', 'Since', 'Jan 5, 2026, 08:59 (China Standard Time)'],
    ['ja', '期待', '8秒以内の正しい応答'],
    ['ja', '開始時刻', '2026年1月5日 08:59（中国標準時）'],
  ] as const)('in %s: %s', async (locale, term, said) => {
    expect((await tell({ results: [FAILED], locale })).facts[term]).toBe(said);
  });
});

describe('T7: what is not known', () => {
  test('is left out: no measurement, no runbook, no incident, no tasks, one line', async () => {
    const bare = siteConfiguration({ demo: false });
    const { facts, links, webhook } = await tell({ site: { ...bare, tasks: [] } });
    const terms = Object.keys(facts);
    for (const term of ['影响的任务', '应当', '实测', '最近一次失败', '最近一次正常', '追踪号'])
      expect(terms).not.toContain(term);
    for (const term of ['各线路最近一次', '同时有应答的网站', '同时没有应答的对照网站'])
      expect(terms).not.toContain(term);
    expect(Object.keys(links)).toEqual(['我来处理', '在页面上查看']);
    expect(webhook).toMatchObject({ got: null, last_good_at: null, runbook_url: null });
  });

  test('a result of ours is not what the system answered', async () => {
    const ours = bad(SLOT, { check: PDF, outcome: 'self', reason: 'starved', detail: null });
    expect((await tell({ results: [ours] })).facts).not.toHaveProperty('实测');
    const stale = { kind: 'stale', state: 'unknown', notes: [] } satisfies Partial<Alert>;
    const { facts } = await tell({ results: [ours], alert: stale });
    expect(facts.实测).toBe('我们的机器太忙（代码 starved）');
  });

  test('what came after the notice, or of another function, is no part of it', async () => {
    const later = bad(START + MINUTE, { check: PDF, reason: 'error_page', detail: null });
    const other = bad(SLOT, { check: 'beijing-query', reason: 'error_page', detail: null });
    expect((await tell({ results: [later, other] })).facts).not.toHaveProperty('实测');
  });

  test('of one that lasts, the last good run is the one before it began', async () => {
    const since = START - 3 * DAY;
    const before = result(since - 15 * SECOND, { check: PDF });
    const { webhook } = await tell({ results: [before, FAILED], alert: { since } });
    expect(webhook.last_good_at).toBe('2026-01-02T00:59:45.200Z');
  });

  test('of one that is over, only what it was is told', async () => {
    const over = { resolved_at: START, resolved_since: START - SECOND };
    const { facts } = await tell({ results: [GOOD, FAILED], alert: over });
    expect(facts).toMatchObject({ 影响的任务: '上传发票、下载版式文件' });
    expect(facts).not.toHaveProperty('实测');
    expect(facts).not.toHaveProperty('其他系统');
  });
});

test('T7: many other systems are named the worst first, and the rest counted', async () => {
  const site = siteOf();
  const [first] = site.systems;
  if (!first) throw new Error('no system');
  const checks = Array.from({ length: 12 }, (_, i) => ({
    id: `s${i}-reach`,
    system: `s${i}`,
    function: 'reach' as const,
    line: 'telecom',
    deadline_ms: SECOND,
    schedule: '* * * * * *',
    zone: 'Asia/Shanghai',
    options: {},
  }));
  const findings = {
    bad: null,
    last_good_at: null,
    last: [],
    states: checks.map(({ system }, i) => ({
      component: `${system}.reach`,
      to: i === 11 ? ('major_outage' as const) : ('operational' as const),
    })),
    waited: [],
  };
  const { announcement } = createRender(
    { ...site, checks },
    SIGNER,
  )({
    delivery_id: 'd1',
    notice: { ...NOTICE, kind: 'alert_opened' },
    payload: { subject: 'alert', alert: anAlert(), recorded: true, bad_time: null, findings },
    to: { channel: 'log', address: '', locale: 'en', secret: null, links: null },
  });
  const told = announcement.facts.find(({ term }) => term === 'Other systems')?.text;
  expect(told).toMatch(/^s11: Down, s0: Normal, .* and 4 more$/);
});
