import { type Finding, NO_FACTS } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { PDF_HEADER_WITHIN } from '../shared/magic.ts';
import { readCrossReference } from './cross-reference.ts';
import { openDocument, type PdfDocument } from './document.ts';
import { integerAt, type PdfDictionary, type PdfSource, type PdfValue } from './objects.ts';

/**
 * Distance from the end within which readers search the end marker (PDF 1.7, implementation note
 * 18).
 */
const END_WITHIN = 1024;
const END_MARK = '%%EOF';
const MAX_TREE_NODES = 2000;

/** Only the structure of a file is read: enough for more than 100,000 objects of any size. */
const MAX_WORK = 12 * 1024 * 1024;

const STRUCTURE: Finding = { checked: 'structure', notes: [], facts: NO_FACTS };

/**
 * Checks a PDF 1.x: the end marker is there, else `truncated`; `startxref` points at the
 * cross-reference, the catalogue, the page tree and every page are reachable through it, else
 * `structure`. Page contents and the invoice number are not checked.
 */
export function checkPdf(content: Uint8Array): Finding {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const shift = bytes.subarray(0, PDF_HEADER_WITHIN + 5).indexOf('%PDF-');
  const end = findEnd(bytes);
  checkLinearizedLength(bytes, shift);
  const source = { bytes, budget: { left: MAX_WORK } };
  const xref = readCrossReference(source, startOfCrossReference(source, end), shift);
  if (xref === null) return STRUCTURE;
  const document = openDocument(source, xref, shift);
  const root = document.resolve(xref.trailer.get('Root'));
  if (root === 'unreadable') return STRUCTURE;
  if (root.kind !== 'dictionary') throw new IntegrityError('structure', 'Root');
  if (countPages(document, root.entries.get('Pages')) === 0) {
    throw new IntegrityError('structure', 'Pages: no page');
  }
  return STRUCTURE;
}

/** Position of the last end marker. Trailing padding is ignored. */
function findEnd(bytes: Buffer): number {
  let length = bytes.length;
  while (length > 0 && isPadding(bytes[length - 1])) length -= 1;
  const from = Math.max(0, length - END_WITHIN);
  const at = bytes.subarray(from, length).lastIndexOf(END_MARK);
  if (at === -1) throw new IntegrityError('truncated', END_MARK);
  return from + at;
}

function isPadding(byte: number | undefined): boolean {
  return byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32;
}

/** A linearized file states its length, and has an end marker near its beginning too. */
function checkLinearizedLength(bytes: Buffer, shift: number): void {
  const head = bytes.toString('latin1', shift, shift + PDF_HEADER_WITHIN);
  const dictionary = /<<[^>]*\/Linearized[^>]*>>/.exec(head)?.[0] ?? '';
  const stated = Number(/\/L\s+(\d{1,10})/.exec(dictionary)?.[1] ?? 0);
  if (stated > bytes.length)
    throw new IntegrityError('truncated', `${bytes.length} of ${stated} bytes`);
}

function startOfCrossReference(source: PdfSource, end: number): number {
  const keyword = source.bytes.lastIndexOf('startxref', end, 'latin1');
  if (keyword === -1 || end - keyword > END_WITHIN)
    throw new IntegrityError('structure', 'startxref');
  const offset = integerAt(source, keyword + 9);
  if (offset === null) throw new IntegrityError('structure', 'startxref');
  return offset.value;
}

/** Number of pages among the first nodes of the tree. An unreadable node counts as a page. */
function countPages(document: PdfDocument, tree: PdfValue | undefined): number {
  let pages = 0;
  const ahead: (PdfValue | undefined)[] = [tree];
  const seen = new Set<number>();
  for (let visited = 0; ahead.length > 0 && visited < MAX_TREE_NODES; visited += 1) {
    const reference = ahead.pop();
    if (reference?.kind === 'reference') {
      if (seen.has(reference.number)) continue;
      seen.add(reference.number);
    }
    const node = document.resolve(reference);
    if (node === 'unreadable') pages += 1;
    else if (node.kind === 'dictionary') {
      const kids = kidsOf(document, node.entries);
      if (kids === null) {
        pages += 1;
        checkContents(document, node.entries);
      } else ahead.push(...kids.slice(0, MAX_TREE_NODES).reverse());
    }
  }
  return pages;
}

function kidsOf(document: PdfDocument, node: PdfDictionary): PdfValue[] | null {
  const kids = document.resolve(node.get('Kids'));
  return kids !== 'unreadable' && kids.kind === 'array' ? kids.items : null;
}

/**
 * The content streams of a page are where the cross-reference states. A page without contents is
 * valid.
 */
function checkContents(document: PdfDocument, page: PdfDictionary): void {
  const contents = document.resolve(page.get('Contents'));
  if (contents === 'unreadable' || contents.kind !== 'array') return;
  for (const one of contents.items.slice(0, MAX_TREE_NODES)) document.resolve(one);
}
