import { IntegrityError } from '../../shared/integrity-error.ts';
import type { PdfDocument } from '../file/document.ts';
import type { DecodedStream } from '../filters/decode.ts';
import type { PdfDictionary, PdfStream, PdfValue } from '../syntax/objects.ts';
import { find, spend } from '../syntax/source.ts';
import { entriesOf, itemsOf, nameOf, numberOf } from '../syntax/values.ts';
import { endsWithOperator } from '../text/content.ts';
import type { PdfPage } from './tree.ts';

/** Work of a value that is looked at, in bytes examined. */
const VALUE_WORK = 8;

/** What readers do not need to draw a page. */
const NOT_DRAWN = new Set(['Parent', 'Metadata', 'PieceInfo', 'StructParent', 'P', 'Pg', 'Popup']);

/**
 * Decodes every stream that drawing a page takes: contents, fonts with their maps, forms, images,
 * patterns, colour spaces, the appearance of annotations. Each once: `seen` has the numbers of the
 * objects looked at. Throws what decoding throws, and `stream` where data is not whole.
 */
export function checkNeeds(document: PdfDocument, page: PdfPage, seen: Set<number>): void {
  const { work } = document.source;
  const appearances = itemsOf(document.resolve(page.entries.get('Annots'))).map((annotation) =>
    entriesOf(document.resolve(annotation)).get('AP'),
  );
  const ahead = [...appearances, page.resources, page.entries.get('Contents')];
  for (let next = ahead.pop(); ahead.length > 0 || next !== undefined; next = ahead.pop()) {
    spend(work, VALUE_WORK);
    if (next?.kind === 'reference') {
      if (seen.has(next.number)) continue;
      seen.add(next.number);
    }
    const value = document.resolve(next);
    if (value.kind === 'array') pushDrawn(ahead, value.items);
    else if (value.kind === 'dictionary') pushEntries(ahead, value.entries);
    else if (value.kind === 'stream') {
      pushEntries(ahead, value.entries);
      checkStream(document, value);
    }
  }
}

function pushEntries(ahead: (PdfValue | undefined)[], entries: PdfDictionary): void {
  for (const [key, value] of entries) {
    if (!NOT_DRAWN.has(key)) pushDrawn(ahead, [value]);
  }
}

function pushDrawn(ahead: (PdfValue | undefined)[], values: PdfValue[]): void {
  for (const value of values) {
    if (value.kind === 'reference' || value.kind === 'dictionary' || value.kind === 'array') {
      ahead.push(value);
    }
  }
}

function checkStream(document: PdfDocument, stream: PdfStream): void {
  const decoded = isBulky(stream) ? decodeWithin(document, stream) : document.dataOf(stream);
  if (decoded?.cut && !isWhole(document, stream, decoded)) {
    throw new IntegrityError('stream', `object ${stream.number}`);
  }
}

/** Images and fonts, which may take more work than there is. */
function isBulky({ entries }: PdfStream): boolean {
  return nameOf(entries.get('Subtype')) === 'Image' || entries.has('Length1');
}

/** DecodedStream with half of the work that is left; null if that does not suffice. */
function decodeWithin(document: PdfDocument, stream: PdfStream): DecodedStream | null {
  const { work } = document.source;
  const kept = work.left / 2;
  work.left -= kept;
  try {
    return document.dataOf(stream);
  } catch (error) {
    if (!(error instanceof IntegrityError) || error.reason !== 'too_large') throw error;
    work.left = 0;
    return null;
  } finally {
    work.left += kept;
  }
}

/** Whether data that ended early has all that it should have. */
function isWhole(document: PdfDocument, { entries }: PdfStream, { bytes }: DecodedStream): boolean {
  const length = numberOf(document.resolve(entries.get('Length1')), 0);
  if (length > 0) return bytes.length >= length;
  const source = { bytes, work: document.source.work };
  if (find(source, 'begincmap', 0) !== -1) return find(source, 'endcmap', 0) !== -1;
  return nameOf(entries.get('Subtype')) !== 'Image' && endsWithOperator(source);
}
