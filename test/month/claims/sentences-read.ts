import type { OracleAilment } from '../oracle/component.ts';
import type { AtTime, Claim, IncidentWord, MaintenanceWord } from './claim.ts';
import { formOf, namedIn, withSystem } from './forms.ts';
import { saidLength, saidNumber, saidTime } from './said-times.ts';
import {
  ADVICE,
  AFTER,
  EXPLAINS,
  INCIDENT_WORDS,
  MAINTENANCE_UPDATES,
  MAINTENANCE_WORDS,
  NOW,
  OWN,
  WAS,
} from './words-read.ts';

/** What stands in the places of a sentence. */
type Found = Record<string, string | undefined>;

/** A form of sentence, and what one claims; `near`: an instant of the day that it is read on. */
export interface SentenceForm {
  form: RegExp;
  read: (found: Found, near: number) => Claim[];
}

const form = (template: string, read: SentenceForm['read'] = () => []): SentenceForm => ({
  form: new RegExp(formOf(template), 'uy'),
  read,
});

const now = (word = '') => NOW[word] as OracleAilment;
const time = (text = '', near: number) => saidTime(text, near);
const count = (text = '0') => saidNumber(text);
const names = (text?: string) => text?.split('、') ?? null;

/** A sentence that says when something was: `{at}`. */
const timed = (says: AtTime, template: string) =>
  form(template, ({ at }, near) => [{ says, at: time(at, near) }]);

function changes(text = '', when: string | undefined, near: number): Claim[] {
  const all = text.matchAll(/([^：、]+)：([^ ]+) → ([^、（]+)(?:（([^）]+)）)?/g);
  return [...all].map(([, fn = '', from, to, after]) => ({
    says: 'changed',
    of: namedIn(fn)[0] ?? '',
    from: now(from),
    to: now(to),
    after: AFTER[after ?? ''] ?? null,
    when: when === undefined ? null : time(when, near),
  }));
}

/** How functions are, were and changed: titles, headlines and states. */
const STATES: readonly SentenceForm[] = [
  form('[{system}：]{functions}[ ]{state}', ({ system, functions, state }) => [
    { says: 'is', of: namedIn(withSystem(system, functions)), how: now(state) },
  ]),
  form(
    '[{system}：]{functions}{was}[ {length}][（{aside:length}）][{unclear}]',
    ({ system, functions, was = '', length, aside, unclear }) => {
      const of = namedIn(withSystem(system, functions));
      const how = WAS[was] as OracleAilment;
      if (unclear !== undefined) return [{ says: 'is_unclear', of, how }];
      return [{ says: 'was', of, how, length: length ?? aside ?? null }];
    },
  ),
  form(
    '[{system}：]{functions}{was}[ {length}][（{aside:length}）]，现在维护中',
    ({ system, functions }) => [
      { says: 'is', of: namedIn(withSystem(system, functions)), how: 'under_maintenance' },
    ],
  ),
  form('[{system}：]{functions}由{from:state}转为{to:state}', ({ system, functions, from, to }) =>
    namedIn(withSystem(system, functions)).map((of) => ({
      says: 'changed',
      of,
      from: now(from),
      to: now(to),
      after: null,
      when: null,
    })),
  ),
  form('[{system}：]{functions}已恢复', ({ system, functions }) =>
    namedIn(withSystem(system, functions)).map((of) => ({
      says: 'changed',
      of,
      from: null,
      to: 'operational',
      after: null,
      when: null,
    })),
  ),
  form('[{system}：]{functions}已于 {at:time} 恢复正常。', ({ system, functions, at }, near) => [
    { says: 'recovered_at', of: namedIn(withSystem(system, functions)), at: time(at, near) },
  ]),
  form('[{system}：]{functions}的告警结束，没有测到恢复。'),
  form('[{system}：]{functions}{enters}', ({ system, functions, enters }) =>
    namedIn(withSystem(system, functions)).map((of) => ({
      says: 'changed',
      of,
      from: null,
      to: enters === '进入维护' ? 'under_maintenance' : 'unknown',
      after: null,
      when: null,
    })),
  ),
  form('{functions}曾是“{was:state}”，现在是“{state}”。', ({ functions = '', was, state }) => {
    const of = namedIn(functions);
    return state === '未知'
      ? [{ says: 'is_unclear', of, how: now(was) }]
      : [{ says: 'is', of, how: now(state) }];
  }),
  form('{functions}现在是“{state}”。', ({ functions = '', state }) => [
    { says: 'is', of: namedIn(functions), how: now(state) },
  ]),
  form('{state}', ({ state }) => [{ says: 'is', of: [], how: now(state) }]),
  form('部分未知'),
  form('未知：{unknown}', () => [{ says: 'is', of: [], how: 'unknown' }]),
  form('{functions}', ({ functions = '' }) => [{ says: 'about', of: namedIn(functions) }]),
  form('测量的功能全部正常', () => [{ says: 'rest_is', but: [], how: 'operational' }]),
  form('现在无法判断', () => [{ says: 'rest_is', but: [], how: 'unknown' }]),
  form('其余正常', () => [{ says: 'rest_is', but: [], how: 'operational' }]),
  form('[{system}：]{functions}无法判断：{why}', ({ system, functions }) => [
    { says: 'is', of: namedIn(withSystem(system, functions)), how: 'unknown' },
  ]),
  form('[{system}：]{functions}测量中断', ({ system, functions }) => [
    { says: 'is', of: namedIn(withSystem(system, functions)), how: 'unknown' },
  ]),
  form('{functions}没有新的测量结果，现在的状态未知。', ({ functions = '' }) => [
    { says: 'is', of: namedIn(functions), how: 'unknown' },
  ]),
  form('{functions}有测量，但都没有结论，现在的状态未知。', ({ functions = '' }) => [
    { says: 'is', of: namedIn(functions), how: 'unknown' },
  ]),
  form('{functions}又有测量结果了。'),
];

