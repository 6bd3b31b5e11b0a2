import type { PdfDictionary, PdfValue } from './objects.ts';

const NOTHING: PdfDictionary = new Map();

/** The number, or the fallback. */
export function numberOf(value: PdfValue | undefined, fallback: number): number {
  return value?.kind === 'number' ? value.value : fallback;
}

/** The name, or an empty text. */
export function nameOf(value: PdfValue | undefined): string {
  return value?.kind === 'name' ? value.name : '';
}

/** The whole numbers of an array; what is no number counts as 0. */
export function integersOf(value: PdfValue | undefined): number[] {
  return itemsOf(value).map((item) => Math.trunc(numberOf(item, 0)));
}

/** The items of an array; none of anything else. */
export function itemsOf(value: PdfValue | undefined): PdfValue[] {
  return value?.kind === 'array' ? value.items : [];
}

/** The entries of a dictionary or of a stream's dictionary; none of anything else. */
export function entriesOf(value: PdfValue | undefined): PdfDictionary {
  return value?.kind === 'dictionary' || value?.kind === 'stream' ? value.entries : NOTHING;
}
