import { GAP, type SaidOnPage } from '../shared/own-number.ts';
import type { Word } from './page-text.ts';

/** What the texts of a page say of the number of its invoice. */
export interface PageNumbers {
  /** 20-digit numbers that stand behind the label 发票号码. */
  labelled: Set<string>;
  /** Those that look like an invoice's, and stand behind no other label. */
  likely: Set<string>;
  /** Every run of exactly 20 digits. */
  all: Set<string>;
}

/** A page's numbers, and the words they were found in, with compatible characters made one. */
export interface NumberedPage {
  numbers: PageNumbers;
  said: SaidOnPage;
}

/** Words whose base lines differ by less than this share of their size stand in one line. */
const SAME_LINE = 0.5;
/** A gap of less than this share of the size does not part a number. */
const TOUCHES = 0.75;

/** Alone or at the start: 被红冲蓝字数电发票号码 and the like name another invoice. */
const LABEL = '(?<![\\p{Script=Han}])发\\s*票\\s*号\\s*码\\s*(?:[:：]\\s*)?';
const DIGITS = '(\\d{20}|\\d(?: \\d){19})(?! ?\\d)';
const LABELLED = new RegExp(`${LABEL}${DIGITS}`, 'gu');
const ONLY_LABEL = new RegExp(`^${LABEL}$`, 'u');
const TWENTY_DIGITS = /(?<!\d)\d{20}(?!\d)/g;
const UNLABELLED = /(?<!\d|\p{Script=Han}[\s:：]*)\d{20}(?!\d)/gu;
/**
 * A 数电票 number: two digits of the year, from 2024 on, and the code of a province (GB/T 2260), 00 of
 * specimens. No bank's account of 20 digits starts so: those begin with a province, of which the
 * twenties end at 23.
 */
const LIKE_AN_INVOICE = /^2[4-9](00|1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/;

/**
 * Numbers on a page, template included: written in one text, character by character, or with the
 * label in the template and the number beside it.
 */
export function numbersOn(drawn: Word[]): NumberedPage {
  const words = drawn.map((word) => ({ ...word, text: word.text.normalize('NFKC') }));
  const lines = linesOf(words);
  const labelled = new Set(lines.flatMap((line) => labelledIn(line)));
  if (labelled.size === 0) for (const number of afterLabel(words)) labelled.add(number);
  const texts = [...lines, ...words.map(({ text }) => text)];
  const all = new Set(texts.flatMap((text) => text.match(TWENTY_DIGITS) ?? []));
  for (const number of labelled) all.add(number);
  const unlabelled = lines.flatMap((line) => line.match(UNLABELLED) ?? []);
  const likely = new Set(unlabelled.filter((number) => LIKE_AN_INVOICE.test(number)));
  const said = { lines, drawn: words.map(({ text }) => text).join(GAP) };
  return { numbers: { labelled, likely, all }, said };
}

function labelledIn(line: string): string[] {
  return [...line.matchAll(LABELLED)].map(([, digits = '']) => digits.replaceAll(' ', ''));
}

/** A number drawn directly after its label, wherever the two stand. */
function afterLabel(words: Word[]): string[] {
  const texts = words.map(({ text }) => text).filter((text) => !/^[:：]$/.test(text));
  return texts.filter((text, index) => {
    return /^\d{20}$/.test(text) && ONLY_LABEL.test(texts[index - 1] ?? '');
  });
}

/** The lines of a page as text; a blank stands for a gap. */
function linesOf(words: Word[]): string[] {
  const lines: string[] = [];
  for (const line of groupByBaseLine(words)) {
    let text = '';
    let right = -Infinity;
    for (const word of line.toSorted((a, b) => a.x - b.x)) {
      const gap = word.x - right;
      text += text === '' || gap < TOUCHES * word.size ? word.text : ` ${word.text}`;
      right = Math.max(right, word.right);
    }
    lines.push(text);
  }
  return lines;
}

function groupByBaseLine(words: Word[]): Word[][] {
  const groups: Word[][] = [];
  let last: Word | undefined;
  for (const word of words.toSorted((a, b) => a.y - b.y)) {
    if (last !== undefined && word.y - last.y < SAME_LINE * Math.min(word.size, last.size)) {
      groups.at(-1)?.push(word);
    } else groups.push([word]);
    last = word;
  }
  return groups;
}
