import { expect, test } from 'vitest';
import { CATALOGUES } from '../../messages/catalogue.ts';
import { createText } from '../../messages/index.ts';
import { maintenanceProblemText } from '../../messages/problems.ts';
import type { MaintenanceProblem } from '../../model/maintenance/problems.ts';
import { LOCALES } from '../../model/vocabulary.ts';

const AT = Date.parse('2026-11-21T06:32:00Z');
const field = 'announced_from';
const PROBLEMS: MaintenanceProblem[] = [
  { field, code: 'not_a_time' },
  { field, code: 'skipped_time', before: AT, after: AT },
  { field, code: 'repeated_time' },
  { field, code: 'in_the_past', now: AT },
  { field, code: 'too_far', latest: AT },
  { field, code: 'not_after_start', start: AT },
  { field, code: 'too_long_a_time', latest: AT },
  { field, code: 'before_end', end: AT },
  { field, code: 'has_begun', start: AT },
  { field, code: 'not_later', end: AT },
  { field, code: 'no_components' },
  { field, code: 'unknown_component', component: 'a.b' },
  { field, code: 'missing_text' },
  { field, code: 'too_long', limit: 120 },
  { field, code: 'control_characters' },
  { field, code: 'wrong_status', status: 'draft', expected: ['scheduled', 'overrun'] },
];

const TIME = '2026-11-21 14:32';

test.each(LOCALES)('every problem has its own words in %s, with what was expected', (locale) => {
  const wording = {
    text: createText(CATALOGUES, locale),
    time: () => TIME,
    status: (status: string) => `STATUS ${status}`,
    list: (items: string[]) => items.join('+'),
  };
  const texts = PROBLEMS.map((problem) => maintenanceProblemText(problem, wording));
  expect(new Set(texts).size).toBe(PROBLEMS.length);
  const with_time = PROBLEMS.filter((it) => Object.values(it).includes(AT)).length;
  expect(texts.filter((text) => text.includes(TIME))).toHaveLength(with_time);
  expect(texts.at(-1)).toContain('STATUS scheduled+STATUS overrun');
});
