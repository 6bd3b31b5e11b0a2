import type { FileFormat } from '../../../model/vocabulary.ts';
import { IntegrityError } from './integrity-error.ts';

/**
 * Distance from the start within which readers search the header (PDF 1.7, implementation note 13).
 */
export const PDF_HEADER_WITHIN = 1024;

/** A prolog with long comments still shows its root element. */
const HEAD_BYTES = 16 * 1024;

/** Elements that no invoice has for its root, but pages of proxies and portals do. */
const HTML_ROOTS = 'html|head|body|script|noscript|meta|div|span|center|iframe|frameset|h[1-3]|br';
const HTML = new RegExp(`^<(!doctype\\s+html\\b|(${HTML_ROOTS})[\\s/>])`, 'i');

/**
 * Checks the type by the first bytes; extension and content type are unreliable. Throws
 * `not_a_file`.
 */
export function checkMagic(format: FileFormat, bytes: Uint8Array): void {
  if (bytes.length === 0) throw new IntegrityError('not_a_file', 'empty body');
  if (LOOKS_LIKE[format](headOf(bytes, 0), bytes)) return;
  const head = headOf(bytes, startOfText(bytes));
  throw new IntegrityError('not_a_file', `starts like ${kindOf(head)}`);
}

function headOf(bytes: Uint8Array, from: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, from + HEAD_BYTES));
}

/** Byte order marks, the zero bytes of UTF-16, and white space. */
const BEFORE_TEXT = new Set([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0, 9, 10, 13, 32]);

/** Where the first character stands, however long the white space before it. */
function startOfText(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && BEFORE_TEXT.has(bytes[at] ?? 0)) at += 1;
  return at;
}

const LOOKS_LIKE: Record<FileFormat, (head: string, bytes: Uint8Array) => boolean> = {
  pdf: looksLikePdf,
  ofd: looksLikeZip,
  xml: (_, bytes) => looksLikeXml(headOf(bytes, startOfText(bytes))),
};

/** By its header, or by objects and an end: readers look for these where the header is lost. */
function looksLikePdf(head: string, bytes: Uint8Array): boolean {
  if (head.slice(0, PDF_HEADER_WITHIN + 5).includes('%PDF-')) return true;
  return includes(bytes, '%%EOF') && includes(bytes, 'endobj');
}

/** Whether an ASCII text is anywhere in the bytes. */
function includes(bytes: Uint8Array, text: string): boolean {
  const codes = Array.from(text, (char) => char.charCodeAt(0));
  const [first = 0] = codes;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (codes.every((code, index) => bytes[at + index] === code)) return true;
  }
  return false;
}

function looksLikeXml(head: string): boolean {
  return /^<[?!_:a-z\x80-\uffff]/i.test(markupOf(head)) && !isHtml(head);
}

/** At the start, or behind bytes that are no page: readers of archives look for their end. */
function looksLikeZip(head: string): boolean {
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return true;
  return !isHtml(head) && head.slice(0, PDF_HEADER_WITHIN).includes('PK\x03\x04');
}

function kindOf(head: string): string {
  if (isHtml(head)) return 'HTML';
  if (head.startsWith('%PDF-')) return 'PDF';
  if (head.startsWith('PK')) return 'ZIP';
  if (head.startsWith('{') || head.startsWith('[')) return 'JSON';
  return markupOf(head).startsWith('<') ? 'XML' : 'something else';
}

/** By the first element or document type; what comments mention does not count. */
function isHtml(head: string): boolean {
  let markup = markupOf(head);
  for (;;) {
    const skipped = markup.replace(/^<(\?.*?\?|!--.*?--)>\s*/s, '');
    if (skipped === markup) return HTML.test(markup);
    markup = skipped;
  }
}

/** The markup without byte order mark, white space and the zero bytes of UTF-16. */
function markupOf(head: string): string {
  return head
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replace(/\0/g, '')
    .trimStart();
}
