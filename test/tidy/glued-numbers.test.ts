import { describe, expect, test } from 'vitest';
import { CHINESE_FILES } from './full-width.ts';
import { filledIn, gluedNumbers } from './glued-numbers.ts';
import { ROOT } from './repository.ts';

describe('numbers stand apart from Chinese words', () => {
  test.each(CHINESE_FILES)('in %s', async (file) => {
    const { default: words } = (await import(`${ROOT}/${file}`)) as { default: object };
    const found = Object.entries(words).flatMap(([key, message]) => {
      const text = filledIn(key, String(message));
      return gluedNumbers(text).length > 0 ? [`${key}: ${text}`] : [];
    });
    expect(found).toEqual([]);
  });
});

/** By hand. */
describe('a number that does not', () => {
  test.each([
    ['8月30日 00:02 起1 天内到达', ['起1 ']],
    ['过去90 天', ['去90']],
    ['可用99.99%', ['用99']],
    ['99.99%可用', ['9%可']],
    ['共 3次', [' 3次']],
    ['自8月30日起', ['自8 ']],
    ['慢了+3 秒', ['了+3']],
  ])('in %j', (text, expected) => {
    expect(gluedNumbers(text)).toEqual(expected);
  });

  test.each([
    '8月30日 00:02 起在 1 天内到达 99.99%',
    '自 2025年8月30日起',
    '11月21日周六 14:32 – 16:00 维护',
    '历时（1 分 36 秒）',
    '中位 1 秒，95% 在 3 秒内',
    '1,234 次测量',
    '=1；2',
  ])('is not in %j', (text) => {
    expect(gluedNumbers(text)).toEqual([]);
  });
});

test('what is filled in must be known', () => {
  expect(filledIn('a.b', '{n} 次（{percent}）')).toBe('3 次（99.99%）');
  expect(() => filledIn('a.b', '{nobody_said}')).toThrow('{nobody_said}');
});
