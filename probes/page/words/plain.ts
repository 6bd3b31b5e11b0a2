/**
 * A text as it is compared: full-width and compatible forms in their usual one (Unicode NFKC), runs
 * of white space as one space, none inside Chinese, and nothing that has no width.
 */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{sc=Han}) (?=\p{sc=Han})/gu, '')
    .trim();
}

/** A text whose words are looked up: comparable, in lower case. */
export function plain(text: string): string {
  return comparable(text).toLowerCase().replace(/[‘’]/g, "'");
}

/** Bars, dashes and stops, with which sites part their titles. */
const BETWEEN_PARTS =
  /[|_–—·>»«/\\【】[\]!,;。、…]|\s[-:]\s|(?<=\p{sc=Han})[-:]|[-:](?=\p{sc=Han})|\.{2,}/u;

/** The parts of a title, plain. */
export function partsOf(title: string): string[] {
  return pieces(title, BETWEEN_PARTS);
}

/** The sentences and lines of a text, plain. */
export function sentencesOf(text: string): string[] {
  return pieces(text, /[\n。!?;…]|\.\s/);
}

function pieces(text: string, between: RegExp): string[] {
  return text
    .normalize('NFKC')
    .split(between)
    .map(plain)
    .filter((it) => it !== '');
}

/** Any of the words, as part of a pattern. */
export function anyOf(words: string): string {
  return `(?:${words.trim().split(/\s+/).join('|')})`;
}
