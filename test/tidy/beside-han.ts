import { FULL_WIDTH } from './full-width.ts';
import { passagesOf, replaced } from './passages.ts';

/**
 * Marks beside Han characters, by CONTRIBUTING.md: between them they are written full-width; else
 * they are of a sentence in another language, which has to quote the Chinese.
 */

const HAN = /\p{Script=Han}/u;
/** What is filled into a Chinese text counts as Chinese, and so do its marks. */
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff65]/u;
/** Code, addresses, the targets of links, and what YAML writes between its values. */
const NOT_PROSE = new RegExp(
  [
    '```[\\s\\S]*?```',
    '`[^`\\n]*`',
    '\\]\\([^)\\n]*\\)',
    '<[^>\\n]*>',
    'https?://[^\\s\\p{Script=Han}\'"]+',
    '\\$?\\{\\{?[^{}\\n]*\\}?\\}(?=[^,\\s])',
    '(?<=[{,\\s])[\\w-]+: ',
    ', (?=[\\w-]+: )',
  ].join('|'),
  'gu',
);

/** The text of a file with the marks that can be decided. */
export function withMarks(path: string, text: string): string {
  return replaced(text, passagesOf(path, text), widened);
}

/** ASCII marks that stand beside a Han character, with what is around them. */
export function marksBesideHan(path: string, text: string): string[] {
  return passagesOf(path, text).flatMap(({ start, end }) => {
    const prose = proseOf(text.slice(start, end));
    return prose.match(/.{0,9}(?:\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}).{0,9}/gu) ?? [];
  });
}

/** A passage with full-width marks where it is Chinese on both sides, such as with others. */
export function widened(passage: string): string {
  const once = widenedOnce(passage);
  return once === passage ? passage : widened(once);
}

function widenedOnce(passage: string): string {
  const prose = proseOf(passage);
  const brackets = chineseBrackets(prose);
  let text = '';
  for (let at = 0; at < passage.length; at++) {
    const mark = prose[at] ?? '';
    const is_bracket = mark === '(' || mark === ')';
    const code_point = FULL_WIDTH[mark];
    const is_wide = is_bracket ? brackets.has(at) : isBetween(prose, at);
    text += code_point !== undefined && is_wide ? String.fromCodePoint(code_point) : passage[at];
    const is_spaced = is_wide && code_point !== undefined && mark !== '(';
    if (is_spaced && /^ [^\s\-\u2013]/.test(prose.slice(at + 1, at + 3))) at += 1;
  }
  return text;
}

/** With a character of no script for each one that is not prose. */
function proseOf(passage: string): string {
  return passage.replace(NOT_PROSE, (code) => '\ue000'.repeat(code.length));
}

/** Han on this side, Chinese on the other, if need be behind a space. */
function isBetween(prose: string, at: number): boolean {
  const [before, after] = [prose[at - 1] ?? '', prose[at + 1] ?? ''];
  const behind = after === ' ' ? (prose[at + 2] ?? '') : after;
  if (CHINESE.test(before)) return CHINESE.test(behind);
  return HAN.test(after) && /\p{L}/u.test(before);
}

/** Where brackets stand that follow a Han character or precede one, around anything. */
function chineseBrackets(prose: string): Set<number> {
  const open: number[] = [];
  const found = new Set<number>();
  for (const { 0: mark, index: at } of prose.matchAll(/[()\n]/g)) {
    if (mark === '\n') open.length = 0;
    else if (mark === '(') open.push(at);
    else {
      const from = open.pop();
      if (from === undefined) continue;
      const is_beside = HAN.test(prose[from - 1] ?? '') || HAN.test(prose[at + 1] ?? '');
      if (is_beside) found.add(from).add(at);
    }
  }
  return found;
}
