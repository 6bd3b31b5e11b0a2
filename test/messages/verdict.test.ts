import { describe, expect, test } from 'vitest';
import { CATALOGUES } from '../../messages/catalogue.ts';
import { advice, verdictSentence } from '../../messages/index.ts';
import { KINDS } from '../../messages/verdict.ts';
import { AILMENTS, type Ailment } from '../../model/ailment.ts';
import type { Note } from '../../model/component.ts';
import type { ComponentMaintenance } from '../../model/overview.ts';
import { verdict } from '../../model/verdict.ts';
import { functionOf, LOCALES, type State } from '../../model/vocabulary.ts';
import { combinations } from '../model/combinations.ts';
import { AT, en, zh } from './words.ts';

const ANSWERED: Note = { code: 'noticed', note: 'answered_only', checks: ['r'] };

/** A component in each way there is, as the judge tells it. */
const AILING: Record<Ailment, [State, Note[]]> = {
  outage: ['major_outage', []],
  says_maintenance: ['major_outage', [failing('says_maintenance')]],
  still_maintained: ['major_outage', [{ ...failing('says_maintenance'), was_announced: true }]],
  stalled: ['major_outage', [{ code: 'stalled', waiting: 9, oldest_accepted_at: AT }]],
  partial_outage: ['partial_outage', []],
  part_lost: ['partial_outage', [{ code: 'part_lost', n: 40, missing: 9 }]],
  some_users: ['partial_outage', [{ code: 'some_users_affected', bad: 4, n: 60 }]],
  catching_up: ['degraded_performance', [{ code: 'catching_up', overdue: 9 }]],
  degraded: [
    'degraded_performance',
    [{ code: 'degraded', checks: [], reason: null, detail: null }],
  ],
  slow: ['degraded_performance', [{ code: 'slow', checks: ['a'] }]],
};

function failing(reason: 'says_maintenance' | 'http_status') {
  return { code: 'checks_failing' as const, checks: ['a'], reason, detail: null };
}

type Told = State | Ailment | 'answered' | [State, Note[]];

function stateOf(told: Told): [State, Note[]] {
  if (typeof told !== 'string') return told;
  if (told === 'answered') return ['operational', [ANSWERED]];
  return told in AILING ? AILING[told as Ailment] : [told as State, []];
}

const WINDOW: ComponentMaintenance = {
  id: 'mnt000000001',
  status: 'in_progress',
  announced_from: Date.parse('2026-11-20T18:00:00Z'),
  announced_until: Date.parse('2026-11-20T22:00:00Z'),
  actual_from: Date.parse('2026-11-20T18:00:00Z'),
  actual_until: null,
};

interface Given {
  measured_at?: number | null;
  maintenance?: ComponentMaintenance | null;
  /** Components at entries of tax bureaus. */
  tax?: string[];
}

function say(states: Record<string, Told>, given: Given = {}) {
  const { measured_at = AT, maintenance = null, tax = [] } = given;
  const components = Object.entries(states).map(([id, told]) => {
    const [state, notes] = stateOf(told);
    return {
      state,
      notes,
      function: functionOf(id),
      system_name: { 'zh-CN': `系统${id[0]}`, en: `System ${id[0]}` },
      is_tax_entry: tax.includes(id),
      maintenance: state === 'under_maintenance' ? maintenance : null,
    };
  });
  const headline = { verdict: verdict(components.map((it) => it.state)), measured_at };
  return {
    zh: verdictSentence(headline, components, zh),
    en: verdictSentence(headline, components, en),
    advice: advice(headline, components, zh),
    english: advice(headline, components, en),
  };
}

