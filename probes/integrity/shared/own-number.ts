/** What a page says: by lines, and in the order of drawing, where GAP parts texts. */
export interface SaidOnPage {
  lines: string[];
  drawn: string;
}

/** Between two texts that were shown one after the other; never in a text. */
export const GAP = '\u0001';
/** White space, and the gap between texts: numbers may be drawn in pieces. */
export const BREAK = `[\\s${GAP}]*`;

const BREAKS = new RegExp(`[\\s${GAP}]`, 'g');
/** Behind this a number is something's of that name. */
const ANY_LABEL = /\p{Script=Han}[:：]?[（(]?$/u;
/** Behind this it is of the invoice that this one reverses or refers to. */
const REVERSAL = /(红冲|冲红|冲销|蓝字|对应|关联|原)\p{Script=Han}{0,8}号码?为?[:：]?[（(]?$/u;
const LABEL_CHARACTERS = 60;

/** A text without its white space and gaps. */
export function withoutBreaks(text: string): string {
  return text.replace(BREAKS, '');
}

/** Digits, perhaps in pieces. */
export function inPieces(number: string): string {
  return [...number].map((char) => char.replace(/[^\w]/, '\\$&')).join(BREAK);
}

/**
 * Whether the number stands somewhere where no label makes it another thing's. `is_named`: another
 * stands directly behind the label "发票号码"; else only labels of reversed invoices count.
 */
export function standsFreely(page: SaidOnPage, number: string, is_named: boolean): boolean {
  const pattern = new RegExp(`(?<!\\d)${inPieces(number)}(?!\\d)`, 'g');
  const label = is_named ? ANY_LABEL : REVERSAL;
  const on_lines = page.lines.flatMap((line) => labelsBefore(line, pattern));
  const drawn = labelsBefore(page.drawn, pattern);
  // A line may begin with what the one above it names.
  const is_reversed = drawn.length > 0 && drawn.every((before) => REVERSAL.test(before));
  if (on_lines.length === 0) return drawn.some((before) => !label.test(before));
  return !is_reversed && on_lines.some((before) => !label.test(before));
}

/** What stands before each match, without breaks. */
function labelsBefore(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(({ index }) =>
    withoutBreaks(text.slice(Math.max(0, index - LABEL_CHARACTERS), index)),
  );
}
