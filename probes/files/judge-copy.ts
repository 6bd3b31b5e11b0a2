import type { FactDigests } from '../../model/specimen.ts';
import type { FileReason } from '../../model/vocabulary.ts';
import {
  type IntegrityRequest,
  inspectFile,
  judgeFile,
  type SecondReader,
} from '../integrity/index.ts';
import { factDigests } from './digests.ts';
import { errorLocation } from './error-location.ts';
import { opensInPdfJs } from './second-reader.ts';
import { type JudgedCopy, unread } from './unread.ts';

/** A copy to judge: alone, or against what is known of its invoice's file. */
export interface CopyRequest extends IntegrityRequest {
  /** Facts of the known file, whose bytes differ; null: no file is known. */
  known: FactDigests | null;
  /** Of the digests of facts: the installation's id. */
  key: string;
}

/** Reads and judges a copy. An exception in a reader is our failure: unjudged. */
export async function judgeCopy(
  request: CopyRequest,
  pdf: SecondReader = opensInPdfJs,
): Promise<JudgedCopy> {
  try {
    return await judged(request, pdf);
  } catch (error) {
    return unread(request.format, errorLocation(error));
  }
}

/** Where the known file is another, a damaged stream decides without a second reader. */
async function judged(
  { known, key, ...request }: CopyRequest,
  pdf: SecondReader,
): Promise<JudgedCopy> {
  const first = known === null ? null : inspectFile(request);
  const streams_damaged = first !== null && first.integrity.reason === 'stream';
  const file = streams_damaged ? first : await judgeFile(request, { pdf });
  const copy = { ...file, facts: factDigests(file.facts, key) };
  return known === null ? copy : againstKnown(copy, known);
}

/** Of a copy other than the known file: corrupt and mismatch rest on the difference of bytes. */
function againstKnown(copy: JudgedCopy, known: FactDigests): JudgedCopy {
  const { integrity, facts } = copy;
  const { format, verdict } = integrity;
  if (verdict === 'unjudged') return copy;
  if (verdict !== 'sound') return { ...copy, integrity: { ...integrity, checked: 'bytes' } };
  // Its text was not read to its end, a limit of ours: it may say all that was known.
  if (known.text !== null && facts.text === null) {
    const limited = { format, verdict: 'unjudged', checked: 'none', reason: 'too_large' } as const;
    return { ...copy, integrity: { ...limited, where: null } };
  }
  const reason = contradiction(facts, known);
  if (reason === null) return copy;
  const where = null;
  return { ...copy, integrity: { format, verdict: 'mismatch', checked: 'bytes', reason, where } };
}

/** What was known of the file and is not said any more, or said otherwise. */
function contradiction(facts: FactDigests, known: FactDigests): FileReason | null {
  if (known.number !== null && facts.number !== known.number) return 'number_mismatch';
  if (known.amounts !== null && facts.amounts !== known.amounts) return 'sums_mismatch';
  return known.text !== null && facts.text !== known.text ? 'text_mismatch' : null;
}
