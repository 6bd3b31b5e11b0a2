import type { Integrity } from '../../model/result.ts';
import type { FileFormat, ResultNote } from '../../model/vocabulary.ts';
import { checkInvoiceXml } from './invoice-xml.ts';
import { checkOfd } from './ofd/index.ts';
import { checkPdf } from './pdf/index.ts';
import { type FileFacts, type Finding, NO_FACTS } from './shared/finding.ts';
import { IntegrityError, safePlace, verdictOf } from './shared/integrity-error.ts';
import { checkMagic } from './shared/magic.ts';

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

/** A public reader of files: whether it opens this one. */
export type SecondReader = (bytes: Uint8Array) => Promise<boolean>;

/**
 * Judges a downloaded file. A PDF whose structure this reader refuses is corrupt only if the second
 * reader refuses it too; when that opens it, the file is sound and noted as repaired.
 */
export async function judgeFile(
  request: IntegrityRequest,
  readers: { pdf?: SecondReader } = {},
): Promise<JudgedFile> {
  const judged = inspectFile(request);
  const { reason } = judged.integrity;
  if (request.format !== 'pdf' || (reason !== 'structure' && reason !== 'stream')) return judged;
  if (readers.pdf === undefined) return unjudged(judged, 'no_second_reader');
  if (!(await readers.pdf(request.bytes))) return judged;
  return reason === 'stream' ? unjudged(judged, 'stream_unread') : repaired(judged);
}

/**
 * What the first reader says of a file: its length, its type, then its contents. Pure, and bounded
 * in time and memory on any input. `where` names the deciding entry, object or field.
 */
export function inspectFile(request: IntegrityRequest): JudgedFile {
  const { format } = request;
  try {
    checkLength(request.bytes, request.content_length);
    checkMagic(format, request.bytes);
    const { checked, notes, facts } = READERS[format](request.bytes, request.expected);
    return {
      integrity: { format, verdict: 'sound', checked, reason: null, where: null },
      notes,
      facts,
    };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    const { reason } = error;
    const verdict = verdictOf(reason);
    const checked = verdict === 'unjudged' ? 'none' : 'structure';
    const where = safePlace(error.where);
    return {
      integrity: { format, verdict, checked, reason, where },
      notes: [],
      facts: NO_FACTS,
    };
  }
}

type Reader = (bytes: Uint8Array, expected: { number: string } | null) => Finding;

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

function unjudged(judged: JudgedFile, reason: 'no_second_reader' | 'stream_unread'): JudgedFile {
  const { format, where } = judged.integrity;
  const integrity: Integrity = { format, verdict: 'unjudged', checked: 'none', reason, where };
  return { ...judged, integrity };
}

function repaired(judged: JudgedFile): JudgedFile {
  const { format } = judged.integrity;
  const checked = 'structure';
  return {
    ...judged,
    integrity: { format, verdict: 'sound', checked, reason: null, where: null },
    notes: ['repaired'],
  };
}
