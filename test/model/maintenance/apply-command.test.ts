import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../model/maintenance/apply-command.ts';
import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { at, each, FROM, order, plan, problemsOf, TEXT, UNTIL } from './examples.ts';

const { draft, scheduled, in_progress, overrun, verifying } = each;
const cancelWith = (text: ChangeCommand['text'] & object) =>
  applyCommand(scheduled, { name: 'cancel', text }, at(T0));

describe('commands', () => {
  it('announces at once, or from a draft, which keeps its id', () => {
    expect(scheduled).toMatchObject({ ...plan, revision: 1, published_at: T0, actual_from: null });
    const announced = order(draft, { name: 'announce' }, T0 + HOUR);
    expect(announced).toMatchObject({
      id: draft.id,
      revision: 2,
      published_at: T0 + HOUR,
      created_at: T0,
    });
  });

  it('announcing a plan for what was announced already revises it, unless it is the same', () => {
    const moved = { ...plan, announced_until: UNTIL + HOUR, expected_recovery_at: UNTIL + HOUR };
    const announce = { name: 'announce', plan: moved } as const;
    expect(applyCommand(draft, announce, at(T0 + 1))).toMatchObject({
      maintenance: { status: 'scheduled', ...moved },
      update: { code: 'announced' },
    });
    for (const before of [scheduled, in_progress, overrun]) {
      const change = applyCommand(before, announce, at(T0 + 1));
      const status = before === overrun ? 'in_progress' : before.status;
      expect(change).toMatchObject({
        maintenance: { status, ...moved, revision: 2 },
        update: { code: 'revised' },
      });
      expect(applyCommand(before, { name: 'announce', plan }, at(T0 + 1))).toBeNull();
    }
    const expected = ['draft', 'scheduled', 'in_progress', 'overrun'];
    const wrong_status = { field: 'status', code: 'wrong_status', status: 'verifying', expected };
    expect(problemsOf(applyCommand(verifying, announce, at(T0)))).toEqual([wrong_status]);
  });

  it('keeps words that go with a command, and refuses those that no one could read', () => {
    const text = { 'zh-CN': ' 因天气 \r\n', en: 'Weather' };
    expect(cancelWith(text)).toMatchObject({
      update: { text: { 'zh-CN': '因天气', en: 'Weather' } },
    });
    expect(cancelWith({ 'zh-CN': '', en: ' ' })).toMatchObject({
      update: { text: null },
    });
    const half = cancelWith({ 'zh-CN': '因天气', en: '' });
    expect(problemsOf(half)).toEqual([{ field: 'text.en', code: 'missing_text' }]);
    const blank = { name: 'comment', text: { 'zh-CN': '', en: '' } } as const;
    const nothing = applyCommand(scheduled, blank, at(T0));
    expect(problemsOf(nothing)).toHaveLength(2);
  });

  it('counts every edit as a revision, and no two versions carry the same stamp', () => {
    const revise = { name: 'revise', plan, text: TEXT } as const;
    const twice = order(order(scheduled, revise, T0), revise, T0);
    expect(twice).toMatchObject({ revision: 3, updated_at: T0 + 2, published_at: T0 });
    expect(order(scheduled, { name: 'comment', text: TEXT }, T0).revision).toBe(1);
  });

  it('starts early by a word, and counts from it', () => {
    expect(order(scheduled, { name: 'start' }, FROM - HOUR)).toMatchObject({
      actual_from: FROM - HOUR,
      announced_from: FROM,
    });
  });

  it('keeps the announced start of what has begun', () => {
    const moved = { ...plan, announced_from: FROM + MINUTE };
    const revised = applyCommand(in_progress, { name: 'revise', plan: moved }, at(FROM + 1));
    expect(problemsOf(revised)).toEqual([
      { field: 'announced_from', code: 'has_begun', start: FROM },
    ]);
  });

  it('extends to a later end only, and moves the expected recovery with it when need be', () => {
    const extend = (announced_until: number, expected_recovery_at?: number) => {
      const recovery = expected_recovery_at === undefined ? {} : { expected_recovery_at };
      const command = { name: 'extend', announced_until, ...recovery } as const;
      return applyCommand(overrun, command, at(UNTIL + MINUTE));
    };
    const announced_until = UNTIL + 2 * HOUR;
    expect(extend(announced_until)).toMatchObject({
      maintenance: {
        status: 'in_progress',
        announced_until,
        expected_recovery_at: announced_until,
        revision: 2,
      },
    });
    expect(problemsOf(extend(UNTIL))).toContainEqual({
      field: 'announced_until',
      code: 'not_later',
      end: UNTIL,
    });
    expect(problemsOf(extend(Number.NaN))).toEqual([
      { field: 'announced_until', code: 'not_a_time' },
      { field: 'expected_recovery_at', code: 'not_a_time' },
    ]);
    expect(problemsOf(extend(announced_until, T0))).toContainEqual({
      field: 'expected_recovery_at',
      code: 'before_end',
      end: announced_until,
    });
  });
});
