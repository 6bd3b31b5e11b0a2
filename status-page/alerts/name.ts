/** Longest name, in code points. */
export const LONGEST_NAME = 40;

/** The name that somebody gave, in one line; null when there is none, or too long a one. */
export function readName(given: string | null): string | null {
  const name = (given ?? '').replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return name === '' || [...name].length > LONGEST_NAME ? null : name;
}
