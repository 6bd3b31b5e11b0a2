import { describe, expect, test } from 'vitest';
import {
  noteSentence,
  reasonText,
  stateName,
  verdictSentence,
  whySentences,
} from '../../messages/index.ts';
import type { Note } from '../../model/component.ts';
import { verdict } from '../../model/verdict.ts';
import {
  CHECKED,
  type Checked,
  type FileReason,
  REASONS,
  RESULT_NOTES,
  type Reason,
  type State,
} from '../../model/vocabulary.ts';
import { AT, en, zh } from './words.ts';

const NO_NAMES = { checks: {}, lines: {} };

const NOTES: Note[] = [
  { code: 'checks_failing', checks: ['a', 'b'], reason: 'digest_mismatch', detail: 'Page_0' },
  { code: 'checks_failing', checks: ['a'], reason: null, detail: null },
  { code: 'line_failing', lines: ['telecom'], reason: 'connection_refused' },
  { code: 'some_users_affected', bad: 4, n: 60 },
  { code: 'some_users_affected', bad: 4, n: 60, window_ms: 300_000, source: 'own_traffic' },
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
  { code: 'quiet', last_at: AT },
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
      'PDF、OFD 连续失败：文件内容被改动（摘要不符）（Page_0）。',
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
    ['prerequisite', 'waits_for_login', '要先登录，而登录没有成功'],
    ['prerequisite', 'waits_for_other', '要先办成的另一项功能没有成功'],
    ['prerequisite', 'needed_unknown', '要先办成的另一项功能还没有测量结果'],
    ['self', 'late_start', '我们自己的问题（测量没有按时开始）'],
    ['throttled', 'maybe_blocked', '可能被拦截，刚拒绝过我们，现在没有应答'],
  ] as const)('U1: %s, %s is no answer of the system', (outcome, reason, why) => {
    const note: Note = { code: 'not_judged', outcome, reason, ended_at: AT };
    expect(noteSentence(note, zh, NAMES)).toBe(
      `不能判断它是否正常：${why}（11月21日 14:32 的测量）。`,
    );
  });

  test('what waits for another function names it', () => {
    const note: Note = {
      code: 'not_judged',
      outcome: 'prerequisite',
      reason: 'waits_for_login',
      ended_at: AT,
      waits_for: 'beijing.login',
    };
    const needed = { 'beijing.login': { 'zh-CN': '北京', en: 'Beijing' } };
    expect(noteSentence(note, zh, { ...NAMES, needed })).toBe(
      '不能判断它是否正常：11月21日 14:32 的测量失败，而它所依赖的北京的登录没有成功。',
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
      is_tax_entry: false,
    });
    const components = [
      component('major_outage', 'query', notes),
      component('operational', 'upload'),
    ];
    const judged = { verdict: verdict(components.map((it) => it.state)), measured_at: AT };
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
    expect(reasonText('amount_differs', 'amount_differs', zh)).toBe('发票金额与提交的不同');
    expect(reasonText(null, 'HTTP 503', zh)).toBe('HTTP 503');
  });
});
