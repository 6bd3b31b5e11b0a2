import { describe, expect, it } from 'vitest';
import type { Payload } from '../../channels/kit/message.ts';
import type { Alert } from '../../model/alert.ts';
import type { AlertFindings } from '../../model/alert-details.ts';
import type { Note } from '../../model/component.ts';
import type { Incident, IncidentUpdate } from '../../model/incident.ts';
import type { BadTime } from '../../model/ledger.ts';
import { DAY, MINUTE } from '../../model/time.ts';
import type { Locale, Reason, State } from '../../model/vocabulary.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { anAlert, INCIDENT, NOTICE, SIGNER, START, UPDATE } from './samples.ts';

const aLine = (id: string, name: string) => ({ id, name: { 'zh-CN': name, en: id }, proxy: null });
const TELECOM = aLine('telecom', '电信');
const LINES = [TELECOM, aLine('unicom', '联通')];

/** A message about an alert as operators get it, at a site with these lines. */
interface Told {
  lines?: (typeof TELECOM)[];
  locale?: Locale;
  findings?: AlertFindings | null;
  /** What is published of its component. */
  state?: State;
}

function tell(
  alert: Alert,
  { lines = [TELECOM], locale = 'zh-CN', findings = null, state = 'major_outage' }: Told = {},
) {
  const site = siteConfiguration({ demo: false });
  const opens = alert.resolved_at === null;
  const { announcement } = createRender(
    { ...site, lines: lines as typeof site.lines },
    SIGNER,
  )({
    delivery_id: 'd00000000001',
    notice: { ...NOTICE, kind: opens ? 'alert_opened' : 'alert_resolved', ref: alert.id },
    payload: {
      ...{ subject: 'alert', alert, recorded: true, bad_time: null, findings },
      states: new Map([[alert.subject, state]]),
    },
    to: { channel: 'log', address: '', locale, secret: null, links: null },
  });
  const fact = (term: string) => announcement.facts.find((it) => it.term === term)?.text;
  return { ...announcement, text: announcement.body.join('\n'), fact };
}

const own = (subject: string, changed: Partial<Alert> = {}) =>
  anAlert({ kind: 'own', subject, state: null, notes: [], error: 'SQLITE_FULL', ...changed });
const failing = (reason: Reason): Note[] => [
  { code: 'checks_failing', checks: [], reason, detail: null },
];

describe('D4: an alert of trouble of our own', () => {
  it.each([
    ['disk', '【告警】我们的磁盘有故障', 'df -h'],
    ['clock', '【告警】我们的时钟有故障', 'timedatectl'],
    ['machine', '【告警】我们的机器有故障', 'uptime'],
    ['process telecom', '【告警】我们的一个程序反复中断', 'oom'],
    ['line telecom', '【告警】我们的线路（电信）有故障', 'npm run check'],
    ['line gone', '【告警】我们的线路（gone）有故障', 'npm run check'],
  ])('%s names what it is, its effect, its detail and what to look at', (subject, title, look) => {
    const told = tell(own(subject));
    expect(told.title).toBe(title);
    expect(told.text).toMatch(/未知|没有测量/);
    expect(told.fact('详情')).toBe('SQLITE_FULL');
    expect(told.fact('先看什么')).toContain(look);
    expect(told.fact('影响对象')).toBeUndefined();
    expect(told.simulated).toBe(false);
  });

  it('says when it is over, and what became of the time', () => {
    const over = { resolved_at: START + MINUTE, resolved_since: START + MINUTE };
    const told = tell(own('disk', over));
    expect(told.title).toBe('【告警解除】我们的磁盘有故障，已恢复');
    expect(told.text).toContain('记为没有测量');
    expect(told.fact('先看什么')).toBeUndefined();
    expect(tell(own('disk', over), { locale: 'en' }).title).toBe(
      '[Alert resolved] Our disk has a problem: over',
    );
  });
});

