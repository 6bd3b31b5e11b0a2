/** Scripts whose characters are as wide as they are high, and their punctuation. */
const FULL_WIDTH = new RegExp(
  '^[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}' +
    '\\u3000-\\u303f\\uff01-\\uff60]$',
  'u',
);
const WITHOUT_WIDTH = /^\p{M}$/u;

/** Widths in em of groups of characters, as in the common sans-serif fonts. */
const WIDTHS: readonly [characters: RegExp, em: number][] = [
  [/^[ijl|'’·.,:;!]$/, 0.26],
  [/^[frtI ()[\]/\\-]$/, 0.34],
  [/^[cksvxyzJ]$/, 0.51],
  [/^[wABEKPSVXYCDHNRUGOQ&]$/, 0.7],
  [/^[mM%@W]$/, 0.88],
];
const OTHER_EM = 0.57;

/** About how wide a text is in a sans-serif font, in em. */
export function textWidthEm(text: string): number {
  return [...text].reduce((sum, character) => sum + widthEm(character), 0);
}

function widthEm(character: string): number {
  if (FULL_WIDTH.test(character)) return 1;
  if (WITHOUT_WIDTH.test(character)) return 0;
  return WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? OTHER_EM;
}

/** The beginning of a text, with an ellipsis, where all of it is wider than `max_em`. */
export function shortened(text: string, max_em: number): string {
  if (textWidthEm(text) <= max_em) return text;
  const kept = [...text];
  while (kept.length > 0 && textWidthEm(kept.join('')) + 1 > max_em) kept.pop();
  return `${kept.join('').trimEnd()}…`;
}
