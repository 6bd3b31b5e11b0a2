import { IntegrityError } from './integrity-error.ts';

/**
 * Processor time that one unit takes, in nanoseconds: measured on a busy machine with two cores,
 * before the engine has optimised much (docs/decisions/0021).
 */
const COST_NS = {
  /** A byte of compressed data, and one of what it inflates to. */
  compressed_byte: 12,
  inflated_byte: 3,
  /** A byte whose CRC is taken, and one of a digest. */
  crc_byte: 4,
  digested_byte: 12,
  /** An archive's entry; a part or a path looked up. */
  entry: 9_000,
  location: 1_500,
  /**
   * Of XML: a byte, a tag, an attribute, a reference, line end, dash or question mark, an element
   * looked at.
   */
  xml_byte: 9,
  xml_tag: 400,
  xml_attribute: 700,
  xml_reference: 150,
  element: 250,
  /** A text placed on a page. */
  word: 1_500,
  /** A character of such a text, and one that says how far its letters are apart. */
  word_character: 30,
  delta_byte: 30,
  /** A byte examined of a PDF, in whose terms its reader counts. */
  pdf_byte: 8,
};

export type WorkUnit = keyof typeof COST_NS;

/** Most that one file may take. */
const MOST_NS = 200e6;

/** Counts what judging has cost so far. */
export interface Work {
  /** Throws `too_large` when the file asks for more work than one may. */
  spend(unit: WorkUnit, count: number, where: string): void;
  /** How many more of the unit it may ask for. */
  affords(unit: WorkUnit): number;
}

/** A fresh count for one file, or for those of an archive together. */
export function createWork(): Work {
  let left_ns = MOST_NS;
  return {
    spend(unit, count, where) {
      left_ns -= COST_NS[unit] * count;
      if (left_ns < 0) throw new IntegrityError('too_large', where);
    },
    affords: (unit) => Math.floor(left_ns / COST_NS[unit]),
  };
}
