import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATALOGUES, createWords } from '../../messages/catalogue.ts';
import { createFill } from '../../messages/fill.ts';
import {
  advice,
  functionOf,
  incidentTitle,
  type MessageKey,
  noteSentence,
  reasonText,
  stateName,
  updateBody,
  verdictSentence,
  whySentences,
} from '../../messages/index.ts';
import type { Note } from '../../model/component.ts';
import type { IncidentUpdate } from '../../model/incident.ts';
import type { BadTime } from '../../model/ledger.ts';
import type { IncidentView } from '../../model/overview.ts';
import { verdict } from '../../model/verdict.ts';
import {
  CHECKED,
  type Checked,
  type FileReason,
  LOCALES,
  REASONS,
  REQUIRED_LOCALES,
  RESULT_NOTES,
  type Reason,
  type State,
} from '../../model/vocabulary.ts';
import { incident as anIncident, incidentUpdate } from '../model/builders.ts';

const ZONE = 'Asia/Shanghai';
const AT = Date.parse('2026-11-21T06:32:04Z');
const zh = createWords({ locale: 'zh-CN', zone: ZONE, now: () => AT });
const en = createWords({ locale: 'en', zone: ZONE, now: () => AT });
const NO_NAMES = { checks: {}, lines: {} };

/** One file of each in the folder of a language. */
const SUBJECTS = ['page', 'subscription', 'notices', 'admin', 'demo'];

async function textsOf(subject: string): Promise<Record<string, string>> {
  return (await import(`../../messages/zh-CN/${subject}.ts`)).default;
}

/** The placeholders of a message, sorted. */
function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].sort();
}

describe('the catalogue', () => {
  const first: Partial<Record<MessageKey, string>> = CATALOGUES[LOCALES[0]] ?? {};

  test.each(REQUIRED_LOCALES)('%s says everything', (locale) => {
    expect(Object.keys(CATALOGUES[locale] ?? {}).sort()).toEqual(Object.keys(first).sort());
  });

  test.each(LOCALES)('%s has the parameters of the first language, and no empty text', (locale) => {
    for (const [key, message] of Object.entries(CATALOGUES[locale] ?? {})) {
      const expected = placeholders(first[key as MessageKey] ?? '');
      expect([key, placeholders(message)]).toEqual([key, expected]);
      if (key !== 'sentence.separator') expect([key, message.trim()]).not.toEqual([key, '']);
    }
  });

  test('of every language is a folder of its name, and every such folder is in the list', () => {
    const folders = readdirSync('messages', { withFileTypes: true }).filter((it) =>
      it.isDirectory(),
    );
    expect(folders.map(({ name }) => name).sort()).toEqual([...LOCALES].sort());
  });

  test.each(SUBJECTS)('has every key of %s in that subject alone', async (subject) => {
    const own = await textsOf(subject);
    const others = await Promise.all(SUBJECTS.filter((it) => it !== subject).map(textsOf));
    expect(Object.keys(own).filter((key) => others.some((it) => key in it))).toEqual([]);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(Object.keys(own)));
  });

  test('holds no message that nothing says', () => {
    const sources = ['messages', 'status-page', 'notify', 'channels']
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`),
      )
      .filter(
        (path) => path.endsWith('.ts') && !LOCALES.some((it) => path.startsWith(`messages/${it}/`)),
      )
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const unsaid = Object.keys(first).filter((key) => {
      if (sources.includes(`'${key}'`)) return false;
      // Put together from a closed set: `state.${…}`, `confirm.${action}.about`, `link.${…}_title`.
      const [, group, rest = ''] = /^(\w+)\.(.*)$/.exec(key) ?? [];
      const ending = /[._]\w+$/.exec(rest)?.[0] ?? '';
      const family = key.slice(0, key.lastIndexOf('.'));
      const said = [
        sources.includes(`\`${family}.\${`),
        ending !== '' && new RegExp(`\`${group}\\.\\$\\{[^}]*\\}\\${ending}\``).test(sources),
        key.startsWith('page.stale_') && sources.includes('`page.stale_${'),
      ];
      return !said.includes(true);
    });
    expect(unsaid).toEqual([]);
  });
});

