import { RESULT_NOTES, type ResultNote } from '../../model/vocabulary.ts';

/**
 * The notes as a number, one bit each by their place in the vocabulary; null for none. The order is
 * persistent: a new note is appended.
 */
export function packNotes(notes: readonly ResultNote[]): number | null {
  let bits = 0;
  for (const note of notes) bits |= 1 << RESULT_NOTES.indexOf(note);
  return bits === 0 ? null : bits;
}

export function unpackNotes(bits: number | null): ResultNote[] {
  if (bits === null) return [];
  return RESULT_NOTES.filter((_, place) => (bits & (1 << place)) !== 0);
}
