import { specimenFile, specimenInvoice } from '../../../../probes/specimen/index.ts';
import { type FieldFiles, ISSUED, latin1, NUMBER, OTHER_NUMBER } from '../field-file.ts';
import { onePage, packed, page, pageText, tableFile } from './writer.ts';

const NOT_FOUND = { verdict: 'sound', notes: ['number_not_found'] } as const;
const MISTAKEN = { verdict: 'mismatch', reason: 'number_mismatch' } as const;

/** Ways to write an invoice's number on a page. */
export const PDF_TEXTS: FieldFiles = {
  'our own specimen': {
    make: () => specimenFile('pdf', specimenInvoice(NUMBER, ISSUED)),
    should: { verdict: 'sound', reason: null },
  },
  'digits apart in an array': () =>
    shown(`[${[...NUMBER].map((digit) => `(${digit}) -20`).join(' ')}] TJ`),
  'each digit placed by itself': () =>
    shown([...NUMBER].map((digit) => `(${digit}) Tj 8 0 Td`).join('\n')),
  'a hexadecimal string': () => shown(`<${latin1(NUMBER).toString('hex')}> Tj`),
  'a hexadecimal string with blanks': () =>
    shown(`<${latin1(NUMBER).toString('hex').replace(/../g, '$& ')}> Tj`),
  'octal escapes': () =>
    shown(`(${[...NUMBER].map((it) => `\\0${it.charCodeAt(0).toString(8)}`).join('')}) Tj`),
  'a string over two lines': () => shown(`(${NUMBER.slice(0, 9)}\\\n${NUMBER.slice(9)}) Tj`),
  'the operator of a new line': () => shown(`14 TL (${NUMBER}) '`),
  'in a form of its own': () =>
    tableFile({
      ...onePage({ 4: packed('q /X1 Do Q\n') }),
      3: page(4).replace('/Font', '/XObject << /X1 6 0 R >> /Font'),
      6: packed(
        pageText(),
        '/Type /XObject /Subtype /Form /BBox [0 0 400 300] ' +
          '/Resources << /Font << /F1 5 0 R >> >> ',
      ),
    }),
  'contents in three parts, cut within the number': () => {
    const text = pageText();
    const at = text.indexOf(') Tj 0 -20 Td\n(Amount');
    const parts = [text.slice(0, 20), text.slice(20, at + 5), text.slice(at + 5)];
    const [a = '', b = '', c = ''] = parts;
    return tableFile({ ...onePage({ 4: packed(a), 6: packed(b), 7: packed(c) }), 3: threeParts() });
  },
  'a font of two-byte codes, Unicode by name': () => chinese('UniGB-UCS2-H', utf16),
  'a font of two-byte codes, GB by name': () => chinese('GBK-EUC-H', (text) => latin1(text)),
  'codes that only a map to Unicode tells': () =>
    tableFile({
      ...onePage({ 4: packed(`BT /F1 12 Tf 40 240 Td (${shifted(NUMBER)}) Tj ET\n`) }),
      5:
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 97 /LastChar 106 ' +
        '/Encoding << /Type /Encoding /Differences [97 /zero /one /two /three /four /five /six ' +
        '/seven /eight /nine] >> /ToUnicode 6 0 R >>',
      6: packed(TO_UNICODE),
    }),
  'codes that only the names of glyphs tell': () =>
    tableFile({
      ...onePage({ 4: packed(`BT /F1 12 Tf 40 240 Td (${shifted(NUMBER)}) Tj ET\n`) }),
      5:
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 97 /LastChar 106 ' +
        '/Encoding << /Type /Encoding /Differences [97 /zero /one /two /three /four /five /six ' +
        '/seven /eight /nine] >> >>',
    }),
  'a page that is a picture': {
    id: 'F4',
    make: () => tableFile(onePage({ 4: packed('40 40 300 200 re f\n') })),
    should: NOT_FOUND,
  },
  'a page that says 系统繁忙': {
    id: 'F4',
    make: () => chinese('UniGB-UCS2-H', utf16, '系统繁忙，请稍后再试'),
    should: NOT_FOUND,
  },
  'a page that says error 500': {
    id: 'F4',
    make: () => tableFile(onePage({ 4: packed('BT /F1 12 Tf 40 240 Td (Error 500) Tj ET\n') })),
    should: NOT_FOUND,
  },
  'another invoice': {
    id: 'F4',
    make: () => tableFile(onePage({ 4: packed(pageText(OTHER_NUMBER)) })),
    unseen: 'another invoice',
    should: MISTAKEN,
  },
  'the specimen of another invoice': {
    id: 'F4',
    make: () => specimenFile('pdf', specimenInvoice(OTHER_NUMBER, ISSUED)),
    unseen: 'another invoice',
    should: MISTAKEN,
  },
  'another number beside the right one': () =>
    shown(`(${NUMBER}) Tj 0 -20 Td (order ${OTHER_NUMBER}) Tj`),
};

function shown(operators: string): Buffer {
  return tableFile(onePage({ 4: packed(`BT /F1 12 Tf 40 240 Td\n${operators}\nET\n`) }));
}

function threeParts(): string {
  return page('[4 0 R 6 0 R 7 0 R]');
}

/** As iText and others write Chinese without embedding a font. */
function chinese(map: string, encode: (text: string) => Buffer, text = `${NUMBER}`): Buffer {
  const codes = encode(text).toString('hex');
  return tableFile({
    ...onePage({ 4: packed(`BT /F1 12 Tf 40 240 Td <${codes}> Tj ET\n`) }),
    5:
      '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /' +
      `${map} /DescendantFonts [6 0 R] >>`,
    6:
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 ' +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> ' +
      '/FontDescriptor 7 0 R >>',
    7:
      '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] ' +
      '/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  });
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Letters for digits, so that the bytes themselves tell nothing. */
function shifted(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
}

const TO_UNICODE =
  '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n' +
  '1 begincodespacerange <00> <ff> endcodespacerange\n' +
  '1 beginbfrange <61> <6a> <0030> endbfrange\n' +
  'endcmap CMapName currentdict /CMap defineresource pop end end\n';