/** What updates tell of incidents, with their time in front where they are rows of a list. */
const UPDATES: readonly SentenceForm[] = [
  ...[
    '',
    '又有功能受影响：',
    '情况加重：',
    '情况好转：',
    '又能测到了：',
    '现在情况不明：',
    '其中有功能情况不明：',
    '测量已恢复正常：',
    '测量曾恢复正常：',
    '目前的情况：',
    '再次出现：',
  ].map((before) =>
    form(`[{when:time} ]${before}{changes}。`, ({ changes: all, when }, near) =>
      changes(all, when, near),
    ),
  ),
  form('事件重新打开。'),
  form('[{when:time} ]已恢复并保持正常，事件结束。', () => [{ says: 'over' }]),
  form('受影响时间：{length}。', ({ length = '' }) => [{ says: 'lasted', length }]),
  form('此前又出现过 {n} 次，没有逐次通知。'),
  form('{incident}', ({ incident = '' }) => [
    { says: 'status', status: INCIDENT_WORDS[incident] as IncidentWord },
  ]),
  form('影响：{impact}', ({ impact = '' }) => [{ says: 'impact', impact }]),
  form('历时{between}{length}', ({ length = '' }) => [{ says: 'lasted', length }]),
  form('{parts}', ({ parts = '' }) => [{ says: 'lasted', length: parts }]),
  timed('began', '{at:time} 开始'),
  form(
    '{functions}{state}，{from:time}{onwards}',
    ({ functions = '', state, from, onwards = '' }, near) => [
      { says: 'is', of: namedIn(functions), how: now(state) },
      { says: 'span', from: time(from, near), to: toOf(onwards, near) },
    ],
  ),
  form(
    '{functions}{was}[ {length}][（{aside:length}）][{unclear}]，{from:time}{onwards}',
    ({ functions = '', was = '', length, aside, unclear, from, onwards = '' }, near) => {
      const [of, how] = [namedIn(functions), WAS[was] as OracleAilment];
      const told: Claim =
        unclear === undefined
          ? { says: 'was', of, how, length: length ?? aside ?? null }
          : { says: 'is_unclear', of, how };
      return [told, { says: 'span', from: time(from, near), to: toOf(onwards, near) }];
    },
  ),
];

function toOf(onwards: string, near: number) {
  const [, to] = /^ – (.+)$/.exec(onwards) ?? [];
  return to === undefined ? null : time(to, near);
}

