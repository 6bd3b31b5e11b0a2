import type { ResultNote } from '../../../model/vocabulary.ts';
import type { FileFacts, Finding } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { PDF_HEADER_WITHIN } from '../shared/magic.ts';
import type { Work } from '../shared/work.ts';
import { pdfFacts } from './facts.ts';
import { readCrossReference } from './file/cross-reference.ts';
import { openDocument, type PdfDocument } from './file/document.ts';
import { endOf, type FileEnd, startOfCrossReference } from './file/ends.ts';
import { openScanned } from './file/scan.ts';
import { checkNeeds } from './pages/needs.ts';
import { checkContents, pagesOf } from './pages/tree.ts';
import { find, type PdfSource, type PdfWork, readFirst } from './syntax/source.ts';

/** Bytes examined in about 100 ms here, twice that on a slow processor (docs/decisions/0020). */
const MOST_WORK = 24_000_000;

/**
 * Checks a PDF as its readers do: the page tree is reachable, through the cross-reference or else
 * by looking for objects, has a page, and every stream that a page needs decodes. Throws
 * `truncated` for a file that is shorter than it should be, `structure` if nothing helps to find a
 * page, `stream` for damaged data, `number_mismatch` if it is of another invoice than expected,
 * and what makes it unjudged: `encrypted`, `unknown_filter`, `too_large`.
 */
export function checkPdf(
  bytes: Uint8Array,
  expected: { number: string } | null,
  shared: Work,
): Finding {
  const most = Math.min(MOST_WORK, shared.affords('pdf_byte'));
  const work: PdfWork = { left: most, malformed: null, hidden: null };
  try {
    return checkSource({ bytes, work }, expected);
  } finally {
    shared.spend('pdf_byte', most - Math.max(0, work.left), 'PDF');
  }
}

function checkSource(source: PdfSource, expected: { number: string } | null): Finding {
  const header = find(source, '%PDF-', 0, PDF_HEADER_WITHIN + 5);
  const end = endOf(source, Math.max(0, header));
  try {
    return checkWhole(source, header, end, expected?.number ?? null);
  } catch (error) {
    throw isLost(error, end) ? new IntegrityError('truncated', end.cut ?? error.where) : error;
  }
}

/** Whether what is wrong comes from a lost end: readers open a file that lost nothing they need. */
function isLost(error: unknown, end: FileEnd): error is IntegrityError {
  if (!(error instanceof IntegrityError) || end.marked) return false;
  if (error.reason === 'stream') return end.cut !== null;
  return REPAIRABLE.has(error.reason) && (end.cut !== null || error.finding === null);
}

function checkWhole(
  source: PdfSource,
  header: number,
  end: FileEnd,
  expected: string | null,
): Finding {
  const { facts, repaired, malformed, hidden } = readAnyhow(source, Math.max(0, header), expected);
  const notes: ResultNote[] = [];
  if (end.appended) notes.push('bytes_appended');
  if (repaired || !end.marked || header === -1) notes.push('repaired');
  if (expected !== null && facts.number === null) notes.push('number_not_found');
  const finding: Finding = { checked: 'structure', notes, facts };
  if (hidden !== null) throw new IntegrityError('structure', hidden);
  // Readers differ in what they put up with: another one decides. Not if the file was repaired and
  // what was asked for is there.
  const is_there = repaired && expected !== null && facts.text?.includes(expected);
  if (malformed !== null && !is_there) throw new IntegrityError('structure', malformed, finding);
  return finding;
}

interface ReadFile {
  facts: FileFacts;
  /** The cross-reference did not help. */
  repaired: boolean;
  /** Where the file is not written as it should be; null if nowhere. */
  malformed: string | null;
  /** Why most readers show no page of it; null if they do. */
  hidden: string | null;
}

/** By the cross-reference; where it does not help, without. */
function readAnyhow(source: PdfSource, header: number, expected: string | null): ReadFile {
  try {
    return { ...readDocument(openReferenced(source, header), expected), repaired: false };
  } catch (error) {
    if (!(error instanceof IntegrityError) || !REPAIRABLE.has(error.reason)) throw error;
    source.work.malformed = null;
    source.work.hidden = null;
    return { ...readDocument(openScanned(source), expected), repaired: true };
  }
}

/** What may come of a wrong cross-reference. */
const REPAIRABLE: ReadonlySet<string> = new Set(['structure', 'missing_part']);

function openReferenced(source: PdfSource, header: number): PdfDocument {
  const start = startOfCrossReference(source);
  if (start === null) throw new IntegrityError('structure', 'startxref');
  return openDocument(source, readCrossReference(source, start, header), header);
}

function readDocument(document: PdfDocument, expected: string | null): Omit<ReadFile, 'repaired'> {
  const encryption = document.resolve(document.xref.trailer.get('Encrypt'));
  if (encryption.kind !== 'null') throw new IntegrityError('encrypted', 'Encrypt');
  const { work } = document.source;
  const pages = readFirst(document.source, () => pagesOf(document));
  const seen = new Set<number>();
  for (const page of pages) checkNeeds(document, page, seen);
  checkContents(document, pages);
  // What texts are drawn with is no object, and may be written as it likes.
  const { malformed, hidden } = work;
  return { facts: pdfFacts(document, pages, expected), malformed, hidden };
}
