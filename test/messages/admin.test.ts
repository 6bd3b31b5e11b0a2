import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADMIN_CATALOGUES, createSay } from '../../messages/admin/index.ts';
import { maintenanceProblemText } from '../../messages/problems.ts';
import type { MaintenanceProblem } from '../../model/maintenance/plan.ts';
import { LOCALES } from '../../model/vocabulary.ts';

function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].sort();
}

describe('the catalogues of the administration', () => {
  test.each(LOCALES)('%s has the parameters of the first language, and no empty text', (locale) => {
    const first = ADMIN_CATALOGUES[LOCALES[0]];
    for (const [key, message] of Object.entries(ADMIN_CATALOGUES[locale])) {
      const expected = placeholders(first[key as keyof typeof first]);
      expect([key, placeholders(message)]).toEqual([key, expected]);
      expect([key, message.trim()]).not.toEqual([key, '']);
    }
  });

  test('hold no message that nothing says', () => {
    const sources = ['messages/admin', 'status-page/admin']
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`),
      )
      .filter((path) => path.endsWith('.ts') && !/(zh-CN|en)\.ts$/.test(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const unsaid = Object.keys(ADMIN_CATALOGUES[LOCALES[0]]).filter((key) => {
      const [group = ''] = key.split('.');
      const rest = key.slice(group.length + 1).split('.');
      // Said whole, or put together from a closed set: `done.${…}`, `confirm.${action}.about`.
      const composed = [`${group}.\${`, rest.length > 1 ? `}.${rest.at(-1)}\`` : '`'];
      return !sources.includes(`'${key}'`) && !composed.every((part) => sources.includes(part));
    });
    expect(unsaid).toEqual([]);
  });
});

const AT = Date.parse('2026-11-21T06:32:00Z');
const field = 'announced_from';
const PROBLEMS: MaintenanceProblem[] = [
  { field, code: 'not_a_time' },
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

test.each(LOCALES)('every problem has its own words in %s, with what was expected', (locale) => {
  const wording = {
    say: createSay(locale),
    time: () => 'TIME',
    status: (status: string) => `STATUS ${status}`,
    list: (items: string[]) => items.join('+'),
  };
  const texts = PROBLEMS.map((problem) => maintenanceProblemText(problem, wording));
  expect(new Set(texts).size).toBe(PROBLEMS.length);
  const with_time = PROBLEMS.filter((it) => Object.values(it).includes(AT)).length;
  expect(texts.filter((text) => text.includes('TIME'))).toHaveLength(with_time);
  expect(texts.at(-1)).toContain('STATUS scheduled+STATUS overrun');
});
