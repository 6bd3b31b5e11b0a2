import type { FileFormat } from '../../../model/vocabulary.ts';
import { IntegrityError } from './integrity-error.ts';

/** How far into a PDF readers look for its header (PDF 1.7, implementation note 13). */
export const PDF_HEADER_WITHIN = 1024;

/**
 * The extension and the content type say nothing: only the first bytes do. Throws
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

/** Without byte order mark, white space and the zero bytes of UTF-16. */
function markupOf(head: string): string {
  return head
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replace(/\0/g, '')
    .trimStart();
}
