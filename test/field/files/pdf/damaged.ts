import { gzipSync } from 'node:zlib';
import { specimenFile, specimenInvoice } from '../../../../probes/specimen/index.ts';
import {
  cutAt,
  cutOff,
  flipped,
  INSTEAD,
  inTextMode,
  replaced,
  takenForText,
  without,
  zeroed,
} from '../damage.ts';
import { type FieldFile, type FieldFiles, ISSUED, NUMBER } from '../field-file.ts';
import { WRITTEN_PDF } from '../written/index.ts';
import { onePage, packed, page, pageText, streamed, streamFile, tableFile } from './writer.ts';

const NO_FILE = { verdict: 'corrupt', reason: ['not_a_file', 'truncated'] } as const;

const specimen = () => specimenFile('pdf', specimenInvoice(NUMBER, ISSUED));
const plain = () => tableFile(onePage());
const linearized = () => WRITTEN_PDF['qpdf, linearized'].make();
const modern = () => streamFile(onePage());

/** Files that were cut, in transit or while they were written. */
export const PDF_CUT: FieldFiles = {
  ...cuts('our specimen', specimen),
  ...cuts('a file of streams', modern),
  ...cuts('a linearized file', linearized),
  ...cuts('a file of Chromium', () => WRITTEN_PDF.Chromium.make()),
  ...cuts('a file of iText', () => WRITTEN_PDF['iText 7, full compression'].make()),
  'the end marker alone lost': () => cutOff(plain(), 6),
  'all behind the word startxref lost': () => cutAt(plain(), startShare(plain(), 'startxref')),
  'table and trailer lost': () => cutAt(plain(), startShare(plain(), 'xref\n0')),
  'the first 100 bytes lost': () => plain().subarray(100),
  'a block lost in the middle': () => without(specimen(), 'stream\n', 3_000, 4_096),
};

function cuts(name: string, make: () => Uint8Array): FieldFiles {
  const shares = [10, 30, 50, 70, 90, 99];
  return Object.fromEntries(
    shares.map((share) => [`${name}, cut at ${share} %`, () => cutAt(make(), share / 100)]),
  );
}

function startShare(file: Buffer, word: string): number {
  return file.toString('latin1').lastIndexOf(word) / file.length;
}

/** Single bits and blocks. */
export const PDF_HURT: FieldFiles = {
  'a bit of the page content': {
    make: () => flipped(specimen(), /4 0 obj/, 400),
  },
  'the first byte of the page content': () => flipped(specimen(), /4 0 obj/, 60),
  'a bit of the font': () => flipped(specimen(), /9 0 obj/, 9_000),
  'a bit of the table': () => flipped(plain(), / 00000 n/, -2, 0x02),
  'a bit of every row of the table': () => replaced(plain(), /(?<=\d{7})\d{3}(?= 00000 n)/g, '777'),
  'a bit of startxref': () => flipped(plain(), /startxref/, 2),
  'a bit of the number of startxref': () => flipped(plain(), /startxref/, 11, 0x01),
  'a bit of the header': () => flipped(plain(), /%PDF/, 2),
  'a bit of the word trailer': () => flipped(plain(), /trailer/, 3),
  'a bit of the name Root': () => flipped(plain(), /\/Root/, 2),
  'a bit of the name Pages of the catalogue': () => flipped(plain(), /\/Pages 2/, 2),
  'a bit of the name Kids': () => flipped(plain(), /\/Kids/, 2),
  'a bit of a page reference': () => replaced(plain(), /\[3 0 R\]/, '[7 0 R]'),
  'a bit of a contents reference': () => replaced(plain(), /Contents 4/, 'Contents 6'),
  'a bit of an object stream': () => flipped(modern(), /ObjStm/, 70),
  'a bit of a cross-reference stream': () => flipped(modern(), /XRef/, 90),
  'a bit of endstream': () => flipped(plain(), /endstream/, 3),
  'a picture that is none': () => withPicture(Buffer.alloc(300, 'no JPEG')),
  'a bit of a stream that no page needs': () => flipped(withMetadata(), /Metadata/, 60),
  'the first page of a linearized file': () => zeroed(linearized(), /\/Type \/Page\b/, 0, 40),
  'a bit of an encrypted page': () =>
    flipped(WRITTEN_PDF['qpdf, AES of 256 bits, no password'].make(), /stream\n/, 40),
  'the name FlateDecode': () => replaced(plain(), '/FlateDecode', '/FlateDec0de'),
  '512 zeros in the page content': () => zeroed(specimen(), /4 0 obj/, 300, 512),
  '512 zeros in the font': () => zeroed(specimen(), /9 0 obj/, 4_000, 512),
  '512 zeros at the beginning': () => zeroed(specimen(), /^/, 0, 512),
  'zeros over table and trailer': () => zeroed(plain(), /xref\n0/, 0, 400),
  'zeros over the second half': () => {
    const file = specimen();
    return zeroed(file, /^/, file.length >> 1, file.length);
  },
  'zeros over the page tree': () => zeroed(plain(), /2 0 obj/, 0, 60),
  'zeros over everything but the header': () => zeroed(plain(), /^/, 9, 9_999),
};