describe('the verdict', () => {
  test('claims no more of what only answers', () => {
    const all = say({ 'a.reach': 'answered', 'b.reach': 'answered' });
    expect(all.zh).toBe('测量的入口都有应答');
    expect(all.en).toBe('All measured entries answer');
    expect(all.advice).toEqual(['只核对了入口有应答，能不能办理没有测量。']);
    const some = say({ 'a.reach': 'answered', 'b.reach': 'operational', 'b.query': 'operational' });
    expect(some.zh).toBe('系统a 的访问有应答，其余正常');
    expect(say({ 'a.reach': 'answered', 'b.query': 'major_outage' }).zh).toBe(
      '查询中断，访问有应答',
    );
  });

  test('W10: claims of entries no more than that they are reached', () => {
    const all = say({ 'a.reach': 'operational', 'b.reach': 'operational' }, { tax: ['a.reach'] });
    expect(all.zh).toBe('测量的入口都可达');
    expect(all.en).toBe('All measured entries are reachable');
    expect(all.advice).toEqual(['只测量了入口能否打开，能不能办理没有测量。']);
    expect(say({ 'a.query': 'major_outage', 'b.reach': 'operational' }).zh).toBe(
      '查询中断，其余可达',
    );
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
  });

  test.each<[Ailment, string, string]>([
    ['outage', '同步中断', 'Sync down'],
    [
      'says_maintenance',
      '同步自称维护，未见公告',
      'Sync says it is under maintenance, unannounced',
    ],
    ['stalled', '同步停滞', 'Sync stalled'],
    ['partial_outage', '同步部分中断', 'Sync partly down'],
    ['part_lost', '同步有部分发票未到', 'Sync lacks some invoices'],
    ['some_users', '同步部分用户受影响', 'Sync fails for some users'],
    ['catching_up', '同步积压补齐中', 'Sync catching up'],
    ['degraded', '同步受限', 'Sync restricted'],
    ['slow', '同步较慢', 'Sync slow'],
  ])('says how a function is disturbed: %s', (ailment, chinese, english) => {
    const said = say({ 'b.sync': ailment, 'b.query': 'operational' });
    expect(said.zh).toBe(`${chinese}，其余正常`);
    expect(said.en).toBe(`${english}, the rest is normal`);
  });

  test('names every kind there is', () => {
    expect(KINDS).toEqual(expect.arrayContaining([...AILMENTS]));
  });

  test('names the system where the same function is well elsewhere', () => {
    const said = say({ 'a.query': 'major_outage', 'b.query': 'operational', 'b.sync': 'unknown' });
    expect(said.zh).toBe('系统a 的查询中断，同步暂时未知，其余正常');
    expect(said.en).toBe('System a Query down, Sync unknown, the rest is normal');
    const both = say({ 'a.query': 'major_outage', 'b.query': 'major_outage' });
    expect(both.zh).toBe('查询中断');
  });

  test('never says that all is well when something is unknown', () => {
    const said = say({ 'a.upload': 'operational', 'b.query': 'unknown' });
    expect(said.zh).toBe('查询暂时未知，其余正常');
    for (const states of combinations(4)) {
      const told = say(Object.fromEntries(states.map((state, i) => [`${i}.query`, state])));
      const is_yes = told.zh === '测量的功能全部正常' || told.advice.join('').includes('照常使用');
      const is_all_well = states.every((it) => it === 'operational');
      expect([states, is_yes]).toEqual([states, is_all_well]);
      if (states.includes('unknown')) expect(told.zh).toMatch(/未知|无法判断/);
    }
  });

  test('tells a new site from one that is not measured any more', () => {
    expect(say({ 'a.upload': 'unknown' }, { measured_at: null }).zh).toBe('还没有测量结果');
    expect(say({ 'a.upload': 'unknown' }).zh).toBe('现在无法判断');
  });

  test('speaks of what is measured only, and never of filing', () => {
    const said = say({ 'a.upload': 'operational', 'c.reach': 'operational' });
    expect(said.zh).toBe('测量的功能全部正常');
    for (const locale of LOCALES) {
      for (const [key, text] of Object.entries(CATALOGUES[locale] ?? {})) {
        if (key !== 'well.tax_entry')
          expect([key, text]).not.toEqual([key, expect.stringMatching(/申报|申告|filing/)]);
      }
    }
  });
});

