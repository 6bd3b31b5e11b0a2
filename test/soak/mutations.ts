import type { FileFormat } from '../../model/vocabulary.ts';

/** One way to spoil a file; `other` is a sound file to take pieces from. Returns a new file. */
type Mutation = (file: Uint8Array, random: () => number, other: Uint8Array) => Uint8Array;

/** Each way by its name. */
export const MUTATIONS = {
  'a byte changed': flipByte,
  'the end lost': cut,
  'a piece lost': removePiece,
  'a piece repeated': repeatPiece,
  'a piece of another file': insertPiece,
  'a piece blank': blankPiece,
  'a number changed': changeNumber,
} as const satisfies Record<string, Mutation>;
export type MutationKind = keyof typeof MUTATIONS;

/** Most often a byte goes bad. */
const DRAWN_FROM: readonly Mutation[] = [flipByte, ...Object.values(MUTATIONS)];

/** Spoils a file in one to four random ways. */
export function mutate(file: Uint8Array, random: () => number, other: Uint8Array): Uint8Array {
  let spoilt = file;
  for (let count = 1 + Math.floor(4 * random()); count > 0; count -= 1) {
    const mutation = DRAWN_FROM[Math.floor(random() * DRAWN_FROM.length)] ?? flipByte;
    spoilt = mutation(spoilt, random, other);
  }
  return spoilt;
}

function flipByte(file: Uint8Array, random: () => number): Uint8Array {
  const copy = Uint8Array.from(file);
  const at = Math.floor(random() * copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(random() * 255));
  return copy;
}

/** What may be lost without harm: a last line end, and of a PDF what follows the trailer. */
const SPARE_BYTES: Record<FileFormat, number> = { pdf: 30, ofd: 1, xml: 1 };

/** A specimen without the end that no reader misses. */
export function withoutSpare(format: FileFormat, file: Uint8Array): Uint8Array {
  return file.subarray(0, file.length - SPARE_BYTES[format]);
}

/** Loses its end. */
export function cut(file: Uint8Array, random: () => number): Uint8Array {
  return file.slice(0, Math.floor(random() * file.length));
}

function removePiece(file: Uint8Array, random: () => number): Uint8Array {
  const { from, to } = piece(file, random);
  return Buffer.concat([file.subarray(0, from), file.subarray(to)]);
}

function repeatPiece(file: Uint8Array, random: () => number): Uint8Array {
  const { from, to } = piece(file, random);
  const copies = Array.from({ length: 1 + Math.floor(50 * random()) }, () =>
    file.subarray(from, to),
  );
  return Buffer.concat([file.subarray(0, to), ...copies, file.subarray(to)]);
}

function insertPiece(file: Uint8Array, random: () => number, other: Uint8Array): Uint8Array {
  const { from, to } = piece(other, random);
  const at = Math.floor(random() * file.length);
  return Buffer.concat([file.subarray(0, at), other.subarray(from, to), file.subarray(at)]);
}

function blankPiece(file: Uint8Array, random: () => number): Uint8Array {
  const { from, to } = piece(file, random);
  return Uint8Array.from(file).fill(Math.floor(random() * 256), from, to);
}

/** A length, an offset, a count or an amount says something else. */
function changeNumber(file: Uint8Array, random: () => number): Uint8Array {
  const copy = Uint8Array.from(file);
  let at = Math.floor(random() * copy.length);
  while (at < copy.length && !isDigit(copy[at])) at += 1;
  for (; at < copy.length && isDigit(copy[at]); at += 1)
    copy[at] = 0x30 + Math.floor(random() * 10);
  return copy;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Some stretch, short more often than long. */
function piece(file: Uint8Array, random: () => number): { from: number; to: number } {
  const from = Math.floor(random() * file.length);
  return { from, to: from + Math.floor(random() ** 3 * (file.length - from)) };
}
