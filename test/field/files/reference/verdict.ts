import type { FileFormat } from '../../../../model/vocabulary.ts';
import type { OfdrwAnswer, RecordedFile } from './recording.ts';

/**
 * What public readers together say of a file, from what they were recorded to do. `sound`: they
 * open it, most of them without a word. `refused`: none of them shows anything of it. `between`:
 * they repair, complain, differ or are unable: it must not be called broken. `disputed`: most
 * refuse it, and one shows the invoice: either may be said.
 */
export type ReferenceVerdict = 'sound' | 'between' | 'disputed' | 'refused';

export function referenceVerdict(
  format: FileFormat,
  recorded: RecordedFile,
  ofdrw: OfdrwAnswer | undefined,
): ReferenceVerdict {
  switch (format) {
    case 'pdf':
      return ofPdf(recorded.readers);
    case 'ofd':
      return ofOfd(recorded.readers, ofdrw);
    case 'xml':
      return ofXml(recorded.readers);
  }
}

type Readers = RecordedFile['readers'];

/**
 * Three readers: qpdf, poppler, mupdf. pdfinfo reads no page, and mupdf draws white what it cannot
 * read: a reader that complains and draws nothing has refused. Two that refuse are enough where the
 * third does not find the number of the invoice.
 */
function ofPdf({ qpdf, pdfinfo, pdftotext, pdftoppm, mutool }: Readers): ReferenceVerdict {
  const all = [qpdf, pdfinfo, pdftotext, pdftoppm, mutool];
  if (all.some((it) => it?.did === 'unable')) return 'between';
  const refusals = [
    qpdf?.did === 'refuses' || qpdf?.pages === 0,
    pdfinfo?.did === 'refuses' || pdftoppm?.did === 'refuses' || saysNothing(pdftotext, pdftoppm),
    mutool?.did === 'refuses' || saysNothing(mutool, mutool),
  ];
  const most_refuse = refusals.filter((it) => it).length >= 2;
  const asked = [pdftotext, mutool].some((it) => it?.invoice === 'asked');
  if (refusals.every((it) => it) || (most_refuse && !asked)) return 'refused';
  if (most_refuse) return 'disputed';
  const silent = [
    qpdf?.did === 'opens',
    [pdfinfo, pdftotext, pdftoppm].every((it) => it?.did === 'opens'),
    mutool?.did === 'opens',
  ];
  const most = silent.filter((it) => it).length >= 2;
  return most && !refusals.some((it) => it) ? 'sound' : 'between';
}

function saysNothing(text: Readers['pdftotext'], drawing: Readers['pdftoppm']): boolean {
  return text?.did !== 'opens' && drawing?.blank === true;
}

/**
 * Three readers of the archive (two by its directory, Java's by its start) and one of the document,
 * which checks no CRC. Of a digest only ofdrw knows; the list of signatures changes with each seal.
 */
function ofOfd({ unzip, zipfile }: Readers, ofdrw: OfdrwAnswer | undefined): ReferenceVerdict {
  const archive = [unzip, zipfile];
  const able = archive.filter((it) => it?.did !== 'unable');
  if (able.length > 0 && able.every((it) => it?.part_wrong)) return 'refused';
  const none_opens = able.length > 0 && able.every((it) => it?.did === 'refuses');
  const no_archive = none_opens && ofdrw?.streamed === false;
  if (no_archive || ofdrw?.did === 'refuses') return 'refused';
  if (ofdrw === undefined || ofdrw.did === 'unable') return 'between';
  if (ofdrw.digests?.startsWith('/')) {
    return ofdrw.digests.endsWith('/Signatures.xml') ? 'between' : 'refused';
  }
  if (ofdrw.digests === 'unable: BadOFDException') return 'between';
  return archive.every((it) => it?.did === 'opens') ? 'sound' : 'between';
}

/** A page of HTML may be well-formed; it is no invoice. */
function ofXml({ unzip, zipfile, xmllint }: Readers): ReferenceVerdict {
  const archive = [unzip, zipfile].filter((it) => it !== undefined);
  if (archive.length > 0 && archive.every(({ did }) => did === 'refuses')) return 'refused';
  if (archive.some(({ did }) => did === 'unable')) return 'between';
  if (xmllint?.did === 'refuses' || xmllint?.root === 'html') return 'refused';
  const all = [...archive, xmllint];
  return all.every((it) => it?.did === 'opens') ? 'sound' : 'between';
}