describe('the advice', () => {
  test('P1: names every kind of trouble there is, worst first', () => {
    const states: Record<string, Told> = {
      'b.sync': 'stalled',
      'b.query': 'under_maintenance',
      'b.download': 'under_maintenance',
      'a.upload': 'operational',
    };
    expect(say(states, { maintenance: WINDOW }).advice).toEqual([
      '同步：新开的发票还没有到，查不到时请不要重复开具。',
      '查询、下载：公告的维护到 06:00。请等维护结束后再办。',
    ]);
    expect(say(states, { maintenance: WINDOW }).english).toEqual([
      'Sync: New invoices have not arrived; please do not issue them again because they cannot ' +
        'be found.',
      'Query, Download: Maintenance is announced until 06:00. Please come back after the ' +
        'maintenance.',
    ]);
  });

  test('P1: has a line of its own for whatever ails, and for what is not known', () => {
    const all: readonly Told[] = [...AILMENTS, 'under_maintenance', 'unknown'];
    const said = say(Object.fromEntries(all.map((told, i) => [`${i}.download`, told])));
    expect(said.advice).toHaveLength(all.length);
    expect(new Set(said.advice).size).toBe(all.length);
    expect(said.advice.at(-1)).toContain('也不代表正常');
  });

  test('of what is unknown only in part it is said of which', () => {
    const said = say({ 'a.upload': 'operational', 'b.query': 'unknown' });
    expect(said.advice).toEqual([
      '查询：现在没有可以下结论的测量，不代表系统有故障，也不代表正常。要紧的事请直接到该系统核实。',
    ]);
    expect(say({ 'b.query': 'unknown' }).advice[0]).toMatch(/^现在没有/);
  });

  test('warns of submitting twice where that is a temptation', () => {
    expect(say({ 'a.upload': 'major_outage' }).advice).toEqual([
      '请先等恢复，不要反复重试。已经提交的发票不要重复提交。',
    ]);
    expect(say({ 'a.upload': 'major_outage', 'b.query': 'slow' }).advice).toEqual([
      '上传：请先等恢复，不要反复重试。',
      '查询：可以办理，但要多等一会儿。',
      '已经提交的发票不要重复提交。',
    ]);
    expect(say({ 'a.download': 'major_outage' }).advice.join('')).not.toContain('不要重复提交');
  });

  test('is not to issue again where a sync is late', () => {
    expect(say({ 'b.query': 'operational', 'b.sync': 'partial_outage' }).advice).toEqual([
      '刚开的发票可能还查不到，请不要重复开具。',
    ]);
  });

  test('says until when a maintenance is announced, and that it can be used where measured', () => {
    const usable: Note = { code: 'maintenance', maintenance_id: 'x', measured: 'operational' };
    const down: Note = { ...usable, measured: 'major_outage' };
    const told = (note: Note, maintenance: ComponentMaintenance | null) =>
      say({ 'b.query': ['under_maintenance', [note]] }, { maintenance }).advice;
    expect(told(usable, WINDOW)).toEqual([
      '公告的维护到 06:00。现在实测可用，急用可以试，不急请等维护结束。',
    ]);
    expect(told(down, WINDOW)).toEqual(['公告的维护到 06:00。请等维护结束后再办。']);
    // The next window says nothing of this one.
    expect(told(down, { ...WINDOW, status: 'scheduled' })).toEqual(['请等维护结束后再办。']);
  });

  test('M1: of one that was started on another day it says the day of the end', () => {
    // Announced for the Sunday, 22:00 to 23:30; started on the Saturday, 14:00.
    const maintenance: ComponentMaintenance = {
      ...WINDOW,
      announced_from: Date.parse('2026-11-22T14:00:00Z'),
      announced_until: Date.parse('2026-11-22T15:30:00Z'),
      actual_from: Date.parse('2026-11-21T06:00:00Z'),
    };
    const { advice, english } = say({ 'b.query': 'under_maintenance' }, { maintenance });
    expect(advice).toEqual(['公告的维护到 11月22日周日 23:30。请等维护结束后再办。']);
    expect(english[0]).toContain('until Sun, Nov 22, 23:30.');
  });

  test('B3: is to try the system itself where it may be our own line', () => {
    const notes: Note[] = [failing('http_status'), { code: 'maybe_our_line', line: 'l' }];
    const said = say({ 'b.query': ['major_outage', notes], 'b.download': 'major_outage' });
    expect(said.advice).toEqual([
      '查询：可能只是我们的线路不通，请直接到该系统试一试。',
      '下载：请先等恢复，不要反复重试。',
    ]);
  });
});
