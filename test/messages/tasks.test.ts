import { expect, test } from 'vitest';
import { taskText } from '../../messages/index.ts';
import { AILMENTS } from '../../model/ailment.ts';
import type { TaskView } from '../../model/overview.ts';
import { taskState } from '../../model/verdict.ts';
import type { State } from '../../model/vocabulary.ts';
import { combinations, lettersOf } from '../model/combinations.ts';
import { en, zh } from './words.ts';

const task = (states: readonly State[], given: Partial<TaskView> = {}): TaskView => ({
  ...taskState(states),
  id: 't',
  name: { 'zh-CN': '事', en: 'Task' },
  ailment: null,
  well: 'normal',
  is_recovered: false,
  note: null,
  because: null,
  ...given,
});

const AILMENT_OF: Partial<Record<State, TaskView['ailment']>> = {
  major_outage: 'outage',
  partial_outage: 'partial_outage',
  degraded_performance: 'slow',
};

/** By the worst of the states among its functions, and whether one is unknown; by hand. */
const WORDS: Record<string, [without: string, with_unknown: string]> = {
  j: ['中断', '中断，部分未知'],
  p: ['部分中断', '部分中断，部分未知'],
  m: ['维护中', '维护中，部分未知'],
  d: ['较慢', '较慢，部分未知'],
  o: ['正常', '部分未知'],
};

test('any unknown in a task is said: never an unqualified yes', () => {
  for (const states of combinations(4)) {
    const letters = lettersOf(states);
    const [without, with_unknown] = WORDS[letters.replace('u', '')[0] ?? ''] ?? ['未知', '未知'];
    const view = task(states);
    const ailment = AILMENT_OF[view.state] ?? null;
    for (const is_recovered of [false, true]) {
      const told = taskText({ ...view, ailment, is_recovered }, zh);
      const expected = letters.includes('u') ? with_unknown : without;
      const recovered = is_recovered && !letters.includes('u') ? '，刚刚恢复' : '';
      expect([letters, told]).toEqual([letters, expected + recovered]);
    }
  }
});

test('how a task is disturbed is said by what ails it', () => {
  const said = (ailment: TaskView['ailment'], state: State) =>
    taskText(task([state], { ailment }), zh);
  expect(said('catching_up', 'degraded_performance')).toBe('积压补齐中');
  expect(said('part_lost', 'partial_outage')).toBe('部分发票未到');
  expect(said('stalled', 'major_outage')).toBe('停滞');
  expect(said('some_users', 'partial_outage')).toBe('部分用户受影响');
  expect(said('says_maintenance', 'major_outage')).toBe('自称维护，未见公告');
  const all = AILMENTS.map((ailment) => said(ailment, 'major_outage'));
  expect(new Set(all).size).toBe(AILMENTS.length);
});

test('W10: that filing is not measured is said of entries of tax bureaus only', () => {
  const said = (well: TaskView['well']) =>
    [zh, en].map((it) => taskText(task(['operational'], { well }), it));
  expect(said('tax_entry')).toEqual([
    '入口可达（申报本身未测量）',
    'Entry reachable (filing itself is not measured)',
  ]);
  expect(said('reachable')).toEqual(['可达', 'Reachable']);
  expect(said('answered')[0]).toBe('有应答（页面内容未核对）');
  expect(said('normal')).toEqual(['正常', 'Normal']);
});

test('what ails a function that it depends on is said of that', () => {
  const because = {
    system_name: { 'zh-CN': '北京电子发票', en: 'Beijing e-invoices' },
    function: 'query',
  } as const;
  const view = task(['operational', 'major_outage'], { ailment: 'outage', because });
  expect(taskText(view, zh)).toBe('所依赖的北京电子发票的查询中断');
  expect(taskText(view, en)).toBe('Down: Query of Beijing e-invoices, on which it depends');
  const partly = task(['operational', 'unknown'], { because });
  expect(taskText(partly, zh)).toBe('部分未知');
});
