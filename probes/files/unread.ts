import type { Integrity } from '../../model/result.ts';
import type { FactDigests } from '../../model/specimen.ts';
import type { FileFormat, ResultNote } from '../../model/vocabulary.ts';

export interface JudgedCopy {
  integrity: Integrity;
  notes: ResultNote[];
  facts: FactDigests;
}

/** The verdict on a file whose reading we did not finish. */
export function unread(format: FileFormat, where: string | null): JudgedCopy {
  return {
    integrity: { format, verdict: 'unjudged', checked: 'none', reason: 'judging_failed', where },
    notes: [],
    facts: NOTHING_READ,
  };
}

const NOTHING_READ: FactDigests = { number: null, amounts: null, text: null };