describe('fill', () => {
  const fill = createFill('en');

  test('puts parameters in and chooses the form for the number', () => {
    expect(fill('{n} {n|item|items} of {all}', { n: '1', all: '9' })).toBe('1 item of 9');
    expect(fill('{n} {n|item|items} of {all}', { n: '1,234', all: '9' })).toBe('1,234 items of 9');
    expect(fill('{n} {n|item|items}', { n: 1_234 })).toBe('1,234 items');
  });

  test('tells apart as many forms as the language', () => {
    const russian = createFill('ru');
    const texts = [1, 3, 5].map((n) => russian('{n} {n|счёт|счёта|счетов}', { n }));
    expect(texts).toEqual(['1 счёт', '3 счёта', '5 счетов']);
  });

  test('does not look for placeholders in what it puts in', () => {
    expect(fill('{a}', { a: '{b}' })).toBe('{b}');
  });

  test('refuses to leave a hole', () => {
    expect(() => fill('{a} and {b}', { a: '1' })).toThrow('needs the parameter b');
  });
});

describe('durations', () => {
  test.each([
    [0, '0 秒', '0 s'],
    [3, '0.01 秒', '0.01 s'],
    [320, '0.32 秒', '0.32 s'],
    [999, '1 秒', '1 s'],
    [8_240, '8.2 秒', '8.2 s'],
    [9_960, '10 秒', '10 s'],
    [59_400, '59 秒', '59 s'],
    [59_700, '1 分', '1 min'],
    [110_000, '1 分 50 秒', '1 min 50 s'],
    [3_599_700, '1 小时', '1 h'],
    [11_400_000, '3 小时 10 分', '3 h 10 min'],
    [86_399_000, '1 天', '1 d'],
    [86_400_000, '1 天', '1 d'],
    [183_600_000, '2 天 3 小时', '2 d 3 h'],
  ])('%d ms', (ms, chinese, english) => {
    expect([zh.duration(ms), en.duration(ms)]).toEqual([chinese, english]);
  });
});

describe('times are those of the page zone', () => {
  test('as a clock, near a reference, and by date', () => {
    expect(zh.clock(AT)).toBe('14:32:04');
    expect(zh.timeNear(AT, AT + 3_600_000)).toBe('14:32');
    expect(zh.timeNear(AT, AT + 86_400_000)).toBe('11月21日 14:32');
    expect(en.dateTime(AT)).toBe('Nov 21, 14:32');
    expect(zh.day('2026-11-02')).toBe('11月2日');
    expect(zh.clock(Date.parse('2026-11-20T16:00:00Z'))).toBe('00:00:00');
    expect(zh.zone()).toBe('中国标准时间（Asia/Shanghai）');
  });
});

const NOTES: Note[] = [
  { code: 'checks_failing', checks: ['a', 'b'], reason: 'digest_mismatch', detail: 'Page_0' },
  { code: 'checks_failing', checks: ['a'], reason: null, detail: null },
  { code: 'line_failing', lines: ['telecom'], reason: 'connection_refused' },
  { code: 'some_users_affected', bad: 4, n: 60 },
  { code: 'slow', checks: ['a'] },
  { code: 'sync_slow', n: 24, limit_ms: 60_000 },
  { code: 'stalled', waiting: 12, oldest_accepted_at: AT },
  { code: 'maybe_our_line', line: 'telecom' },
  { code: 'never_measured' },
  { code: 'expired', last_slot_at: AT },
  { code: 'not_judged', outcome: 'credential', reason: 'error_code', ended_at: AT },
  { code: 'not_judged', outcome: 'throttled', reason: null, ended_at: AT },
  { code: 'look_unanswered', last_answered_at: AT },
  { code: 'look_unanswered', last_answered_at: null },
  { code: 'nothing_to_follow', last_answered_at: AT },
  { code: 'nothing_to_follow', last_answered_at: null },
  { code: 'self', reason: 'late_start' },
  { code: 'gap', from: AT },
  { code: 'gap', from: AT, cause: 'clock' },
  { code: 'degraded', checks: ['a'], reason: 'error_code', detail: 'code 1' },
  { code: 'degraded', checks: [], reason: null, detail: null },
  { code: 'checks_failing', checks: ['a'], reason: 'says_maintenance', detail: null },
  { code: 'checks_failing', checks: [], reason: 'says_maintenance', detail: null },
  { code: 'not_judged', outcome: 'self', reason: 'starved', ended_at: AT },
  { code: 'learning' },
  { code: 'not_known', checks: ['a'] },
  { code: 'not_known', checks: ['only'] },
  { code: 'maintenance', maintenance_id: 'x' },
  ...RESULT_NOTES.map((note): Note => ({ code: 'noticed', note, checks: ['a'] })),
  { code: 'noticed', note: 'weak_key', checks: ['only'] },
  ...CHECKED.map(
    (checked): Note => ({ code: 'files_checked', checked, reason: null, checks: ['a'] }),
  ),
  { code: 'files_checked', checked: 'none', reason: 'encrypted', checks: ['only'] },
];
const NAMES = {
  checks: { a: 'PDF', b: 'OFD' },
  lines: { telecom: { 'zh-CN': '电信', en: 'Telecom' } },
};