it('says of what was not over when we stopped that nobody saw the end', () => {
  const unseen = { resolved_at: START + MINUTE, resolved_since: null };
  const disk = tell(own('disk', unseen));
  expect(disk.title).toBe('【告警解除】我们的磁盘有故障，结束未观察到');
  expect(disk.text).toContain('现在是否结束不知道');
  expect(disk.fact('历时')).toBeUndefined();
  const neutral = anAlert({
    kind: 'neutral',
    subject: 'beijing',
    state: null,
    notes: [],
    ...unseen,
  });
  expect(tell(neutral).text).not.toContain('又有应答');
  expect(tell(neutral).text).toContain('现在是否结束不知道');
});

it('B5: a dead neutral host is told to operators as its own affair', () => {
  const told = tell(anAlert({ kind: 'neutral', subject: 'beijing', state: null, notes: [] }));
  expect(told.title).toMatch(/^【告警】对照网站.+没有应答$/);
  expect(told.text).toContain('系统的状态不受影响');
  expect(told.fact('先看什么')).toContain('浏览器');
});

describe('B3: the title of a failure', () => {
  const down = (notes: Note[]) => anAlert({ state: 'major_outage', notes });

  it('below HTTP ends with the only line', () => {
    expect(tell(down(failing('timeout_connect'))).title).toMatch(/中断（从电信测）$/);
    expect(tell(down(failing('timeout_connect')), { locale: 'en' }).title).toMatch(
      /down \(seen from telecom\)$/,
    );
  });

  it('does not, when something answered or there are several lines', () => {
    expect(tell(down(failing('http_status'))).title).toMatch(/中断$/);
    expect(tell(down(failing('timeout_connect')), { lines: LINES }).title).toMatch(/中断$/);
  });

  it('says that it may be our own line', () => {
    const notes: Note[] = [
      ...failing('timeout_connect'),
      { code: 'maybe_our_line', line: 'telecom' },
    ];
    const told = tell(down(notes));
    expect(told.title).toMatch(/中断（可能是本机线路）（从电信测）$/);
    expect(told.fact('原因')).toContain('可能是本机线路');
  });
});

it('U1: an alert of a function that cannot be judged says why, not that measuring stopped', () => {
  const notes: Note[] = [
    { code: 'not_judged', outcome: 'throttled', reason: 'http_status', ended_at: START },
  ];
  const told = tell(anAlert({ kind: 'stale', state: 'unknown', notes }));
  expect(told.title).toMatch(/无法判断：被限流$/);
  expect(told.fact('原因')).toContain('上次应答');
  const silent: Note[] = [{ code: 'expired', last_slot_at: START }];
  expect(tell(anAlert({ kind: 'stale', state: 'unknown', notes: silent })).title).toMatch(
    /测量中断$/,
  );
});

type IncidentPayload = Extract<Payload, { subject: 'incident' }>;

function incidentMessage(changed: Partial<Incident>, told: Partial<IncidentPayload> = {}) {
  const site = siteConfiguration({ demo: false });
  const update = { ...UPDATE, ...told.update };
  const incident = { ...INCIDENT, ...changed, updates: [update] };
  const { bad_time = null } = told;
  const affected = incident.components.map((component) => ({ component, now: null, bad_time }));
  const of_it = { affected, said: [update], is_first: false };
  const known = { bad_time, corrected_at: null, ...of_it, ...told, update };
  const { announcement } = createRender(
    { ...site, lines: [TELECOM] },
    SIGNER,
  )({
    delivery_id: 'd00000000001',
    notice: NOTICE,
    payload: { subject: 'incident', incident, ...known },
    to: { channel: 'log', address: '', locale: 'zh-CN', secret: null, links: null },
  });
  return announcement;
}

