import type { Integrity } from '../../model/result.ts';
import type { FileFormat } from '../../model/vocabulary.ts';
import { checkInvoiceXml } from './invoice-xml.ts';
import { checkOfd } from './ofd/index.ts';
import { checkPdf } from './pdf/index.ts';
import { IntegrityError, safePlace } from './shared/integrity-error.ts';
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

/**
 * Checks a downloaded file: its length, its type, then its contents. Pure, and bounded in time and
 * memory on any input. Tolerates common deviations of real writers, so that a sound file is never
 * reported corrupt. A body shorter than Content-Length is `truncated`; an empty one that was
 * announced as empty, or not announced, is `not_a_file`. `where` names the deciding entry, object
 * or field.
 */
export function checkIntegrity(request: IntegrityRequest): Integrity {
  const { format } = request;
  try {
    checkLength(request.bytes, request.content_length);
    checkMagic(format, request.bytes);
    CHECKS[format](request.bytes, request.expected);
    return { format, verdict: 'sound', where: null };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { format, verdict: error.verdict, where: safePlace(error.where) };
  }
}

const CHECKS: Record<FileFormat, (bytes: Uint8Array, expected: { number: string } | null) => void> =
  { pdf: checkPdf, ofd: checkOfd, xml: checkInvoiceXml };

function checkLength(bytes: Uint8Array, content_length: number | null): void {
  if (content_length === null || bytes.length >= content_length) return;
  const [got, announced] = [bytes.length, content_length].map((n) => n.toLocaleString('en'));
  throw new IntegrityError('truncated', `${got} of ${announced} bytes`);
}
