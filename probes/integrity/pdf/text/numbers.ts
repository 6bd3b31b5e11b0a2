import { BREAK, inPieces, withoutBreaks } from '../../shared/own-number.ts';
import type { TextLine } from './lines.ts';

/** The texts of a page: in the order of drawing, and by lines; compatible characters made one. */
export interface PageTexts {
  drawn: string;
  lines: TextLine[];
  /** Whether every letter was read. */
  legible: boolean;
  /** Whether there are pictures, which may show anything. */
  pictures: boolean;
}

/** Digits of the number of an invoice since 2022. */
const USUAL_DIGITS = 20;
/** A number that stands so many sizes above or below its label still is near it. */
const NEAR_SIZES = 3;
const MOST_LABELS = 20;

const WORD = [...'发票号码'].join(BREAK);
/** The label, unless it is of the invoice that this one reverses. */
const FOREIGN = `(?:[字原冲应电]${BREAK}|(?!票)\\p{Script=Han})`;
const LABEL = `发(?<!${FOREIGN}发)${WORD.slice(1)}${BREAK}(?::${BREAK})?`;

/** Whether the number is in the text, perhaps in pieces; a short one not as part of another. */
export function hasNumber(page: PageTexts, number: string): boolean {
  const digits = inPieces(number);
  const whole = number.length < USUAL_DIGITS ? `(?<!\\d)${digits}(?!\\d)` : digits;
  const pattern = new RegExp(whole);
  return pattern.test(page.drawn) || page.lines.some(({ text }) => pattern.test(text));
}

/** The numbers of so many digits that stand directly behind the label of the invoice's. */
export function namedNumbers(page: PageTexts, length: number = USUAL_DIGITS): string[] {
  const pattern = new RegExp(`${LABEL}(${digitsOf(length)})(?!\\d)`, 'gu');
  return page.lines.flatMap(({ text }) => matches(text, pattern));
}

/** Those, or what stands near the label. */
export function labelledNumbers(page: PageTexts, length: number = USUAL_DIGITS): string[] {
  const on_lines = namedNumbers(page, length);
  // What cannot be read may be the number that belongs to the label.
  if (on_lines.length > 0 || !page.legible) return on_lines;
  return numbersNearLabels(page, length);
}

/**
 * The one number of an invoice on pages that have no label of it, if all that they show was read;
 * null if there is none or another.
 */
export function onlyNumber(pages: PageTexts[]): string | null {
  const label = new RegExp(WORD);
  const isClear = ({ legible, pictures, drawn, lines }: PageTexts) =>
    legible && !pictures && !label.test(drawn) && !lines.some(({ text }) => label.test(text));
  if (!pages.every(isClear)) return null;
  const pattern = new RegExp(`(?<!\\d)(${digitsOf(USUAL_DIGITS)})(?!\\d)`, 'g');
  const found = pages.flatMap(({ lines }) => lines.flatMap(({ text }) => matches(text, pattern)));
  const [number = null, ...others] = new Set(found);
  return others.length === 0 && number !== null && /^[2-4]/.test(number) ? number : null;
}

/** The amounts in ¥ or in figures ("小写"), as decimals, each once. */
export function amountsIn(page: PageTexts): string[] {
  const amounts = page.lines.flatMap(({ text }) =>
    [...withoutBreaks(text).matchAll(AMOUNT)].map(([, amount = '']) => amount.replaceAll(',', '')),
  );
  return [...new Set(amounts)];
}

const AMOUNT = /(?:¥|小写\):?)(-?\d[\d,]{0,20}\.\d\d)/g;

function numbersNearLabels(page: PageTexts, length: number): string[] {
  const label = new RegExp(LABEL, 'u');
  const labels = page.lines.filter(({ text }) => label.test(text)).slice(0, MOST_LABELS);
  if (labels.length === 0) return [];
  // Behind a label of its own it is a bank account, or the invoice that this one reverses.
  const other = `\\p{Script=Han}${BREAK}(?::${BREAK})?`;
  const pattern = new RegExp(`(?<!\\d|${other})(${digitsOf(length)})(?!\\d)`, 'gu');
  return page.lines.flatMap((line) => {
    const is_near = labels.some(
      ({ direction, across, size }) =>
        direction === line.direction && Math.abs(across - line.across) <= NEAR_SIZES * size,
    );
    return is_near ? matches(line.text, pattern) : [];
  });
}

function digitsOf(length: number): string {
  return `(?:\\d${BREAK}){${length}}`;
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, number = '']) => withoutBreaks(number));
}
