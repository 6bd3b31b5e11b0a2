import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { marksBesideHan, widened, withMarks } from './beside-han.ts';
import { FULL_WIDTH } from './full-width.ts';
import { READ_FILES } from './passages.ts';
import { read } from './repository.ts';

describe('no ASCII mark stands beside a Han character', () => {
  const files = READ_FILES.filter((path) => /\p{Script=Han}/u.test(read(path)));

  test('there are files of every kind', () => {
    const kinds = new Set(files.map((path) => path.slice(path.lastIndexOf('.'))));
    expect(kinds).toEqual(new Set(['.ts', '.md', '.yaml', '.yml', '.json']));
    expect(files).toEqual(expect.arrayContaining(['README.zh-CN.md', 'config/demo.yaml']));
  });

  test.each(files)('in %s', (path) => {
    const text = read(path);
    expect(marksBesideHan(path, text)).toEqual([]);
    expect(withMarks(path, text)).toBe(text);
  });
});

/** By hand; marks are named by code point, because an editor may turn them. */
describe('a mark is full-width', () => {
  test.each([
    ['between Han characters', '未知:被限流', '未知\uff1a被限流'],
    ['without the space behind it', '被限流, 凭证被拒', '被限流\uff0c凭证被拒'],
    ['of every kind', '甲;乙?丙!丁', '甲\uff1b乙\uff1f丙\uff01丁'],
    ['behind a letter, before a Han character', 'PDF,文件', 'PDF\uff0c文件'],
    ['before what is filled in', '非官方,由 {operator} 测量', '非官方\uff0c由 {operator} 测量'],
    ['in brackets behind a Han character', '下载(PDF)中断', '下载\uff08PDF\uff09中断'],
    ['with both brackets', '发票(模拟,不可查验)', '发票\uff08模拟\uff0c不可查验\uff09'],
  ])('%s', (_, text, expected) => {
    expect(widened(text)).toBe(expected);
    expect(marksBesideHan('a.md', expected)).toEqual([]);
  });
});

describe('a mark stays as it is', () => {
  test.each([
    ['in code', '请运行 `下载:查询` 再看'],
    ['in a block of code', '看\n```\n名称:值\n```\n完'],
    ['in the target of a link', '[注入故障](docs/drills.md)的入口'],
    ['in an address', '请看 https://a.b/?c=d;e 再说'],
    ['in a time or a number', '在 12:53 有 1,000 次'],
    ['in a ratio', '比例 3:1 左右'],
    ['between values of YAML', 'title: { zh-CN: 我们的系统, en: Our systems }'],
    ['in English that quotes Chinese', 'it is "停滞"; an unknown one ("未知") is not'],
  ])('%s', (_, text) => {
    expect(widened(text)).toBe(text);
    expect(marksBesideHan('a.md', text)).toEqual([]);
  });

  test('in English that does not quote it, which is told', () => {
    const text = 'it is 停滞; an unknown one (未知) is not';
    expect(widened(text)).toBe(text);
    expect(marksBesideHan('a.md', text)).toHaveLength(2);
  });

  test('in a name of a source, but not in its comments and strings', () => {
    const source = "// 甲,乙\nconst it = { 号码: '丙:丁', 甲: f(`戊(己)`) };\n";
    expect(withMarks('a.ts', source)).toBe(
      "// 甲\uff0c乙\nconst it = { 号码: '丙\uff1a丁', 甲: f(`戊\uff08己\uff09`) };\n",
    );
  });
});

describe('of drawn texts', () => {
  const PIECES = '甲 乙 丙丁 a bc 7 12:53 1,000 , ; : ? ! ( ) ， ： （ ） 。 `x:甲` {n} " -'.split(
    ' ',
  );
  const draw = createRandom(20_261_128);
  const drawn = Array.from({ length: 3_000 }, () =>
    Array.from({ length: 1 + Math.floor(draw() * 12) }, () =>
      draw() < 0.2 ? ' ' : (PIECES[Math.floor(draw() * PIECES.length)] ?? ''),
    ).join(''),
  );

  test('writing marks twice writes them once', () => {
    expect(drawn.filter((text) => widened(widened(text)) !== widened(text))).toEqual([]);
  });

  test('nothing changes but marks, and the space behind them', () => {
    const changed = drawn.filter((text) => widened(text) !== text);
    expect(changed.length).toBeGreaterThan(150);
    expect(changed.filter((text) => narrowed(widened(text)) !== narrowed(text))).toEqual([]);
  });

  test('nothing changes without Chinese, nor in code, times and numbers', () => {
    const foreign = drawn.map((text) => text.replace(/[^\u0020-\u007e]|`x:甲`/gu, 'a'));
    expect(foreign.filter((text) => widened(text) !== text)).toEqual([]);
    const kept = (text: string) => text.match(/`x:甲`|12:53|1,000/g)?.length;
    expect(drawn.filter((text) => kept(widened(text)) !== kept(text))).toEqual([]);
  });
});

const NARROW = new Map(
  Object.entries(FULL_WIDTH).map(([mark, it]) => [String.fromCodePoint(it), mark]),
);

/** With ASCII marks and no space behind them. */
function narrowed(text: string): string {
  return Array.from(text, (it) => NARROW.get(it) ?? it)
    .join('')
    .replace(/(?<=[,;:?!)]) /g, '');
}
