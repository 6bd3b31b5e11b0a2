import { createHash } from 'node:crypto';

/** Two uniform numbers in (0, 1), derived from the arguments only. */
function uniformPair(...words: (string | number)[]): [number, number] {
  const digest = createHash('sha256').update(words.join('|')).digest();
  return [unit(digest.readUInt32BE(0)), unit(digest.readUInt32BE(4))];
}

/** A standard normal number derived from the arguments only (Box and Muller, 1958). */
export function normal(...words: (string | number)[]): number {
  const [u, v] = uniformPair(...words);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

function unit(word: number): number {
  return (word + 0.5) / 2 ** 32;
}