describe('a reader’s message that an incident is over', () => {
  const update: IncidentUpdate = { ...UPDATE, code: 'resolved', status: 'resolved', affected: [] };
  const bad_time: BadTime = {
    from: START,
    to: START + 90_000,
    bad_ms: 90_000,
    ailments: ['outage'],
    worst: 'major_outage',
    parts: 1,
    end: 'seen',
  };
  const OVER = { title: 'outage', status: 'resolved' } as const;

  it('says that it was corrected, as the page does', () => {
    const { title, body, facts } = incidentMessage(OVER, { update, bad_time, corrected_at: START });
    expect(title).toContain('曾中断 1 分 30 秒');
    expect(body.join()).toContain('更正于 2026年1月5日');
    expect(facts.map(({ text }) => text)).toContain('1 分 30 秒');
    expect(incidentMessage(OVER, { update, bad_time }).body.join()).not.toContain('更正');
  });

  it('says that nothing is left of it, and no length of what lasts', () => {
    const withdrawn = incidentMessage(OVER, { update, corrected_at: START });
    expect(withdrawn.title).toMatch(/已更正撤回$/);
    const lasting = { ...bad_time, to: null, end: 'lasting' } as const;
    const { title, facts } = incidentMessage(OVER, { update, bad_time: lasting });
    expect(title).toMatch(/曾中断$/);
    expect(facts.map(({ text }) => text)).not.toContain('1 分 30 秒');
  });
});

describe('an alert of a failure that is not known to last', () => {
  it.each([
    ['unknown', '下载曾中断，现在情况不明', '曾是“中断”，现在是“未知”。', '未知'],
    ['under_maintenance', '下载曾中断，现在维护中', '曾是“中断”，现在是“维护中”。', '维护中'],
    ['major_outage', '下载中断', '现在是“中断”。', '中断'],
    // What is well by then is told as its end, in a message of its own.
    ['operational', '下载中断', '现在是“中断”。', '中断'],
  ] as const)('%s by then: %s', (state, title, text, fact) => {
    const told = tell(anAlert(), { state });
    expect(told.title).toMatch(new RegExp(`${title}$`));
    expect(told.text).toContain(text);
    expect(told.fact('状态')).toBe(fact);
  });

  it('is over all the same', () => {
    const over = anAlert({ resolved_at: START + 90_000, resolved_since: START + 60_000 });
    const told = tell(over, { state: 'unknown' });
    expect(told.text).toContain('恢复正常');
    expect(told.fact('状态')).toBeUndefined();
  });
});

it('B3: a reader’s message says the same of an incident, in subject and text', () => {
  const announcement = incidentMessage({ seen_from: 'telecom', maybe_our_line: true });
  expect(announcement.title).toMatch(/中断（可能是本机线路）（从电信测）$/);
  expect(announcement.body.join()).toContain('可能是本机线路');
});

describe('evidence of our own trouble', () => {
  it.each([
    ['neutrals_silent n=2', '2 个对照网站都没有应答'],
    ['hosts_silent n=5', '试了 5 个不相干的网站，都没有应答'],
    ['no_route', '本机没有通往外面的路由'],
    ['loop_delayed delay_ms=7000 span_ms=20000', '20 秒里测量程序停了 7 秒'],
    ['thread_dies n=3 span_ms=200000', '3 分 20 秒里测量线程退出了 3 次，每次的原因见日志'],
    ['clock_differs ahead_ms=-3600000', '与其他网站的时钟相差 −1 小时'],
    ['clock_set by_ms=3600000', '时钟被拨了 +1 小时'],
    ['space_left percent=9', '磁盘剩余 9%'],
    [
      'ledger_differs n=2 component=bureau.query from_at=1793644868000 to_at=1793644875000 ' +
        'recorded=major_outage derived=operational',
      '2 处，第一处：bureau.query，2026年11月3日 02:41:08 到 2026年11月3日 02:41:15，' +
        '记录为“中断”，重新判定为“正常”',
    ],
    // As the system has it, and of versions before.
    ['SQLITE_FULL', 'SQLITE_FULL'],
    ['neutrals_silent', 'neutrals_silent'],
    ['3 of 3 neutral hosts', '3 of 3 neutral hosts'],
  ])('%s: %s', (error, said) => {
    expect(tell(own('line local', { error })).fact('详情')).toBe(said);
  });

  it('is in English where that is read', () => {
    const told = tell(own('line local', { error: 'no_route' }), { locale: 'en' });
    expect(told.facts.map(({ text }) => text)).toContain('this machine has no route to anywhere');
  });

  it('names the neutral host', () => {
    const alert = anAlert({ kind: 'neutral', subject: 'etax', state: null, notes: [] });
    expect(tell({ ...alert, error: 'host_silent host=n1.example' }).fact('详情')).toBe(
      'n1.example 没有应答',
    );
  });
});

