import { expect, test } from 'vitest';
import {
  isSamePlan,
  mergedPlan,
  type PlanField,
  planDifferences,
} from '../../../model/maintenance/difference.ts';
import type { MaintenancePlan } from '../../../model/maintenance/plan.ts';
import { FROM, plan, UNTIL } from './examples.ts';

const opened: MaintenancePlan = plan;
const titled = (en: string, from = plan): MaintenancePlan => ({
  ...from,
  texts: { ...from.texts, title: { ...from.texts.title, en } },
});
const until = (announced_until: number, from = plan) => ({ ...from, announced_until });

test.each<[string, MaintenancePlan, MaintenancePlan, [PlanField, string][]]>([
  ['nobody', plan, plan, []],
  ['only here', plan, titled('Mine'), [['texts.title.en', 'mine']]],
  ['only elsewhere', until(UNTIL + 1), plan, [['announced_until', 'theirs']]],
  ['both alike', until(UNTIL + 1), until(UNTIL + 1), []],
  ['both, each something else', until(UNTIL + 1), until(UNTIL + 2), [['announced_until', 'both']]],
  ['to a time that is none', plan, until(Number.NaN), [['announced_until', 'mine']]],
  [
    'two fields',
    until(UNTIL + 1),
    titled('Mine'),
    [
      ['announced_until', 'theirs'],
      ['texts.title.en', 'mine'],
    ],
  ],
  [
    'a text that was not there, and blanks',
    plan,
    {
      ...titled(` ${plan.texts.title.en} `),
      texts: { ...plan.texts, workaround: { 'zh-CN': '请等。', en: '' } },
    },
    [['texts.workaround.zh-CN', 'mine']],
  ],
  ['the order of functions', { ...plan, components: plan.components.toReversed() }, plan, []],
])('changed by %s', (_, theirs, mine, expected) => {
  const found = planDifferences({ opened, theirs, mine });
  expect(found.map(({ field, changed_by }) => [field, changed_by])).toEqual(expected);
});

test('a field is of both where it is unknown what it was', () => {
  const found = planDifferences({ opened: null, theirs: until(UNTIL + 1), mine: plan });
  expect(found).toEqual([
    {
      field: 'announced_until',
      opened: null,
      theirs: UNTIL + 1,
      mine: UNTIL,
      changed_by: 'both',
    },
  ]);
});

test('each field is taken from the side that is chosen', () => {
  const theirs = titled('Theirs', { ...until(UNTIL + 1), components: ['a.query'] });
  const mine = titled('Mine', { ...plan, announced_from: FROM + 1, components: ['a.sync'] });
  const of_mine: PlanField[] = ['announced_from', 'texts.title.en', 'components'];
  const merged = mergedPlan({ theirs, mine }, (field) =>
    of_mine.includes(field) ? 'mine' : 'theirs',
  );
  const expected = { ...until(UNTIL + 1), announced_from: FROM + 1, components: ['a.sync'] };
  expect(isSamePlan(merged, titled('Mine', expected))).toBe(true);
  expect(
    isSamePlan(
      mergedPlan({ theirs, mine }, () => 'theirs'),
      theirs,
    ),
  ).toBe(true);
});
