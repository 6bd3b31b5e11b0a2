import { describe, expect, test } from 'vitest';
import { CHINESE_FILES, fullWidth } from './full-width.ts';
import { ROOT } from './repository.ts';

describe('Chinese words have Chinese marks', () => {
  test('there are files of them', () => {
    expect(CHINESE_FILES.length).toBeGreaterThan(6);
  });

  test.each(CHINESE_FILES)('in %s', async (file) => {
    const { default: words } = (await import(`${ROOT}/${file}`)) as { default: object };
    const texts = textsOf(words);
    expect(texts.filter((text) => fullWidth(text) !== text)).toEqual([]);
  });
});

/** By hand; marks are named by code point, because an editor may turn them. */
describe('full-width marks', () => {
  test.each([
    ['A,B', 'A,B'],
    ['未知:{why}', '未知\uff1a{why}'],
    ['{state},部分未知', '{state}\uff0c部分未知'],
    ['入口(未测量)', '入口\uff08未测量\uff09'],
    ['文件 (PDF) 好', '文件\uff08PDF\uff09好'],
    ['{a} ({b})', '{a}\uff08{b}\uff09'],
    ['OFD (GB/T 33190)', 'OFD (GB/T 33190)'],
    ['在 12:30, 1,000 次', '在 12:30\uff0c1,000 次'],
    ['请看 https://a.b/?c=d', '请看 https://a.b/?c=d'],
    ['不是你? 不用;掉!', '不是你\uff1f不用\uff1b掉\uff01'],
    ['{a}:{b}({n} 次)', '{a}\uff1a{b}\uff08{n} 次\uff09'],
    [',', '\uff0c'],
  ])('of %j', (text, expected) => {
    expect(fullWidth(text)).toBe(expected);
    expect(fullWidth(expected)).toBe(expected);
  });
});

function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}
