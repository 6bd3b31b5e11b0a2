import { describe, expect, test } from 'vitest';
import { createFill } from '../../messages/fill.ts';
import { faultsOf } from '../tidy/chinese-text.ts';
import { CHINESE_FILES } from '../tidy/full-width.ts';
import { ROOT } from '../tidy/repository.ts';

const fill = createFill('zh-CN');

/** By hand. */
describe('what is put into a Chinese message', () => {
  test.each([
    ['{system}的{function}', { system: 'ERP', function: '查询' }, 'ERP 的查询'],
    ['{system}的{function}', { system: '北京', function: '查询' }, '北京的查询'],
    ['从 {line} 测', { line: '电信' }, '从电信测'],
    ['从 {line} 测', { line: 'line 2' }, '从 line 2 测'],
    ['{checks}连续失败', { checks: 'PDF、OFD' }, 'PDF、OFD 连续失败'],
    ['请 {duration}后再试', { duration: '40 分钟' }, '请 40 分钟后再试'],
    ['自 {time} 起', { time: '11月21日' }, '自 11月21日起'],
    ['自 {time} 起', { time: '11月21日 14:32' }, '自 11月21日 14:32 起'],
    ['{large} {small}', { large: '1 分', small: '36 秒' }, '1 分 36 秒'],
    ['{since}可用 {percent}', { since: '', percent: '99.99%' }, '可用 99.99%'],
    ['在 {line} 看', { line: '' }, '在看'],
    ['在 {line}', { line: '' }, '在'],
    ['{what}：{why}', { what: 'ERP', why: 'HTTP 503' }, 'ERP：HTTP 503'],
    ['只有 {a} – {b} 没有', { a: '中', b: '2' }, '只有中 – 2 没有'],
    ['拨了{by}', { by: '+3 秒' }, '拨了 +3 秒'],
    ['{n} 次', { n: 1_234 }, '1,234 次'],
  ])('%s with %j', (message, params, expected) => {
    expect(fill(message, params)).toBe(expected);
  });

  test('leaves other languages as they are', () => {
    expect(createFill('en')('{a} at {b}', { a: '北京', b: '下载' })).toBe('北京 at 下载');
  });
});

const VALUES = ['3', '99.99%', 'ERP', '北京', '11月21日 14:32', '北京（模拟）', '+3 秒', ''];

/** With every kind of value, each placeholder of a message having another one than the next. */
describe('every Chinese message has the spaces that belong there', () => {
  test.each(CHINESE_FILES)('in %s', async (file) => {
    const { default: words } = (await import(`${ROOT}/${file}`)) as { default: object };
    const faults = Object.entries(words)
      .filter(([key]) => !key.endsWith('separator'))
      .flatMap(([key, message]) => {
        const names = [...String(message).matchAll(/\{(\w+)/g)].map(([, name = '']) => name);
        return [0, 1, 3].flatMap((step) =>
          VALUES.map((_, first) => {
            const values = names.map((name, i) => [name, VALUES[(first + step * i) % 8] ?? '']);
            const text = fill(String(message), Object.fromEntries(values));
            return `${key}: ${text}: ${faultsOf(text).join()}`;
          }),
        );
      });
    expect(faults.filter((it) => !it.endsWith(': '))).toEqual([]);
  });
});
