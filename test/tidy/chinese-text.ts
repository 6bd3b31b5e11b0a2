import { gluedNumbers } from './glued-numbers.ts';

/**
 * What is wrong with the spaces and marks of a Chinese text as it is read, each with what stands
 * around it: an ASCII mark beside a Han character, a space between two of them or beside a
 * full-width mark, a double space, a word or a number without one.
 */
export function faultsOf(text: string): string[] {
  return [...SHAPES.flatMap((shape) => text.match(shape) ?? []), ...gluedNumbers(text)];
}

const SHAPES = [
  /.?\p{Script=Han}[,;:?!()].?/gu,
  /.?[,;:?!()]\p{Script=Han}.?/gu,
  /.? {2,}.?/gu,
  /^ .?|.? $/gu,
  /\p{Script=Han} +\p{Script=Han}/gu,
  /. [\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]/gu,
  // Dashes, points and arrows have spaces of their own.
  /[\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f] [\p{L}\p{N}]/gu,
  /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/gu,
];
