import type { Integrity } from '../../model/result.ts';
import type { FileFormat, ResultNote } from '../../model/vocabulary.ts';
import { checkInvoiceXml } from './invoice-xml/index.ts';
import { checkOfd } from './ofd/index.ts';
import { isSmallDecoded } from './pdf/file/bulk.ts';
import { checkPdf } from './pdf/index.ts';
import { packedFiles } from './shared/archive.ts';
import { type FileFacts, type Finding, NO_FACTS } from './shared/finding.ts';
import { IntegrityError, safePlace, verdictOf } from './shared/integrity-error.ts';
import { checkMagic } from './shared/magic.ts';
import { createWork, type Work } from './shared/work.ts';

/** A downloaded file and what is known about it. */
export interface IntegrityRequest {
  format: FileFormat;
  bytes: Uint8Array;
  /** Content-Length of the response; null if unknown or if the body was encoded. */
  content_length: number | null;
  /** The requested invoice, if known. */
  expected: { number: string } | null;
}

/** The verdict on a file, what was odd about it, and what it says of its invoice. */
export interface JudgedFile {
  integrity: Integrity;
  notes: ResultNote[];
  facts: FileFacts;
}

/** A public reader of files: whether it opens this one. Rejects when it cannot say. */
export type SecondReader = (bytes: Uint8Array) => Promise<boolean>;

/**
 * Judges a downloaded file, also one inside a ZIP. A PDF whose structure this reader refuses is
 * corrupt only if the second reader refuses it too. What only that one opens is unjudged, for
 * readers differ; what this one read as well, though parts of it are malformed, is sound and noted
 * as repaired. A file that decodes to more than that reader may be given is `too_large`.
 */
export async function judgeFile(
  request: IntegrityRequest,
  readers: { pdf?: SecondReader } = {},
): Promise<JudgedFile> {
  const { judged, bytes, was_read } = inspect(request);
  const { reason } = judged.integrity;
  if (request.format !== 'pdf' || (reason !== 'structure' && reason !== 'stream')) return judged;
  if (readers.pdf === undefined) return unjudged(judged, 'no_second_reader');
  if (!isSmallDecoded(bytes)) return unjudged(judged, 'too_large');
  const opens = await readers.pdf(bytes).catch(() => null);
  if (opens === null) return unjudged(judged, 'no_second_reader');
  if (!opens) return judged;
  return reason === 'structure' && was_read ? repaired(judged) : unjudged(judged, 'stream_unread');
}

/**
 * What the first reader says of a file: its length, its type, then its contents. Pure, and bounded
 * in time and memory on any input. `where` names the deciding entry, object or field.
 */
export function inspectFile(request: IntegrityRequest): JudgedFile {
  return inspect(request).judged;
}

/** What the first reader says, and the bytes of which: those delivered, or packed in them. */
interface Inspected {
  judged: JudgedFile;
  bytes: Uint8Array;
  /** It was read to its end, whatever the verdict. */
  was_read: boolean;
}

function inspect(request: IntegrityRequest): Inspected {
  const { format, bytes, expected } = request;
  try {
    checkLength(bytes, request.content_length);
    const packed = packedFiles(format, bytes, expected?.number ?? null);
    if (packed === null) return inspectBytes(request, bytes, createWork());
    const chosen = inspectPacked(request, packed);
    const notes: ResultNote[] = [...chosen.judged.notes, 'in_archive'];
    return { ...chosen, judged: { ...chosen.judged, notes } };
  } catch (error) {
    return refused(format, bytes, error);
  }
}

/** Of an archive with more files of the format, the first are read. */
const MOST_FILES = 4;

/**
 * Of several files that one counts which is of the invoice asked for: it may be among the rest.
 * Together they may take the work of one.
 */
function inspectPacked(request: IntegrityRequest, files: Uint8Array[]): Inspected {
  const work = createWork();
  let first: Inspected | null = null;
  for (const file of files.slice(0, MOST_FILES)) {
    const one = inspectBytes(request, file, work);
    if (one.judged.integrity.reason !== 'number_mismatch') return one;
    first ??= one;
  }
  if (first === null || files.length > MOST_FILES) {
    throw new IntegrityError('too_large', `ZIP with ${files.length} files`);
  }
  return first;
}

function inspectBytes(
  { format, expected }: IntegrityRequest,
  bytes: Uint8Array,
  work: Work,
): Inspected {
  try {
    checkMagic(format, bytes);
    const { checked, notes, facts } = READERS[format](bytes, expected, work);
    const integrity = { format, verdict: 'sound', checked, reason: null, where: null } as const;
    return { judged: { integrity, notes, facts }, bytes, was_read: true };
  } catch (error) {
    return refused(format, bytes, error);
  }
}

/** The verdict that an error of this folder stands for; any other is thrown on. */
function refused(format: FileFormat, bytes: Uint8Array, error: unknown): Inspected {
  if (!(error instanceof IntegrityError)) throw error;
  const { reason, finding } = error;
  const verdict = verdictOf(reason);
  const checked = verdict === 'unjudged' ? 'none' : 'structure';
  const where = safePlace(error.where);
  const { notes, facts } = finding ?? { notes: [], facts: NO_FACTS };
  const judged = { integrity: { format, verdict, checked, reason, where }, notes, facts } as const;
  return { judged, bytes, was_read: finding !== null };
}

type Reader = (bytes: Uint8Array, expected: { number: string } | null, work: Work) => Finding;

const READERS: Record<FileFormat, Reader> = {
  pdf: checkPdf,
  ofd: checkOfd,
  xml: checkInvoiceXml,
};

function checkLength(bytes: Uint8Array, content_length: number | null): void {
  if (content_length === null || bytes.length >= content_length) return;
  const [got, announced] = [bytes.length, content_length].map((n) => n.toLocaleString('en'));
  throw new IntegrityError('truncated', `${got} of ${announced} bytes`);
}

type Undecided = 'no_second_reader' | 'stream_unread' | 'too_large';

function unjudged(judged: JudgedFile, reason: Undecided): JudgedFile {
  const { format, where } = judged.integrity;
  const integrity: Integrity = { format, verdict: 'unjudged', checked: 'none', reason, where };
  return { ...judged, integrity };
}

function repaired(judged: JudgedFile): JudgedFile {
  const { format } = judged.integrity;
  const integrity: Integrity = {
    format,
    verdict: 'sound',
    checked: 'structure',
    reason: null,
    where: null,
  };
  const notes = [...new Set<ResultNote>([...judged.notes, 'repaired'])];
  return { ...judged, integrity, notes };
}
