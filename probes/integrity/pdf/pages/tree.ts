import { IntegrityError } from '../../shared/integrity-error.ts';
import type { PdfDocument } from '../file/document.ts';
import type { PdfDictionary, PdfValue } from '../syntax/objects.ts';
import { spend } from '../syntax/source.ts';
import { entriesOf, nameOf, numberOf } from '../syntax/values.ts';

/** A page with what it inherits (PDF 1.7, 7.7.3.4). */
export interface PdfPage {
  entries: PdfDictionary;
  resources: PdfValue | undefined;
}

/** Work of a node, in bytes examined. */
const NODE_WORK = 100;

interface Node {
  value: PdfValue | undefined;
  resources: PdfValue | undefined;
}

/**
 * The pages in their order. Throws `structure` without a catalogue or a page, `missing_part`
 * without a tree of pages.
 */
export function pagesOf(document: PdfDocument): PdfPage[] {
  const root = document.resolve(document.xref.trailer.get('Root'));
  if (root.kind !== 'dictionary') throw new IntegrityError('structure', 'Root');
  const pages: PdfPage[] = [];
  const ahead: Node[] = [{ value: root.entries.get('Pages'), resources: undefined }];
  const seen = new Set<number>();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    spend(document.source.work, NODE_WORK);
    const { value } = node;
    const object = document.resolve(value);
    if (object.kind !== 'dictionary') continue;
    const resources = object.entries.get('Resources') ?? node.resources;
    const kids = document.resolve(object.entries.get('Kids'));
    if (kids.kind === 'array') {
      // A node met twice would be a circle; a page may be shown twice.
      if (value?.kind === 'reference' && seen.has(value.number)) continue;
      if (value?.kind === 'reference') seen.add(value.number);
      for (const kid of kids.items.toReversed()) ahead.push({ value: kid, resources });
    } else if (nameOf(object.entries.get('Type')) !== 'Pages') {
      pages.push({ entries: object.entries, resources });
    }
  }
  const top = entriesOf(document.resolve(root.entries.get('Pages')));
  if (pages.length === 0) {
    // With some that cannot be read, other readers may help themselves.
    const reason = top.has('Kids') ? 'structure' : 'missing_part';
    throw new IntegrityError(reason, 'Pages: no page');
  }
  checkCount(document, top);
  return pages;
}

/** Readers count pages by it: by no count, or by one larger than the file, they show none. */
function checkCount(document: PdfDocument, top: PdfDictionary): void {
  if (!top.has('Kids')) return;
  const count = numberOf(document.resolve(top.get('Count')), 0);
  const { locations } = document.xref;
  if (count <= 0 || count > locations.size) document.source.work.hidden = 'Pages: Count';
}

/** Throws `missing_part` if contents are referred to that are not there, and no page has others. */
export function checkContents(document: PdfDocument, pages: PdfPage[]): void {
  let missing: string | null = null;
  for (const { entries } of pages) {
    const value = entries.get('Contents');
    const contents = document.resolve(value);
    if (contents.kind === 'stream' || contents.kind === 'array') return;
    // Drawn by its annotations.
    if (entries.has('Annots')) return;
    if (value?.kind === 'reference') missing ??= `object ${value.number}`;
  }
  if (missing !== null) throw new IntegrityError('missing_part', missing);
}
