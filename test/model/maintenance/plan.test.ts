import { describe, expect, it } from 'vitest';
import { createMaintenance } from '../../../model/maintenance/apply-command.ts';
import type { MaintenancePlan } from '../../../model/maintenance/plan.ts';
import { TEXT_LIMIT, TITLE_LIMIT } from '../../../model/maintenance/texts.ts';
import { DAY } from '../../../model/time.ts';
import { carriedOut, T0 } from '../builders.ts';
import { at, FROM, plan, problemsOf, UNTIL } from './examples.ts';

describe('a plan', () => {
  const announce = (asked: MaintenancePlan) =>
    createMaintenance({ name: 'announce', plan: asked }, at(T0));
  const bad = (changed: Partial<MaintenancePlan>) => problemsOf(announce({ ...plan, ...changed }));
  const titled = (title: string) => ({
    texts: { ...plan.texts, title: { 'zh-CN': '维护', en: title } },
  });

  it.each<[string, Partial<MaintenancePlan>, string, string]>([
    ['start in the past', { announced_from: T0 - 1 }, 'announced_from', 'in_the_past'],
    ['start at this moment', { announced_from: T0 }, 'announced_from', 'in_the_past'],
    ['start years ahead', { announced_from: T0 + 800 * DAY }, 'announced_from', 'too_far'],
    ['a start that is no time', { announced_from: Number.NaN }, 'announced_from', 'not_a_time'],
    ['an end that is no time', { announced_until: 1.5 }, 'announced_until', 'not_a_time'],
    ['end before start', { announced_until: FROM - 1 }, 'announced_until', 'not_after_start'],
    ['end at the start', { announced_until: FROM }, 'announced_until', 'not_after_start'],
    [
      'lasting months',
      {
        announced_until: FROM + 32 * DAY,
        expected_recovery_at: FROM + 32 * DAY,
      },
      'announced_until',
      'too_long_a_time',
    ],
    [
      'expected recovery before the end',
      { expected_recovery_at: UNTIL - 1 },
      'expected_recovery_at',
      'before_end',
    ],
    [
      'expected recovery months later',
      { expected_recovery_at: FROM + 32 * DAY },
      'expected_recovery_at',
      'too_long_a_time',
    ],
    ['an empty scope', { components: [] }, 'components', 'no_components'],
    ['an unknown function', { components: ['nobody.knows'] }, 'components', 'unknown_component'],
    ['no title', titled('  '), 'texts.title.en', 'missing_text'],
    ['a title too long', titled('x'.repeat(TITLE_LIMIT + 1)), 'texts.title.en', 'too_long'],
    ['a title of two lines', titled('a\nb'), 'texts.title.en', 'control_characters'],
    ['a bell', titled('a\u0007'), 'texts.title.en', 'control_characters'],
    ['a NUL', titled('a\u0000b'), 'texts.title.en', 'control_characters'],
    ['writing turned round', titled('a\u202eb'), 'texts.title.en', 'control_characters'],
    ['half a character', titled('a\ud800'), 'texts.title.en', 'control_characters'],
    [
      'a description too long',
      {
        texts: {
          ...plan.texts,
          description: { 'zh-CN': '长'.repeat(TEXT_LIMIT + 1), en: 'Long' },
        },
      },
      'texts.description.zh-CN',
      'too_long',
    ],
    [
      'a workaround in one language only',
      { texts: { ...plan.texts, workaround: { 'zh-CN': '改用电话', en: '' } } },
      'texts.workaround.en',
      'missing_text',
    ],
  ])('with %s is refused and says at which field', (_, changed, field, code) => {
    expect(bad(changed)).toContainEqual(expect.objectContaining({ field, code }));
  });

  it('names everything that is wrong at once', () => {
    const problems = bad({ ...titled(''), components: [], announced_from: T0 - 1 });
    expect(problems.map((it) => it.field)).toEqual([
      'components',
      'announced_from',
      'texts.title.en',
    ]);
  });

  it('is tidied: white space, line ends, a function named twice, what was not said', () => {
    const said = {
      ...plan,
      components: ['beijing.query', 'beijing.query'],
      texts: {
        ...plan.texts,
        title: { 'zh-CN': ' 升级 ', en: ' <b>Upgrade</b>\n' },
        description: { 'zh-CN': '一\r\n二', en: 'a\rb' },
        stays_open: { 'zh-CN': '', en: ' ' },
      },
    };
    expect(carriedOut(announce(said)).maintenance).toMatchObject({
      components: ['beijing.query'],
      texts: {
        // What looks like HTML is text like any other.
        title: { 'zh-CN': '升级', en: '<b>Upgrade</b>' },
        description: { 'zh-CN': '一\n二', en: 'a\nb' },
        stays_open: null,
      },
    });
  });
});