/** Why something is so, and what is known of it. */
const NOTES: readonly SentenceForm[] = [
  timed('since', '自 {at:time} 起。'),
  form('[{checks} ]连续失败：{reason}。', ({ checks }) => [
    { says: 'failing', checks: names(checks) },
  ]),
  form('从 {lines} 测量失败：{reason}。其他线路正常，可能只影响部分网络。', ({ lines = '' }) => [
    { says: 'line_fails', lines: names(lines) ?? [] },
  ]),
  form('[{checks} ]比平时慢[，但能办成]。', ({ checks }) => [
    { says: 'slow', checks: names(checks) },
  ]),
  form('部分用户受影响：最近 {one} {n} 次测量中 {bad:n} 次失败。', ({ one = '', n, bad }) => [
    { says: 'some_fail', window_ms: saidLength(one), n: count(n), bad: count(bad) },
  ]),
  timed('fails_at', '{at:time} 的测量失败（{reason}），正在确认是不是中断。'),
  timed('works_at', '{at:time} 的测量正常，正在确认是不是恢复了。'),
  timed('unheard_since', '{at:time} 之后没有新的测量，所以不能说它正常。'),
  timed('answered_at', '不能判断它是否正常：{why}（上次应答 {at:time}）。'),
  timed('judged_at', '上一次有结论的测量：{at:time}。'),
  form('[{checks}：]暂无结论。'),
  form('部分检测项暂无结论。'),
  timed('unheard_since', '我们的测量从 {at:time} 起停了一段时间[（{gap_cause}）]。'),
  ...(
    [
      ['', 'well'],
      ['部分不', 'partly'],
      ['不', 'not'],
    ] as const
  ).map(([word, measured]) =>
    form(`正在进行已公告的维护，实测${word}可用。`, () => [{ says: 'usable', measured }]),
  ),
  form('正在进行已公告的维护。'),
  ...Object.entries(ADVICE).map(([sentence, how]) =>
    form(`[{functions}：]${sentence}`, ({ functions }) => [
      { says: 'advised', how, of: functions === undefined ? null : namedIn(functions) },
    ]),
  ),
  form('[{functions}：]公告的维护到 {at:time}。', ({ at }, near) => [
    { says: 'maintained_until', at: time(at, near) },
  ]),
  ...EXPLAINS.map((it) => form(it)),
];

/** Times and figures. */
const FIGURES: readonly SentenceForm[] = [
  timed('well_since', '{at:time} 起正常'),
  timed('measured', '{at:time} 测量'),
  timed('valid', '{at:time} 前有效'),
  timed('as_of', '截至 {at:time}（中国标准时间）'),
  timed('told', '{at:time}'),
  timed('told', '{at:time} 中国标准时间'),
  form('中位 {median:value}', ({ median = '' }) => [{ says: 'median', value: median }]),
  form('中位 {median:value}，95% 在 {p95:value}内', ({ median = '', p95 = '' }) => [
    { says: 'median', value: median },
    { says: 'p95', value: p95 },
  ]),
  form('多数没有成功'),
  form('测量太少，还没有中位数'),
  form('过去 {one}，n = {n}[，失败 {bad:n}]', ({ one = '', n, bad }) => [
    { says: 'runs', window_ms: saidLength(one), until: null, n: count(n), bad: count(bad) },
  ]),
  form('到 {until:time} 为止的 {one}，n = {n}[，失败 {bad:n}]', (it, near) => [
    {
      says: 'runs',
      window_ms: saidLength(it.one ?? ''),
      until: time(it.until, near),
      n: count(it.n),
      bad: count(it.bad),
    },
  ]),
  form('过去 {one} {n} 次测量', ({ one = '', n }) => [
    { says: 'all_runs', window_ms: saidLength(one), n: count(n) },
  ]),
  form('到各自最后一次测量为止的 {one}共 {n} 次测量', ({ one = '', n }) => [
    { says: 'all_runs', window_ms: saidLength(one), n: count(n) },
  ]),
  form(
    '{since:time} 起可用 {percent}（{n} 次测量，成功 {good:percent}[，部分受影响 {partly:one}][{rest}]）',
    ({ since, percent = '', n, good = '', partly }, near) => [
      {
        says: 'available',
        since: time(since, near),
        percent,
        n: count(n),
        good,
        partly: partly ?? null,
      },
    ],
  ),
];

/** Of times in which nothing was measured, and of troubles of our own. */
const OURS: readonly SentenceForm[] = [
  form('{one}没有测量（{cause}）', ({ one = '' }) => [{ says: 'not_measured_for', length: one }]),
  form('{one}没能及时记下（{unrecorded}）'),
  form('只列出最近 {n} 段。'),
  form('其中 {from:time} – {to:time} 没能及时记下测量（{unrecorded}）。'),
  form('其中 {from:time} – {to:time} 没有测量（{cause}）。', ({ from, to }, near) => {
    const begins = time(from, near);
    return [{ says: 'not_measured', from: begins, to: time(to, begins.from) }];
  }),
  form('{own}[{own_end}]', ({ own = '', own_end }) => [
    { says: 'own', kind: OWN[own] ?? '', is_over: own_end !== undefined },
  ]),
  form('{own} {at:time} 起', ({ own = '' }) => [
    { says: 'own', kind: OWN[own] ?? '', is_over: false },
  ]),
  form('{own}。', ({ own = '' }) => [{ says: 'own', kind: OWN[own] ?? '', is_over: false }]),
  form('[{system}：]{functions}的异常已更正撤回', ({ system, functions }) => [
    { says: 'withdrawn', of: namedIn(withSystem(system, functions)) },
  ]),
  form('更正于 {time}：后来才知道的测量改变了已经公布的起止或时长。'),
  form('已恢复'),
  form('还没有恢复'),
  form('{since:time} 开始测量，此后没有事件，也没有维护。'),
  form('没有提前 {one}公告，其间测到的中断照常计算。'),
  form('{from:time} – {to:time} 按时公告，其间的中断不计入可用率；其余时间照常计算。'),
  form('维护没有在按时公告的时间进行，其间测到的中断照常计算。'),
];

