import { describe, expect, test } from 'vitest';
import { incidentTitle, updateBody, updateTitle } from '../../messages/index.ts';
import { type Ailment, ailmentOf } from '../../model/ailment.ts';
import type { Note } from '../../model/component.ts';
import type { AffectedFunction, Incident, IncidentUpdate } from '../../model/incident.ts';
import type { BadTime } from '../../model/ledger.ts';
import type { Reason, State } from '../../model/vocabulary.ts';
import { incident as anIncident, incidentUpdate } from '../model/builders.ts';
import { AT, en, zh } from './words.ts';

/** A minute and a half of an outage of downloads, and of nothing less. */
const BAD_TIME: BadTime = {
  from: AT,
  to: AT + 96_000,
  bad_ms: 96_000,
  parts: 1,
  end: 'seen',
  ailments: ['outage'],
  worst: 'major_outage',
};

/** A function: how it is now, and what the ledger says of it. */
function affected(
  fn: string,
  now: AffectedFunction['now'],
  bad_time: Partial<BadTime> | null = null,
): AffectedFunction {
  return {
    component: `beijing.${fn}`,
    now,
    bad_time: bad_time && { ...BAD_TIME, ...bad_time },
  };
}

/** An incident of these functions; the ledger knows of nothing that is over. */
function told(
  functions: readonly AffectedFunction[] = [affected('download', 'outage')],
  given: Partial<Incident> & { corrected_at?: number } = {},
) {
  return { ...anIncident(), bad_time: null, updates: [], ...given, affected: functions };
}

describe('incidents', () => {
  const names = { system_name: { 'zh-CN': '北京', en: 'Beijing' }, line_name: null };

  test('have a title in every language', () => {
    const incident = told([affected('query', 'outage'), affected('download', 'outage')]);
    expect(incidentTitle(incident, names, zh)).toBe('北京：查询、下载中断');
    expect(incidentTitle(incident, names, en)).toBe('Beijing: Query, Download down');
  });

  test('agree in number with their functions, where the language does', () => {
    const titleOf = (...functions: AffectedFunction[]) => incidentTitle(told(functions), names, en);
    const [query, download] = [affected('query', 'some_users'), affected('download', 'some_users')];
    expect(titleOf(query)).toBe('Beijing: Query fails for some users');
    expect(titleOf(query, download)).toBe('Beijing: Query, Download fail for some users');
    const unclear = ['query', 'download'].map((it) => affected(it, 'unknown', {}));
    expect(titleOf(...unclear)).toBe('Beijing: Query, Download were down, not known at present');
  });

  test('I7, S4: say how each function is disturbed now, the worst first', () => {
    const incident = told([
      affected('query', null, { ailments: ['slow'] }),
      affected('sync', 'stalled'),
      affected('upload', 'says_maintenance'),
      affected('download', 'outage'),
    ]);
    expect(incidentTitle(incident, names, zh)).toBe(
      '北京：下载中断 · 上传自称维护，未见公告 · 同步停滞',
    );
    const well = told([
      affected('query', null, { ailments: ['slow'], bad_ms: 600_000 }),
      affected('download', null, { ailments: ['outage'], bad_ms: 10_000 }),
    ]);
    const over = { ...well, status: 'resolved' } as const;
    expect(incidentTitle(over, names, zh)).toBe('北京：下载曾中断 10 秒 · 查询曾较慢 10 分钟');
    const some = told([affected('query', null), affected('download', 'unknown', {})]);
    expect(incidentTitle(some, names, zh)).toBe('北京：下载曾中断，现在情况不明');
    const rest = told([affected('sync', 'catching_up'), affected('download', 'unknown', {})]);
    expect(incidentTitle(rest, names, zh)).toBe('北京：同步积压补齐中 · 下载曾中断，现在情况不明');
  });

  test('I8: the title of an update says what changed with it', () => {
    const changed = (from: [State, Ailment | null], to: [State, Ailment | null]) => {
      const [before, after] = [from, to];
      const its = { component: 'beijing.download', from: before[0], to: after[0] };
      const update = incidentUpdate({
        code: 'better',
        affected: [{ ...its, ailments: { from: before[1], to: after[1] } }],
      });
      return updateTitle(update, told(), names, zh);
    };
    const outage = ['major_outage', 'outage'] as [State, Ailment];
    expect(changed(outage, ['partial_outage', 'partial_outage'])).toBe(
      '北京：下载由中断转为部分中断',
    );
    expect(changed(outage, ['operational', null])).toBe('北京：下载已恢复');
    expect(changed(outage, ['unknown', null])).toBe('北京：下载情况不明');
    expect(changed(outage, ['under_maintenance', null])).toBe('北京：下载进入维护');
    expect(changed(['operational', null], outage)).toBe('北京：下载中断');
    const opened = incidentUpdate({ code: 'opened' });
    expect(updateTitle(opened, told(), names, zh)).toBe('北京：下载中断');
    const former = incidentUpdate({
      code: 'worse',
      affected: [{ component: 'beijing.query', from: 'degraded_performance', to: 'major_outage' }],
    });
    expect(updateTitle(former, told(), names, zh)).toBe('北京：查询由较慢转为中断');
  });

  test('have updates from codes, and a person’s words as they are', () => {
    const update: IncidentUpdate = {
      id: 'u',
      incident: 'i',
      status: 'investigating',
      code: 'worse',
      text: null,
      affected: [{ component: 'beijing.download', from: 'partial_outage', to: 'major_outage' }],
      told: true,
      created_at: AT,
    };
    expect(updateBody(update, told(), zh)).toBe('情况加重：下载：部分中断 → 中断。');
    expect(updateBody({ ...update, affected: [] }, told(), zh)).toBe(
      '情况加重：没有记录是哪些功能。',
    );
    const own = { ...update, code: 'text', text: '{n} <b>' } as const;
    expect(updateBody(own, told(), zh)).toBe('{n} <b>');
  });

  test('B3: say in every sentence that it may be our line, and from where it was seen', () => {
    const line_name = { 'zh-CN': '电信', en: 'Telecom' };
    const functions = [affected('query', 'outage')];
    const incident = told(functions, { maybe_our_line: true });
    expect(incidentTitle(incident, { ...names, line_name }, zh)).toBe(
      '北京：查询中断（可能是本机线路）（从电信测）',
    );
    expect(incidentTitle(incident, { ...names, line_name }, en)).toBe(
      'Beijing: Query down (perhaps our own line) (seen from Telecom)',
    );
    const proven = told(functions);
    expect(incidentTitle(proven, { ...names, line_name }, zh)).toBe('北京：查询中断（从电信测）');
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
    ['slow', '北京：下载曾较慢，现在情况不明', 'Beijing: Download was slow, not known at present'],
  ] as const)('neither go on nor are over while that is unclear: %s', (worst, chinese, english) => {
    const functions = [affected('download', 'unknown', { ailments: [worst], end: 'not_seen' })];
    for (const status of ['investigating', 'identified', 'monitoring'] as const) {
      const incident = told(functions, { status });
      expect(incidentTitle(incident, names, zh)).toBe(chinese);
      expect(incidentTitle(incident, names, en)).toBe(english);
    }
    const line_name = { 'zh-CN': '电信', en: 'Telecom' };
    expect(incidentTitle(told(functions), { ...names, line_name }, zh)).toBe(
      `${chinese}（从电信测）`,
    );
  });

  test('are told in the past tense once they are over, with their length', () => {
    const over = (bad_time: Partial<BadTime> | null, given: Partial<Incident> = {}) =>
      told([affected('download', null, bad_time)], { status: 'resolved', ...given });
    const title = (it: ReturnType<typeof over>) => incidentTitle(it, names, zh);
    expect(title(over({}))).toBe('北京：下载曾中断 1 分 36 秒');
    expect(incidentTitle(over({}), names, en)).toBe('Beijing: Download was down for 1 min 36 s');
    expect(title(over({}, { status: 'monitoring' }))).toBe('北京：下载曾中断 1 分 36 秒');
    expect(title(over({ parts: 7, bad_ms: 70_000 }))).toBe(
      '北京：下载曾中断（共 1 分 10 秒，分 7 段）',
    );
    expect(title(over({ end: 'not_seen' }))).toBe('北京：下载曾中断（1 分 36 秒 · 结束未观察到）');
    // What was slow for a while too was not down for all of that time.
    expect(title(over({ ailments: ['outage', 'slow'] }))).toBe('北京：下载曾中断');
    expect(title(over(null))).toBe('北京：下载曾中断');
    expect(title(over({ ailments: ['slow'] }))).toBe('北京：下载曾较慢 1 分 36 秒');
    // Well, but not told to be over.
    const status = 'identified';
    expect(title(told([affected('download', 'outage', {})], { status }))).toBe('北京：下载中断');
  });

  test('U5: are withdrawn where the ledger knows of nothing any more', () => {
    const withdrawn = told([affected('download', null)], { status: 'resolved', corrected_at: AT });
    expect(incidentTitle(withdrawn, names, zh)).toBe('北京：下载的异常已更正撤回');
  });
});

