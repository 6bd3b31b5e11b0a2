import type { Integrity } from '../../model/result.ts';
import type { SpecimenCopy } from '../../model/specimen.ts';
import type { FileFormat, ResultNote } from '../../model/vocabulary.ts';
import type { Attempt } from '../exchange/failure.ts';
import { invoiceDigest, sha256Of } from './digests.ts';
import type { CopyRequest } from './judge-copy.ts';
import type { JudgedCopy } from './unread.ts';

/** A file as received, possibly truncated. */
export interface Download {
  bytes: Uint8Array;
  /** The announced length, or null. */
  content_length: number | null;
  /** False when the connection closed before the end of the body. */
  complete: boolean;
  /** It is longer than we read; these bytes are its beginning. */
  over_limit: boolean;
  /** Number of the invoice that was asked for; null when it is not known. */
  number: string | null;
  /** What tells this invoice from others: its number, else the link. Kept as a digest only. */
  invoice: string;
}

/** Judges a copy elsewhere: its bytes are transferred, and gone here. Never rejects. */
export type JudgeCopy = (request: CopyRequest) => Promise<JudgedCopy>;

/** What a run needs to judge its file. */
export interface FileContext {
  judge: JudgeCopy;
  /** The learned files of the check. */
  known: readonly SpecimenCopy[];
  /** Of digests: the installation's id. */
  key: string;
}

export interface DownloadVerdictParts extends FileContext {
  check: string;
  format: FileFormat;
  first: Download;
  /** Downloads the file once more, within the run's deadline and apart from its measurement. */
  again: () => Promise<Attempt<Download>>;
}

export interface DownloadVerdict {
  integrity: Integrity;
  notes: ResultNote[];
  /** The file, if it is sound and says its number and amounts; null: it is not learned. */
  file: SpecimenCopy | null;
}

/**
 * The verdict on a download. The bytes of the known file need not be read again. Other bytes are
 * fetched once more: two different copies are corrupt, twice the same are a new edition if they
 * agree with what is known. Where the file cannot be fetched again, it is judged as if no file were
 * known.
 */
export async function judgeDownload(parts: DownloadVerdictParts): Promise<DownloadVerdict> {
  const { first, format } = parts;
  if (first.over_limit) return tooLarge(first, format);
  if (!first.complete) return cutShort(first, format);
  const { bytes } = first;
  const copy = { sha256: await sha256Of(bytes), size: bytes.length };
  const known = knownFile(parts);
  if (copy.sha256 === known?.sha256) return identical(known);
  const second = known === null ? null : await secondCopy(parts);
  const compared = second === null ? null : known;
  const judged = await parts.judge(copyRequest(parts, compared));
  if (second !== null && second !== copy.sha256) return copiesDiffer(judged);
  const { integrity, facts, notes } = judged;
  const sound = integrity.verdict === 'sound';
  const counts = sound && facts.number !== null && facts.amounts !== null;
  const file = counts ? { ...copy, format, invoice: digestOf(parts), facts, notes } : null;
  const updated = sound && compared !== null;
  return { integrity, notes: updated ? [...notes, 'file_updated'] : notes, file };
}

function digestOf({ key, check, format, first: { invoice } }: DownloadVerdictParts): string {
  return invoiceDigest({ key, check, format, invoice });
}

function knownFile(parts: DownloadVerdictParts): SpecimenCopy | null {
  if (parts.known.length === 0) return null;
  const invoice = digestOf(parts);
  return parts.known.find((file) => file.invoice === invoice) ?? null;
}

function identical(known: SpecimenCopy): DownloadVerdict {
  const { format } = known;
  return {
    integrity: { format, verdict: 'sound', checked: 'bytes', reason: null, where: null },
    notes: known.notes,
    file: known,
  };
}

/** The digest of a second, whole copy; null when none could be fetched. */
async function secondCopy({ again }: DownloadVerdictParts): Promise<string | null> {
  const second = await again();
  if (!second.ok || !second.value.complete || second.value.over_limit) return null;
  return await sha256Of(second.value.bytes);
}

function copyRequest(
  { first, format, key }: DownloadVerdictParts,
  known: SpecimenCopy | null,
): CopyRequest {
  const { bytes, content_length, number } = first;
  const expected = number === null ? null : { number };
  return { format, bytes, content_length, expected, key, known: known?.facts ?? null };
}

/** Damage or another content that is seen in the first copy says more than the difference. */
function copiesDiffer({ integrity }: JudgedCopy): DownloadVerdict {
  const { format, verdict } = integrity;
  const told: Integrity =
    verdict === 'corrupt' || verdict === 'mismatch'
      ? integrity
      : { format, verdict: 'corrupt', checked: 'bytes', reason: 'copies_differ', where: null };
  return { integrity: told, notes: [], file: null };
}

/** Its rest was left to the other side: our limit says nothing about the file. */
function tooLarge({ bytes }: Download, format: FileFormat): DownloadVerdict {
  const where = `more than ${bytes.length} bytes`;
  return {
    integrity: { format, verdict: 'unjudged', checked: 'none', reason: 'too_large', where },
    notes: [],
    file: null,
  };
}

function cutShort({ bytes, content_length }: Download, format: FileFormat): DownloadVerdict {
  const announced = content_length === null ? '' : ` of ${content_length}`;
  const where = `${bytes.length}${announced} bytes`;
  return {
    integrity: { format, verdict: 'corrupt', checked: 'structure', reason: 'truncated', where },
    notes: [],
    file: null,
  };
}