/** Facts of messages. */
const FACTS: readonly SentenceForm[] = [
  form('{scope_term}：{functions}', ({ functions = '' }) => [
    { says: 'scope', of: namedIn(functions) },
  ]),
  form('测量线路：{lines}'),
  form('原因：'),
  timed('began', '开始时间：{at:time}[（中国标准时间）]'),
  timed('known', '发现时间：{at:time}'),
  timed('ended', '恢复时间：{at:time}'),
  form('影响程度：{impact}', ({ impact = '' }) => [{ says: 'impact', impact }]),
  form('{link_term}：{address}'),
  form('详情：{detail}'),
  form('先看什么：'),
  form('状态：{state}'),
  form('状态：未知：{why}'),
  form('应当：{value}内正确应答'),
  form('实测：{got}（代码 {code}）'),
  form('最近一次失败：{time}（中国标准时间）、用时 {took:value}、检测 {check_id}、从 {line} 测'),
  form('最近一次失败：{time}（中国标准时间）、检测 {check_id}、从 {line} 测'),
  form('最近一次正常：{time}（中国标准时间）'),
  form('各线路最近一次：{by_line}'),
  form('同系统的其他功能：{other_functions}'),
  form('其他系统：{other_systems}'),
  form('追踪号：{trace}'),
];

/** What stands in front of a sentence or behind it, or alone. */
const AROUND: readonly SentenceForm[] = [
  form('电子发票系统状态'),
  form('系统升级'),
  form('刚刚恢复'),
  form('还有 {n} 项'),
  form('进展与证据'),
  ...['（', '）', '【', '】'].map((it) => form(it)),
  form('告警[{alert}]'),
  form('{address}'),
];

/** Maintenance. */
const WINDOWS: readonly SentenceForm[] = [
  form('{maintenance}', ({ maintenance = '' }) => [
    { says: 'maintenance', status: MAINTENANCE_WORDS[maintenance] as MaintenanceWord },
  ]),
  ...Object.entries(MAINTENANCE_UPDATES).map(([sentence, status]) =>
    form(sentence, () => [{ says: 'maintenance', status }]),
  ),
  form(
    '[{term}][{maintenance}：]{from:time} – {to:time}[（中国标准时间）][{planned}]',
    ({ from, to, planned, maintenance }, near) => {
      const begins = time(from, near);
      const [, a, b] = /原定 (.+) – (.+)）$/.exec(planned ?? '') ?? [];
      const was = a === undefined ? null : time(a, near);
      return [
        { says: 'period', from: begins, to: time(to, begins.from) },
        ...(was === null ? [] : [{ says: 'planned' as const, from: was, to: time(b, was.from) }]),
        ...(maintenance === undefined
          ? []
          : [
              {
                says: 'maintenance' as const,
                status: MAINTENANCE_WORDS[maintenance] as MaintenanceWord,
              },
            ]),
      ];
    },
  ),
  form(
    '[{term}][{maintenance}：]{from:time}[（中国标准时间）][ ]开始，公告 {to:time} 结束，尚未宣布结束',
    ({ from, to }, near) => {
      const begins = time(from, near);
      return [
        { says: 'period', from: begins, to: time(to, begins.from) },
        { says: 'maintenance', status: 'overrun' },
      ];
    },
  ),
  timed('recovers', '[原]预计恢复{between}{at:time}'),
  form('影响范围{between}{functions}', ({ functions = '' }) => [
    { says: 'scope', of: namedIn(functions) },
  ]),
  timed('announced', '{at:time}（提前 {one}）'),
];

export const SENTENCES: readonly SentenceForm[] = [
  ...STATES,
  ...UPDATES,
  ...NOTES,
  ...FIGURES,
  ...OURS,
  ...WINDOWS,
  ...FACTS,
  ...AROUND,
];

/** What stands in cells of tables. Figures are compared as rows. */
export const CELLS: readonly SentenceForm[] = [
  ...[
    '无',
    '–',
    '{percent}[（不扣除维护 {raw:percent}）]',
    '{n}',
    '{day}',
    '{day}至 {day_to:day}',
    '{time} – {to:time}',
    '{one}',
    '{cell_state}',
    '短暂{state} {one}',
    '{one}没有测量（{cause}）',
    '{one}没能及时记下（{unrecorded}）',
    '{unrecorded}',
    '{cause}',
    '{functions}[ {checks}]',
    '{outcome}',
    '{reason}',
    '{time}',
    '测到不足 5 分钟',
  ].map((it) => form(it)),
];