describe('what a function is said to be', () => {
  const says = (state: State, ...notes: Note[]) => ailmentOf({ state, notes });
  const failing = (reason: Reason): Note => ({
    code: 'checks_failing',
    checks: ['c'],
    reason,
    detail: null,
  });
  const stalled: Note = { code: 'stalled', waiting: 9, oldest_accepted_at: AT };

  test('is what is wrong with it, by its reasons', () => {
    expect(says('major_outage', failing('http_status'))).toBe('outage');
    expect(says('major_outage', stalled)).toBe('stalled');
    expect(says('partial_outage', stalled)).toBe('stalled');
    expect(says('partial_outage', failing('http_status'))).toBe('partial_outage');
    expect(says('partial_outage', { code: 'part_lost', n: 30, missing: 5 })).toBe('part_lost');
    expect(says('partial_outage', { code: 'some_users_affected', bad: 3, n: 20 })).toBe(
      'some_users',
    );
    expect(says('degraded_performance', { code: 'slow', checks: ['c'] })).toBe('slow');
    expect(says('degraded_performance')).toBe('slow');
    const restricted: Note = { code: 'degraded', checks: ['c'], reason: null, detail: null };
    expect(says('degraded_performance', restricted)).toBe('degraded');
  });

  test('M6: is maintenance by its own word only where everything says so', () => {
    const maintenance = failing('says_maintenance');
    expect(says('major_outage', maintenance)).toBe('says_maintenance');
    expect(says('major_outage', maintenance, failing('http_status'))).toBe('outage');
  });

  test('is nothing where it is well, unknown or in maintenance', () => {
    for (const state of ['operational', 'unknown', 'under_maintenance'] as const)
      expect(says(state, stalled)).toBeNull();
  });
});
