import { NUMBERS } from '../../model/numbers.ts';
import type { Seen } from './page.ts';
import { comparable } from './words/plain.ts';

/** What a page is recognised by. */
export interface Expected {
  title?: string | string[] | undefined;
  text?: string | string[] | undefined;
  absent?: string | string[] | undefined;
  min_text?: number | undefined;
}

/** Whether anything is expected by which the page could be recognised. */
export function expectsAnything({ title, text, min_text }: Expected): boolean {
  return title !== undefined || text !== undefined || min_text !== undefined;
}

/**
 * Whether the rest of a page can change nothing: what is expected was seen, or, where nothing is,
 * more text than a notice has.
 */
export function isEnough(expected: Expected, seen: Seen): boolean {
  if (expected.absent !== undefined) return false;
  return expectsAnything(expected)
    ? missing(expected, seen) === null
    : characters(seen.text) > NUMBERS.page.notice_characters;
}

/** What is missing of what is expected, in English for the evidence; null if nothing is. */
export function missing({ title, text, min_text }: Expected, page: Seen): string | null {
  if (missingTitle({ title }, page)) return 'the page has another title';
  if (text !== undefined && !contains(page.text, text)) return 'the page does not show the text';
  const shown = characters(page.text);
  if (min_text !== undefined && shown < min_text)
    return `the page shows ${shown} characters, expected ${min_text} or more`;
  return null;
}

/** Whether the page has another title than the expected one. */
export function missingTitle({ title }: Pick<Expected, 'title'>, page: Seen): boolean {
  return title !== undefined && !contains(page.title, title);
}

/** Whether the page shows what must not be there. */
export function showsAbsent({ absent }: Expected, { title, text }: Seen): boolean {
  return absent !== undefined && contains(`${title}\n${text}`, absent);
}

/** The characters of a text without white space. */
export function characters(text: string): number {
  return [...text.replace(/\s+/g, '')].length;
}

function contains(text: string, wanted: string | string[]): boolean {
  const shown = comparable(text);
  return [wanted].flat().some((it) => shown.includes(comparable(it)));
}