describe('notes', () => {
  test.each(NOTES)('$code is a whole sentence in every language', (note) => {
    expect(noteSentence(note, zh, NAMES)).toMatch(/。$/);
    expect(noteSentence(note, en, NAMES)).toMatch(/^[A-Z\d].*\.$/);
  });

  test('name the checks that fail, what was wrong and where', () => {
    const [note] = NOTES;
    if (!note) throw new Error('unreachable');
    expect(noteSentence(note, zh, NAMES)).toBe(
      'PDF、OFD连续失败：文件内容被改动（摘要不符）（Page_0）。',
    );
    expect(noteSentence(note, zh, NO_NAMES)).toBe(
      '连续失败：文件内容被改动（摘要不符）（Page_0）。',
    );
  });

  test.each([
    ['credential', 'error_code', '凭证被拒'],
    ['throttled', 'http_status', '被限流'],
    ['throttled', 'blocked', '被拦截'],
    ['unreadable', 'unknown_charset', '读不懂回答的字符编码'],
  ] as const)('%s, %s is said to be why nothing was judged', (outcome, reason, why) => {
    const note: Note = { code: 'not_judged', outcome, reason, ended_at: AT };
    expect(noteSentence(note, zh, NAMES)).toBe(
      `不能判断它是否正常：${why}（上次应答 11月21日 14:32）。`,
    );
  });

  test.each([
    ['prerequisite', 'waits_for_query', '要先查询，而查询没有成功'],
    ['self', 'late_start', '我们自己的问题（测量没有按时开始）'],
    ['throttled', 'maybe_blocked', '可能被拦截，刚拒绝过我们，现在没有应答'],
  ] as const)('U1: %s, %s is no answer of the system', (outcome, reason, why) => {
    const note: Note = { code: 'not_judged', outcome, reason, ended_at: AT };
    expect(noteSentence(note, zh, NAMES)).toBe(
      `不能判断它是否正常：${why}（11月21日 14:32 的测量）。`,
    );
  });

  test('U1: an unknown state names its reason, and the last measurement with a verdict', () => {
    const view = (outcome: 'throttled' | 'credential', reason: Reason) => ({
      state: 'unknown' as const,
      notes: [{ code: 'not_judged' as const, outcome, reason, ended_at: AT }],
      names: NO_NAMES,
      measured_at: AT - 5 * 60_000,
    });
    expect(stateName(view('throttled', 'http_status'), zh)).toBe('未知：被限流');
    expect(stateName(view('throttled', 'blocked'), zh)).toBe('未知：被拦截');
    expect(stateName(view('credential', 'http_status'), zh)).toBe('未知：凭证被拒');
    expect(stateName(view('credential', 'http_status'), en)).toBe('Unknown: credentials refused');
    expect(whySentences(view('throttled', 'http_status'), zh).at(-1)).toBe(
      '上一次有结论的测量：11月21日 14:27。',
    );
    const nothing = { state: 'unknown' as const, notes: [{ code: 'never_measured' as const }] };
    expect(stateName(nothing, zh)).toBe('未知');
  });

  test('B3: what may be our own line is said of outages, in the state and in the verdict', () => {
    const notes: Note[] = [{ code: 'maybe_our_line', line: 'telecom' }];
    expect(stateName({ state: 'major_outage', notes }, zh)).toBe('中断（可能是本机线路）');
    // One line of several failed: too few for an outage.
    expect(stateName({ state: 'operational', notes }, zh)).toBe('正常');
    const component = (state: State, fn: 'query' | 'upload', its: Note[] = []) => ({
      state,
      notes: its,
      function: fn,
      system_name: { 'zh-CN': '北京', en: 'Beijing' },
    });
    const components = [
      component('major_outage', 'query', notes),
      component('operational', 'upload'),
    ];
    const states = components.map(({ state }, i) => ({ component: `b.${i}`, state }));
    const judged = { verdict: verdict(states), measured_at: AT };
    expect(verdictSentence(judged, components, zh)).toBe('查询中断（可能是本机线路），其余正常');
    expect(verdictSentence(judged, components, en)).toBe(
      'Query down (perhaps our own line), the rest is normal',
    );
  });

  test('M6: a system that says it is under maintenance is quoted, and found unannounced', () => {
    const failing: Note = {
      code: 'checks_failing',
      checks: [],
      reason: 'says_maintenance',
      detail: null,
    };
    expect(noteSentence(failing, zh, NO_NAMES)).toBe('系统自称维护，未见公告。');
  });

  test('B7: a gap names its cause', () => {
    expect(noteSentence({ code: 'gap', from: AT, cause: 'clock' }, zh, NO_NAMES)).toBe(
      '我们的测量从 11月21日 14:32 起停了一段时间（时钟拨快）。不代表系统故障。',
    );
  });

  test('say what files were checked by, in words, or why they were not', () => {
    const said = (checked: Checked, reason: FileReason | null) =>
      noteSentence({ code: 'files_checked', checked, reason, checks: ['a'] }, zh, NAMES);
    expect(said('bytes', null)).toBe('PDF：文件内容未变。');
    expect(said('digests', null)).toBe('PDF：文件的数字摘要相符。');
    expect(said('structure', null)).toBe('PDF：文件结构完整。');
    expect(said('none', 'encrypted')).toBe('PDF：文件未能检查（文件已加密）。');
  });

  test('name lines in the language, or by id when the page does not know them', () => {
    const note: Note = { code: 'maybe_our_line', line: 'telecom' };
    expect(noteSentence(note, zh, NAMES)).toContain('（电信）');
    expect(noteSentence(note, en, NO_NAMES)).toContain('(telecom)');
  });

  test.each(REASONS)('reason %s has words in every language', (reason) => {
    expect(reasonText(reason, null, zh)).toMatch(/\p{Script=Han}/u);
    expect(reasonText(reason, null, en)).toMatch(/^[a-z].*[a-zA-Z)]$/);
  });

  test('details are shown where they say more than the words', () => {
    expect(reasonText('http_status', 'HTTP 503', en)).toBe(
      'the system reports an error (HTTP 503)',
    );
    expect(reasonText('timeout_connect', 'deadline reached', zh)).toBe('超时，连接不上');
    expect(reasonText(null, 'HTTP 503', zh)).toBe('HTTP 503');
  });
});

