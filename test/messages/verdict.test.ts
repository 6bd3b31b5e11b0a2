import { describe, expect, test } from 'vitest';
import { CATALOGUES } from '../../messages/catalogue.ts';
import { advice, functionOf, verdictSentence } from '../../messages/index.ts';
import type { Note } from '../../model/component.ts';
import { verdict } from '../../model/verdict.ts';
import { LOCALES, type State } from '../../model/vocabulary.ts';
import { AT, en, zh } from './words.ts';

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
