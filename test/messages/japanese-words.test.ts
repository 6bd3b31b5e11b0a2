import { describe, expect, test } from 'vitest';
import { createWords } from '../../messages/catalogue.ts';
import {
  advice,
  incidentTitle,
  maintenanceTime,
  noteSentence,
  updateBody,
  updateTitle,
  verdictSentence,
} from '../../messages/index.ts';
import type { Ailment } from '../../model/ailment.ts';
import type { Note } from '../../model/component.ts';
import type { AffectedFunction, Incident } from '../../model/incident.ts';
import type { BadTime } from '../../model/ledger.ts';
import { HOUR } from '../../model/time.ts';
import { verdict } from '../../model/verdict.ts';
import { functionOf, type State } from '../../model/vocabulary.ts';
import { incident as anIncident, incidentUpdate } from '../model/builders.ts';
import { aMaintenance } from '../status-page/maintenances.ts';
import { japaneseFaults } from './japanese-text.ts';
import { AT, ja } from './words.ts';

/** A day of the week in the brackets that Intl has, which are ASCII. */
const on = (weekday: string) => `\u0028${weekday}\u0029`;

/** By hand. */
describe('lengths', () => {
  test.each([
    [320, '0.32秒'],
    [8_240, '8.2秒'],
    [96_000, '1分36秒'],
    [180_000, '3分'],
    [7_500_000, '2時間5分'],
    [3_600_000, '1時間'],
    [273_600_000, '3日4時間'],
    [86_400_000, '1日'],
  ])('%d ms', (ms, expected) => {
    expect(ja.duration(ms)).toBe(expected);
  });

  test('and numbers', () => {
    expect(ja.number(128_406)).toBe('128,406');
    expect(ja.list(['照会', 'アップロード'])).toBe('照会、アップロード');
  });
});

/** By the Unicode locale data. */
describe('dates', () => {
  test('have the year in full, the weekday in appointments', () => {
    expect(ja.inFull().appointment(AT)).toBe(`2026年11月21日${on('土')} 14:32`);
    expect(ja.appointment(AT)).toBe(`11月21日${on('土')} 14:32`);
    expect(ja.dateTimeSeconds(AT)).toBe('11月21日 14:32:04');
    expect(ja.period(AT, AT + HOUR)).toBe(`11月21日${on('土')} 14:32 – 15:32`);
    expect(ja.day('2025-12-31')).toBe('2025年12月31日');
  });

  test('have a zone with a Japanese name', () => {
    expect(ja.zone()).toBe('中国標準時（Asia/Shanghai）');
    const tokyo = createWords({ locale: 'ja', zone: 'Asia/Tokyo', now: () => AT });
    expect(tokyo.periodInZone(AT, AT + HOUR)).toBe(
      `11月21日${on('土')} 15:32 – 16:32（日本標準時）`,
    );
  });
});

const BAD_TIME: BadTime = {
  from: AT,
  to: AT + 96_000,
  bad_ms: 96_000,
  parts: 1,
  end: 'seen',
  ailments: ['outage'],
  worst: 'major_outage',
};

function affected(
  fn: string,
  now: AffectedFunction['now'],
  bad_time: Partial<BadTime> | null = null,
): AffectedFunction {
  const component = `beijing.${fn}`;
  return { component, now, bad_time: bad_time && { ...BAD_TIME, ...bad_time } };
}

function told(functions: readonly AffectedFunction[], given: Partial<Incident> = {}) {
  return { ...anIncident(), bad_time: null, updates: [], ...given, affected: functions };
}

describe('an incident', () => {
  const system_name = { 'zh-CN': '北京', en: 'Beijing', ja: '北京' };
  const names = { system_name, line_name: null };
  const title = (it: ReturnType<typeof told>) => incidentTitle(it, names, ja);

  test('is told in the present while it lasts', () => {
    expect(title(told([affected('query', 'outage'), affected('download', 'outage')]))).toBe(
      '北京：照会、ダウンロードが停止',
    );
    expect(title(told([affected('download', 'outage'), affected('sync', 'stalled')]))).toBe(
      '北京：ダウンロードが停止／同期が停滞',
    );
  });

  test('is told in the past once it is over, with its length', () => {
    const over = (bad_time: Partial<BadTime>) =>
      title(told([affected('download', null, bad_time)], { status: 'resolved' }));
    expect(over({})).toBe('北京：ダウンロードが停止していました（1分36秒）');
    expect(over({ parts: 7, bad_ms: 70_000 })).toBe(
      '北京：ダウンロードが停止していました（計1分10秒、7回に分かれて）',
    );
    expect(over({ end: 'not_seen' })).toBe(
      '北京：ダウンロードが停止していました（1分36秒 · 終了は未確認）',
    );
  });

  test('is neither while that is not known', () => {
    const functions = [affected('download', 'unknown', { end: 'not_seen' })];
    expect(title(told(functions))).toBe(
      '北京：ダウンロードが停止していましたが、現在の状況は不明です',
    );
  });

  test('names what limits the claim', () => {
    const seen = told([affected('query', 'outage')], { maybe_our_line: true });
    const line_name = { 'zh-CN': '电信', en: 'Telecom', ja: '電信' };
    expect(incidentTitle(seen, { ...names, line_name }, ja)).toBe(
      '北京：照会が停止（当方の回線の可能性あり）（電信から測定）',
    );
  });

  test('has updates that say what changed', () => {
    const its = { component: 'beijing.download', from: 'major_outage' as State };
    const to = (state: State, code: 'better' | 'recovered' = 'better') =>
      incidentUpdate({ code, affected: [{ ...its, to: state }] });
    const whole = told([affected('download', 'outage')]);
    expect(updateTitle(to('partial_outage'), whole, names, ja)).toBe(
      '北京：ダウンロードが「停止」から「一部停止」に変化',
    );
    expect(updateTitle(to('operational'), whole, names, ja)).toBe('北京：ダウンロードが復旧');
    expect(updateBody(to('operational', 'recovered'), whole, ja)).toBe(
      '測定結果が正常に戻りました：ダウンロード：停止 → 正常。しばらく経過を観察します。',
    );
    const resolved = incidentUpdate({ code: 'resolved', affected: [] });
    expect(updateBody(resolved, { ...whole, bad_time: BAD_TIME }, ja)).toBe(
      '復旧し、正常な状態が続いています。インシデントを終了します。影響のあった時間：1分36秒。',
    );
  });
});

