import { describe, expect, test } from 'vitest';
import { incidentTitle, updateBody } from '../../messages/index.ts';
import type { IncidentUpdate } from '../../model/incident.ts';
import type { BadTime } from '../../model/ledger.ts';
import type { IncidentView } from '../../model/overview.ts';
import { incident as anIncident, incidentUpdate } from '../model/builders.ts';
import { AT, en, zh } from './words.ts';

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