function withPicture(data: Uint8Array): Buffer {
  return tableFile({
    ...onePage({ 4: packed(`${pageText()}q 40 0 0 40 300 20 cm /I1 Do Q\n`) }),
    3: page(4).replace('/Font', '/XObject << /I1 6 0 R >> /Font'),
    6: streamed(
      data,
      '/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray ' +
        '/BitsPerComponent 8 /Filter /DCTDecode ',
    ),
  });
}

function withMetadata(): Buffer {
  return tableFile({
    ...onePage({ 1: '<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>' }),
    6: packed('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'.repeat(9), '/Type /Metadata /Subtype /XML '),
  });
}

/** Objects that a page needs and that are not there. */
export const PDF_MISSING: FieldFiles = {
  'the catalogue': () => tableFile(leftOut(1)),
  'the page tree': () => tableFile(leftOut(2)),
  'the page': () => tableFile(leftOut(3)),
  'the page contents': () => tableFile(leftOut(4)),
  'the font': () => tableFile(leftOut(5)),
  'any page': () => tableFile(onePage({ 2: '<< /Type /Pages /Kids [] /Count 0 >>' })),
  'the end of a loop in the tree': () =>
    tableFile(onePage({ 2: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' })),
};

function leftOut(number: number) {
  return Object.fromEntries(Object.entries(onePage()).filter(([it]) => Number(it) !== number));
}

/** Other things under the name of a file. */
export const PDF_INSTEAD: FieldFiles = {
  ...Object.fromEntries(
    Object.entries(INSTEAD).map(([name, make]): [string, FieldFile] => [
      name,
      { make, should: NO_FILE },
    ]),
  ),
  'an OFD instead': {
    make: () => specimenFile('ofd', specimenInvoice(NUMBER, ISSUED)),
    should: NO_FILE,
  },
  'the file in gzip': { make: () => gzipSync(plain()), should: NO_FILE },
  'the file in Base64': {
    make: () => Buffer.from(plain().toString('base64')),
    should: NO_FILE,
  },
  'the file taken for text': () => takenForText(specimen()),
  'the file taken for text, little': () => takenForText(plain()),
  'the file through a transfer in text mode': () => inTextMode(specimen()),
  'the halves exchanged': () => {
    const file = specimen();
    const half = file.length >> 1;
    return Buffer.concat([file.subarray(half), file.subarray(0, half)]);
  },
  'the file twice': () => Buffer.concat([plain(), plain()]),
  'a cut copy before a whole one': () => Buffer.concat([cutAt(plain(), 0.5), plain()]),
  'another page content without a sign': () =>
    tableFile(onePage({ 4: packed(pageText().replace('100.00', '900.00')) })),
};