const failing = (reason: 'says_maintenance' | 'http_status', was_announced = false): Note => ({
  code: 'checks_failing',
  checks: ['a'],
  reason,
  detail: null,
  ...(was_announced ? { was_announced } : {}),
});

type Told = [State, ...Note[]];

const AILING: Record<Ailment, Told> = {
  outage: ['major_outage'],
  says_maintenance: ['major_outage', failing('says_maintenance')],
  still_maintained: ['major_outage', failing('says_maintenance', true)],
  stalled: ['major_outage', { code: 'stalled', waiting: 9, oldest_accepted_at: AT }],
  partial_outage: ['partial_outage'],
  part_lost: ['partial_outage', { code: 'part_lost', n: 40, missing: 9 }],
  some_users: ['partial_outage', { code: 'some_users_affected', bad: 4, n: 60 }],
  catching_up: ['degraded_performance', { code: 'catching_up', overdue: 9 }],
  degraded: ['degraded_performance', { code: 'degraded', checks: [], reason: null, detail: null }],
  slow: ['degraded_performance', { code: 'slow', checks: ['a'] }],
};

function say(states: Record<string, Told>) {
  const components = Object.entries(states).map(([id, [state, ...notes]]) => ({
    state,
    notes,
    function: functionOf(id),
    system_name: { 'zh-CN': `系统${id[0]}`, en: `System ${id[0]}`, ja: `システム${id[0]}` },
    is_tax_entry: false,
    maintenance: null,
  }));
  const headline = { verdict: verdict(components.map((it) => it.state)), measured_at: AT };
  return {
    verdict: verdictSentence(headline, components, ja),
    advice: advice(headline, components, ja),
  };
}

describe('the verdict', () => {
  test.each<[Ailment, string]>([
    ['outage', '同期が停止'],
    ['says_maintenance', '同期がメンテナンス中と応答、告知は未確認'],
    ['still_maintained', '同期がなおメンテナンス中と応答'],
    ['stalled', '同期が停滞'],
    ['partial_outage', '同期が一部停止'],
    ['part_lost', '同期で一部の発票が未着'],
    ['some_users', '同期で一部の利用者に影響'],
    ['catching_up', '同期で滞留分が順次到着中'],
    ['degraded', '同期に制限あり'],
    ['slow', '同期が遅延'],
  ])('says how a function is disturbed: %s', (ailment, expected) => {
    const said = say({ 'b.sync': AILING[ailment], 'b.query': ['operational'] });
    expect(said.verdict).toBe(`${expected}、その他は正常`);
    expect(said.advice.flatMap(japaneseFaults)).toEqual([]);
  });

  test.each<[string, Record<string, Told>, string]>([
    ['well', { 'a.query': ['operational'] }, '測定した機能はすべて正常'],
    ['reached', { 'a.reach': ['operational'] }, '測定した入口はすべて到達可能'],
    ['under maintenance', { 'a.query': ['under_maintenance'] }, '照会がメンテナンス中'],
    ['unknown', { 'a.query': ['unknown'] }, '現在は判断できません'],
    [
      'unknown in part',
      { 'a.query': ['unknown'], 'a.sync': ['operational'] },
      '照会は現在不明、その他は正常',
    ],
    [
      'of a system',
      { 'a.query': ['major_outage'], 'b.query': ['operational'] },
      'システムaの照会が停止、その他は正常',
    ],
  ])('of what is %s', (_, states, expected) => {
    expect(say(states).verdict).toBe(expected);
  });

  test('explains the invoices that it speaks of', () => {
    expect(say({ 'b.sync': AILING.stalled }).advice).toEqual([
      '新しく発行された電子発票（インボイス）はまだ届いていません。' +
        '見つからなくても、発票を重複して発行しないでください。',
    ]);
  });
});

test('a note names check, reason and detail', () => {
  const names = { checks: { a: 'PDF', b: 'OFD' }, lines: {} };
  const note: Note = {
    code: 'checks_failing',
    checks: ['a', 'b'],
    reason: 'http_status',
    detail: 'HTTP 503',
  };
  expect(noteSentence(note, ja, names)).toBe(
    'PDF、OFDが連続して失敗：システムがエラーを返した（HTTP 503）。',
  );
});

test('a maintenance that began early has both of its times', () => {
  const from = Date.parse('2026-11-22T14:00:00Z');
  const early = aMaintenance({
    status: 'in_progress',
    announced_from: from,
    announced_until: from + HOUR,
    actual_from: from - HOUR,
  });
  expect(maintenanceTime(early, ja)).toBe(
    `11月22日${on('日')} 21:00開始（当初の予定：11月22日${on('日')} 22:00 – 23:00）`,
  );
});
