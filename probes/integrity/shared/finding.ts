import type { Checked, ResultNote } from '../../../model/vocabulary.ts';

/** What the reader of one format found in a file that it did not refuse. */
export interface Finding {
  /** What the verdict rests on. */
  checked: Exclude<Checked, 'bytes'>;
  notes: ResultNote[];
  facts: FileFacts;
}

/** What the file says of its invoice. */
export interface FileFacts {
  /** The 20-digit number; null when it was not found. Never logged. */
  number: string | null;
  /** The amounts found, as decimals with two digits after the point, e.g. `1234.50`. */
  amounts: string[];
  /**
   * Its visible text without white space; null when it was not read. Never stored, never logged.
   */
  text: string | null;
}

export const NO_FACTS: FileFacts = { number: null, amounts: [], text: null };