describe('an alert of a certificate', () => {
  const ends = `ends_at=${START + 13.5 * DAY} days=14 passed=14`;
  const seen = `measured_at=${START} check=beijing-download-pdf`;
  const alert = anAlert({
    ...{ kind: 'certificate', subject: 'fp.example:8443', state: null, notes: [] },
    error: `certificate_ends ${ends} ${seen}`,
  });

  it('says which host, until when, how many days, and when that was measured', () => {
    const told = tell(alert);
    expect(told.title).toBe('【告警】fp.example:8443 的证书 14 天内到期');
    expect(told.text).toContain('有效期至 2026年1月18日 21:00:00');
    expect(told.text).toContain('2026年1月5日 09:00:00 由检测 beijing-download-pdf 测得');
    expect(told.fact('影响对象')).toBe('北京电子发票（模拟）：下载');
    expect(told.fact('先看什么')).toContain('自动更换');
    expect(told.fact('详情')).toBeUndefined();
  });

  it.each([
    ['en', 'The certificate of fp.example:8443 expires within 14 days', 'Jan 18, 2026'],
    ['ja', 'fp.example:8443の証明書の期限が14日以内に切れます', '2026年1月18日'],
  ] as const)('does so in %s', (locale, title, date) => {
    const told = tell(alert, { locale });
    expect(told.title).toContain(title);
    expect(told.text).toContain(date);
  });

  it('says by what it was replaced', () => {
    const error = `certificate_replaced ${ends} until_at=${START + 89 * DAY} ${seen}`;
    const over = { resolved_at: START + MINUTE, resolved_since: START + MINUTE };
    const told = tell({ ...alert, error, ...over });
    expect(told.title).toBe('【告警解除】fp.example:8443 的证书已更换');
    expect(told.text).toContain('有效期至 2026年4月4日 09:00:00，之前的有效期至 2026年1月18日');
  });

  it('does not say so where its checks go elsewhere', () => {
    const told = tell({ ...alert, resolved_at: START + MINUTE });
    expect(told.title).toBe('【告警解除】fp.example:8443 的证书不再测量');
    expect(told.text).toContain('不知道');
  });
});

describe('an alert of a domain', () => {
  const said = `measured_at=${START}`;
  const domain = (error: string, changed: Partial<Alert> = {}) =>
    anAlert({ kind: 'domain', subject: 'example.com', state: null, notes: [], error, ...changed });
  const ends = `ends_at=${START + 6.5 * DAY} days=7 passed=7`;

  it('says until when it is registered, by whom that was said, and for whom it matters', () => {
    const told = tell(domain(`domain_ends ${ends} ${said}`));
    expect(told.title).toBe('【告警】域名 example.com 的注册 7 天内到期');
    expect(told.text).toContain(
      '注册机构在 2026年1月5日 09:00:00 说它注册到 2026年1月11日 21:00:00',
    );
    expect(told.fact('先看什么')).toContain('续费');
    expect(told.fact('影响对象')).toBeUndefined();
    const of_ours = tell({ ...domain(`domain_ends ${ends} ${said}`), subject: '0.0.1' });
    expect(of_ours.fact('影响对象')).toContain('北京电子发票');
  });

  it('says that it has ended, or was renewed', () => {
    const ended = domain(`domain_ends ends_at=${START - DAY} days=0 passed=1 ${said}`);
    expect(tell(ended, { locale: 'en' }).title).toBe(
      '[Alert] The registration of example.com has ended',
    );
    const until = `until_at=${START + 365 * DAY}`;
    const over = { resolved_at: START + MINUTE, resolved_since: START + MINUTE };
    const told = tell(domain(`domain_renewed ${ends} ${until} ${said}`, over));
    expect(told.title).toBe('【告警解除】域名 example.com 已续费');
    expect(told.text).toContain('注册到 2027年1月5日 09:00:00，之前是 2026年1月11日 21:00:00');
  });
});