const ANSWERED: Note = { code: 'noticed', note: 'answered_only', checks: ['r'] };

describe('the verdict', () => {
  const say = (states: Record<string, State | 'answered'>, measured_at: number | null = AT) => {
    const components = Object.entries(states).map(([id, it]) => ({
      id,
      state: it === 'answered' ? ('operational' as const) : it,
      notes: it === 'answered' ? [ANSWERED] : [],
      function: functionOf(id),
      system_name: { 'zh-CN': `系统${id[0]}`, en: `System ${id[0]}` },
    }));
    const headline = {
      verdict: verdict(components.map(({ id, state }) => ({ component: id, state }))),
      measured_at,
    };
    return {
      zh: verdictSentence(headline, components, zh),
      en: verdictSentence(headline, components, en),
      advice: advice(headline, components, zh),
    };
  };

  test('claims no more of what only answers', () => {
    const all = say({ 'a.reach': 'answered', 'b.reach': 'answered' });
    expect(all.zh).toBe('测量的入口都有应答');
    expect(all.en).toBe('All measured entries answer');
    expect(all.advice).toBe('只核对了入口有应答，能不能办理没有测量。');
    const some = say({ 'a.reach': 'answered', 'b.reach': 'operational', 'b.query': 'operational' });
    expect(some.zh).toBe('系统a的访问有应答，其余正常');
    expect(say({ 'a.reach': 'answered', 'b.query': 'major_outage' }).zh).toBe(
      '查询中断，访问有应答',
    );
    expect(say({ 'a.reach': 'operational' }).zh).toBe('测量的功能全部正常');
  });

  test('says what is wrong, worst first, and that the rest is fine', () => {
    const said = say({
      'a.upload': 'operational',
      'b.query': 'degraded_performance',
      'b.sync': 'unknown',
      'b.download': 'major_outage',
    });
    expect(said.zh).toBe('下载中断，查询较慢，同步暂时未知，其余正常');
    expect(said.en).toBe('Download down, Query slow, Sync unknown, the rest is normal');
    expect(said.advice).toContain('不要反复重试');
  });

  test('names the system where the same function is well elsewhere', () => {
    const said = say({ 'a.query': 'major_outage', 'b.query': 'operational', 'b.sync': 'unknown' });
    expect(said.zh).toBe('系统a的查询中断，同步暂时未知，其余正常');
    expect(said.en).toBe('System a Query down, Sync unknown, the rest is normal');
    const both = say({ 'a.query': 'major_outage', 'b.query': 'major_outage' });
    expect(both.zh).toBe('查询中断');
  });

  test('warns of submitting twice where that is a temptation', () => {
    expect(say({ 'a.upload': 'major_outage' }).advice).toContain('不要重复提交');
    expect(say({ 'a.download': 'major_outage' }).advice).not.toContain('不要重复提交');
  });

  test('never says that all is well when something is unknown', () => {
    const said = say({ 'a.upload': 'operational', 'b.query': 'unknown' });
    expect(said.zh).toBe('查询暂时未知，其余正常');
    expect(said.advice).toContain('也不代表正常');
  });

  test('tells a new site from one that is not measured any more', () => {
    expect(say({ 'a.upload': 'unknown' }, null).zh).toBe('还没有测量结果');
    expect(say({ 'a.upload': 'unknown' }, AT).zh).toBe('现在无法判断');
  });

  test('speaks of what is measured only, and never of filing', () => {
    const said = say({ 'a.upload': 'operational', 'c.reach': 'operational' });
    expect(said.zh).toBe('测量的功能全部正常');
    for (const locale of LOCALES) {
      for (const [key, text] of Object.entries(CATALOGUES[locale] ?? {})) {
        if (key !== 'task.reach_only')
          expect([key, text]).not.toEqual([key, expect.stringMatching(/申报|filing/)]);
      }
    }
  });

  test('advises not to issue again when only sync is late', () => {
    expect(say({ 'b.query': 'operational', 'b.sync': 'partial_outage' }).advice).toBe(
      '刚开的发票会晚一些才查得到，请不要重复开具。',
    );
  });
});

