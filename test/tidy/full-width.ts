import { FILES } from './repository.ts';

/** Marks between Chinese words, and the code points of their full-width forms (GB/T 15834). */
export const FULL_WIDTH: Readonly<Record<string, number>> = {
  ',': 0xff0c,
  ':': 0xff1a,
  ';': 0xff1b,
  '?': 0xff1f,
  '!': 0xff01,
  '(': 0xff08,
  ')': 0xff09,
};
/** Files that say something to people in Chinese. */
export const CHINESE_FILES = FILES.filter((path) =>
  /^(messages|channels)\/.*zh-CN.*\.ts$/.test(path),
);
/** What is filled into a Chinese text counts as Chinese. */
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef{}]/u;

/**
 * A Chinese text with full-width marks and no space after them. Marks within numbers, times,
 * addresses and English words in brackets of their own are left as they are.
 */
export function fullWidth(text: string): string {
  const brackets = bracketsOf(text);
  const widened = Array.from(text, (mark, at) => {
    const code_point = FULL_WIDTH[mark];
    const is_bracket = mark === '(' || mark === ')';
    const is_wide = is_bracket ? brackets.has(at) : !isWithinWord(text, at);
    return code_point !== undefined && is_wide ? String.fromCodePoint(code_point) : mark;
  });
  return widened
    .join('')
    .replace(/ (?=\uff08)|(?<=[\uff0c\uff1a\uff1b\uff1f\uff01\uff09]) (?![-\u2013])/gu, '');
}

/** 1,000 and 12:30 and https://a.b/?c=d */
function isWithinWord(text: string, at: number): boolean {
  const [before, mark, after] = [text[at - 1] ?? '', text[at] ?? '', text[at + 1] ?? ''];
  if (mark === ':' && after === '/') return true;
  return /[\w/]/.test(before) && /\w/.test(after);
}

/** Where brackets stand that belong to Chinese: around or beside it. */
function bracketsOf(text: string): Set<number> {
  const open: number[] = [];
  const found = new Set<number>();
  for (const [at, mark] of [...text].entries()) {
    if (mark === '(') open.push(at);
    if (mark !== ')') continue;
    const from = open.pop();
    if (from === undefined) continue;
    const inside = text.slice(from, at);
    const beside = text.slice(0, from).trimEnd().slice(-1) + text.slice(at + 1).trimStart()[0];
    if (CHINESE.test(inside + beside)) found.add(from).add(at);
  }
  return found;
}
