import type { EpochMs, FileFormat, ResultNote } from './vocabulary.ts';

/**
 * Keyed digests of what a file says of its invoice, so that neither number nor amounts are stored.
 * null: the file does not say it, or it could not be read.
 */
export interface FactDigests {
  number: string | null;
  amounts: string | null;
  text: string | null;
}

/** The bytes of a sound download, and which invoice they are of. */
export interface SpecimenCopy {
  /** Keyed digest of check, format and the invoice's number. */
  invoice: string;
  format: FileFormat;
  /** Of the whole file, hex. */
  sha256: string;
  size: number;
  facts: FactDigests;
  /** What is odd about it, which stays so while its bytes stay. */
  notes: ResultNote[];
}

/** The file of an invoice that a check downloads: a candidate, then learned. */
export interface Specimen extends SpecimenCopy {
  check: string;
  first_seen_at: EpochMs;
  last_seen_at: EpochMs;
  /** The last calendar day on which it was seen, YYYY-MM-DD in the zone of the page. */
  last_day: string;
  /** Days on which it was seen. */
  days: number;
  /** Identical downloads in a row. */
  downloads: number;
  /** null while it is a candidate. */
  learned_at: EpochMs | null;
}

/** When a file was learned, and when another edition of it. */
export interface SpecimenChange {
  check: string;
  invoice: string;
  at: EpochMs;
  kind: 'learned' | 'updated';
  sha256: string;
  size: number;
}

/** One more download of a check's file. */
export interface SeenCopy {
  check: string;
  copy: SpecimenCopy;
  /** Fetched twice with the same new bytes, which agree with the facts of the learned file. */
  updated: boolean;
  at: EpochMs;
  /** The calendar day of `at` in the zone of the page. */
  day: string;
}

/** Identical downloads after which a file is known, and the days they must be spread over. */
export const LEARNED_AFTER = { downloads: 3, days: 2 } as const;

/**
 * The specimen after one more download that passed structure, number and amounts. A candidate is
 * learned after three identical downloads on at least two days; other bytes start anew. A learned
 * file is replaced only by bytes that were confirmed.
 */
export function countCopy(
  before: Specimen | null,
  seen: SeenCopy,
): { specimen: Specimen; changes: SpecimenChange[] } {
  if (before === null) return { specimen: candidate(seen), changes: [] };
  if (seen.copy.sha256 === before.sha256) return seenAgain(before, seen);
  if (before.learned_at === null) return { specimen: candidate(seen), changes: [] };
  if (!seen.updated) return { specimen: before, changes: [] };
  const specimen = { ...candidate(seen), learned_at: seen.at };
  return { specimen, changes: [change('updated', specimen, seen)] };
}

/** The learned files, with which the next downloads are compared. */
export function learnedCopies(specimens: readonly Specimen[]): SpecimenCopy[] {
  return specimens
    .filter((specimen) => specimen.learned_at !== null)
    .map(({ invoice, format, sha256, size, facts, notes }) => ({
      invoice,
      format,
      sha256,
      size,
      facts,
      notes,
    }));
}

function candidate({ check, copy, at, day }: SeenCopy): Specimen {
  return {
    ...copy,
    check,
    first_seen_at: at,
    last_seen_at: at,
    last_day: day,
    days: 1,
    downloads: 1,
    learned_at: null,
  };
}

function seenAgain(
  before: Specimen,
  seen: SeenCopy,
): { specimen: Specimen; changes: SpecimenChange[] } {
  const { at, day } = seen;
  const specimen: Specimen = {
    ...before,
    last_seen_at: Math.max(before.last_seen_at, at),
    last_day: day > before.last_day ? day : before.last_day,
    days: day > before.last_day ? before.days + 1 : before.days,
    downloads: before.downloads + 1,
  };
  if (before.learned_at !== null) return { specimen, changes: [] };
  const { downloads, days } = specimen;
  if (downloads < LEARNED_AFTER.downloads || days < LEARNED_AFTER.days)
    return { specimen, changes: [] };
  return {
    specimen: { ...specimen, learned_at: at },
    changes: [change('learned', specimen, seen)],
  };
}

function change(
  kind: SpecimenChange['kind'],
  { check, invoice, sha256, size }: Specimen,
  { at }: SeenCopy,
): SpecimenChange {
  return { check, invoice, at, kind, sha256, size };
}