/** As the page tells it; the ledger knows of nothing that is over. */
function told(given: Partial<IncidentView> = {}) {
  return { ...anIncident(given), bad_time: null, ...given };
}

describe('incidents', () => {
  const names = { system_name: { 'zh-CN': '北京', en: 'Beijing' }, line_name: null };

  test('have a title in every language', () => {
    const incident = told({ functions: ['query', 'download'] });
    expect(incidentTitle(incident, names, zh)).toBe('北京：查询、下载中断');
    expect(incidentTitle(incident, names, en)).toBe('Beijing: Query, Download down');
  });

  test('have updates from codes, and a person’s words as they are', () => {
    const update: IncidentUpdate = {
      id: 'u',
      incident: 'i',
      status: 'investigating',
      code: 'worse',
      text: null,
      affected: [{ component: 'beijing.download', from: 'partial_outage', to: 'major_outage' }],
      created_at: AT,
    };
    expect(updateBody(update, told(), zh)).toBe('情况加重：下载：部分中断 → 中断。');
    expect(updateBody({ ...update, affected: [] }, told(), zh)).toBe('情况加重：状态有变化。');
    const own = { ...update, code: 'text', text: '{n} <b>' } as const;
    expect(updateBody(own, told(), zh)).toBe('{n} <b>');
  });

  test('B3: say in every sentence that it may be our line, and from where it was seen', () => {
    const line_name = { 'zh-CN': '电信', en: 'Telecom' };
    const incident = told({ functions: ['query'], maybe_our_line: true });
    expect(incidentTitle(incident, { ...names, line_name }, zh)).toBe(
      '北京：查询中断（可能是本机线路）（从 电信 测）',
    );
    expect(incidentTitle(incident, { ...names, line_name }, en)).toBe(
      'Beijing: Query down (perhaps our own line) (seen from Telecom)',
    );
    const proven = told({ functions: ['query'] });
    expect(incidentTitle(proven, { ...names, line_name }, zh)).toBe('北京：查询中断（从 电信 测）');
    const said = (code: IncidentUpdate['code']) =>
      updateBody(incidentUpdate({ code, affected: [] }), incident, zh);
    expect(said('opened')).toContain('可能是本机线路');
    expect(said('worse')).toContain('可能是本机线路');
    expect(said('resolved')).not.toContain('可能是本机线路');
  });

  test.each([
    [
      'outage',
      '北京：下载曾中断，现在情况不明',
      'Beijing: Download was down, not known at present',
    ],
    [
      'partial_outage',
      '北京：下载曾部分中断，现在情况不明',
      'Beijing: Download was partly down, not known at present',
    ],
    [
      'degraded',
      '北京：下载曾较慢，现在情况不明',
      'Beijing: Download was slow, not known at present',
    ],
  ] as const)('neither go on nor are over while that is unclear: %s', (title, chinese, english) => {
    for (const status of ['investigating', 'identified', 'monitoring'] as const) {
      const incident = told({ title, status, functions: ['download'], unclear: true });
      expect(incidentTitle(incident, names, zh)).toBe(chinese);
      expect(incidentTitle(incident, names, en)).toBe(english);
    }
    const line_name = { 'zh-CN': '电信', en: 'Telecom' };
    const limited = told({ title, functions: ['download'], unclear: true });
    expect(incidentTitle(limited, { ...names, line_name }, zh)).toBe(`${chinese}（从 电信 测）`);
  });

  test('are told in the past tense once they are over, with their length', () => {
    const of = (bad_time: Partial<BadTime> | null, given: Partial<IncidentView> = {}) => {
      const whole = {
        from: AT,
        to: AT + 96_000,
        bad_ms: 96_000,
        parts: 1,
        end: 'seen',
        states: ['major_outage'],
      } as const;
      const over: Partial<IncidentView> = { status: 'resolved', functions: ['download'] };
      return told({ ...over, bad_time: bad_time && { ...whole, ...bad_time }, ...given });
    };
    const title = (it: ReturnType<typeof of>) => incidentTitle(it, names, zh);
    expect(title(of({}))).toBe('北京：下载曾中断 1 分 36 秒');
    expect(incidentTitle(of({}), names, en)).toBe('Beijing: Download was down for 1 min 36 s');
    expect(title(of({}, { status: 'monitoring' }))).toBe('北京：下载曾中断 1 分 36 秒');
    expect(title(of({ parts: 7, bad_ms: 70_000 }))).toBe(
      '北京：下载曾中断（共 1 分 10 秒，分 7 段）',
    );
    expect(title(of({ end: 'not_seen' }))).toBe('北京：下载曾中断（1 分 36 秒 · 结束未观察到）');
    // What was slow for a while too was not down for all of that time.
    const mixed = of({ states: ['major_outage', 'degraded_performance'] });
    expect(title(mixed)).toBe('北京：下载曾中断');
    expect(title(of(null))).toBe('北京：下载曾中断');
    expect(title(of({ states: ['degraded_performance'] }, { title: 'degraded' }))).toBe(
      '北京：下载曾较慢 1 分 36 秒',
    );
    // Not over.
    expect(title(of({}, { status: 'identified' }))).toBe('北京：下载中断');
  });
});
