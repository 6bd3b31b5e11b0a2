/**
 * Spaces of Chinese text where something was put in, whatever it is: one between Han characters and
 * letters or numbers, none between Han characters, none beside full-width marks.
 */

const HAN = /\p{Script=Han}/u;
const FULL_WIDTH_MARK = /[\u3000-\u303f\uff00-\uff65]/u;
/** What stands apart from Han characters, with signs of numbers. */
const WORD = /[\p{L}\p{N}%+\u2212]/u;

/** Both, with the space that belongs between them instead of the one that is there. */
export function joinedInChinese(left: string, right: string): string {
  const [begin, end] = [left.trimEnd(), right.trimStart()];
  if (end === '' && begin !== '') return right === '' ? begin : `${begin} `;
  const kinds = [kindOf([...begin.slice(-2)].at(-1)), kindOf([...end.slice(0, 2)][0])] as const;
  const [last, first] = kinds;
  if (last === null || first === null) return left + right;
  if (last === 'mark' || first === 'mark') return begin + end;
  if (last === 'han' && first === 'han') return begin + end;
  return last === first ? left + right : `${begin} ${end}`;
}

function kindOf(character = ''): 'han' | 'mark' | 'word' | null {
  if (HAN.test(character)) return 'han';
  if (FULL_WIDTH_MARK.test(character)) return 'mark';
  return WORD.test(character) ? 'word' : null;
}
