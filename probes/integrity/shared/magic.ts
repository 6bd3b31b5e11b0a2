import type { FileFormat } from '../../../model/vocabulary.ts';
import { IntegrityError } from './integrity-error.ts';

/**
 * Distance from the start within which readers search the header (PDF 1.7, implementation note 13).
 */
export const PDF_HEADER_WITHIN = 1024;

/**
 * Checks the type by the first bytes; extension and content type are unreliable. Throws
 * `not_a_file`.
 */
export function checkMagic(format: FileFormat, bytes: Uint8Array): void {
  if (bytes.length === 0) throw new IntegrityError('not_a_file', 'empty body');
  const head = Buffer.from(bytes.subarray(0, PDF_HEADER_WITHIN + 5)).toString('latin1');
  if (!LOOKS_LIKE[format](head))
    throw new IntegrityError('not_a_file', `starts like ${kindOf(head)}`);
}

const LOOKS_LIKE: Record<FileFormat, (head: string) => boolean> = {
  pdf: (head) => head.includes('%PDF-'),
  ofd: (head) => head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06'),
  xml: (head) => /^<[?!\w]/.test(markupOf(head)) && !isHtml(head),
};

function kindOf(head: string): string {
  if (isHtml(head)) return 'HTML';
  if (head.startsWith('%PDF-')) return 'PDF';
  if (head.startsWith('PK')) return 'ZIP';
  if (head.startsWith('{') || head.startsWith('[')) return 'JSON';
  return head.startsWith('<') ? 'XML' : 'something else';
}

function isHtml(head: string): boolean {
  return /<(!doctype\s+html|html)\b/i.test(head);
}

/** The markup without byte order mark, white space and the zero bytes of UTF-16. */
function markupOf(head: string): string {
  return head
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replace(/\0/g, '')
    .trimStart();
}
