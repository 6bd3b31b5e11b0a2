import type { Checked, FileReason, FileVerdict, ResultNote } from '../../../model/vocabulary.ts';

/** The invoice that every file is asked for; no invoice can have this number. */
export const NUMBER = '26001234567890123456';
/** The invoice that a mistaken file is of. */
export const OTHER_NUMBER = '26001234567890123457';
export const ISSUED = '20260925120000';

/** What a case says the judgement should be; what is left out is left open. */
export interface Expectation {
  verdict: FileVerdict | readonly FileVerdict[];
  checked?: Checked;
  reason?: FileReason | null | readonly (FileReason | null)[];
  /** All of these are among the notes. */
  notes?: readonly ResultNote[];
}

export interface FieldFile {
  make: () => Uint8Array;
  /** The case it is an instance of: test/cases.md. */
  id?: string;
  should?: Expectation;
  /** What is wrong that readers of the format do not look for, or pass over. */
  unseen?: 'another invoice' | 'sums' | 'a part';
  /**
   * A public reader that is not recorded and opens it by its source, where those that are refuse:
   * it is between then. /
   */
  opened_by?: 'ofd.js';
}

/** Files of one kind, by what is special about each. */
export type FieldFiles = Readonly<Record<string, FieldFile | (() => Uint8Array)>>;

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
