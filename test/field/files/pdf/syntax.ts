import { type FieldFiles, latin1 } from '../field-file.ts';
import { onePage, packed, page, pageText, streamed, tableFile } from './writer.ts';

const SIXTEEN = '样张发票监测程序生成测试文件字';
const APPENDED = { verdict: 'sound', notes: ['bytes_appended'] } as const;

/** Spellings of objects, and what stands around the file. */
export const PDF_SYNTAX: FieldFiles = {
  'version 1.3': () => tableFile(onePage(), { header: '%PDF-1.3\n' }),
  'version 2.0': () => tableFile(onePage(), { header: '%PDF-2.0\n%\xe2\xe3\xcf\xd3\n' }),
  'a header behind 600 bytes, offsets from the file': () =>
    tableFile(onePage(), { junk: `${'x'.repeat(599)}\n` }),
  'a header behind 600 bytes, offsets from the header': () =>
    tableFile(onePage(), { junk: `${'x'.repeat(599)}\n`, counts_junk: false }),
  'a byte order mark before the header': () =>
    tableFile(onePage(), { junk: '\xef\xbb\xbf', counts_junk: false }),
  'a line end before the header': () => tableFile(onePage(), { junk: '\r\n' }),
  '2 kB behind the end': { id: 'F11', make: () => appended('x'.repeat(2_048)), should: APPENDED },
  '2 kB of zeros behind the end': {
    id: 'F11',
    make: () => appended('\0'.repeat(2_048)),
    should: { verdict: 'sound' },
  },
  '100 kB behind the end': {
    id: 'F11',
    make: () => appended('y'.repeat(100_000)),
    should: { verdict: ['sound', 'unjudged'] },
  },
  'a page of HTML behind the end': {
    id: 'F11',
    make: () => appended('<html><body>ok</body></html>\n'),
    should: APPENDED,
  },
  '20 line ends behind the end': {
    id: 'F11',
    make: () => appended('\r\n'.repeat(20)),
    should: { verdict: 'sound' },
  },
  'a boundary of a mail behind the end': {
    id: 'F11',
    make: () => appended('\r\n------=_Part_1--\r\n'),
    should: { verdict: 'sound' },
  },
  '1 MB of blanks behind the end': {
    id: 'F11',
    make: () => appended(' '.repeat(2 ** 20)),
    should: { verdict: ['sound', 'unjudged'] },
  },
  'names that writers get away with': () =>
    tableFile({ ...onePage(), 6: '<< /# 1 /A#4 2 /B#ZZ 3 /(x) /C;D 4 / 5 >>' }),
  'a name of 4,000 bytes': () => tableFile({ ...onePage(), 6: `/${'n'.repeat(4_000)}` }),
  'a string of 100,000 bytes': () => tableFile({ ...onePage(), 6: `(${'s'.repeat(100_000)})` }),
  'a key twice': () =>
    tableFile(onePage({ 2: '<< /Type /Pages /Kids [] /Kids [3 0 R] /Count 1 >>' })),
  'a dictionary that is not closed': () => tableFile({ ...onePage(), 6: '<< /A << /B 1 >>' }),
  'a name of 15 Chinese characters': {
    id: 'F7',
    make: () => named(SIXTEEN),
    should: { verdict: 'sound', reason: null },
  },
  'a name of 16 Chinese characters': {
    id: 'F7',
    make: () => named(`${SIXTEEN}样`),
    should: { verdict: 'sound', reason: null },
  },
  'a name of 60 Chinese characters': {
    id: 'F7',
    make: () => named(SIXTEEN.repeat(4)),
    should: { verdict: 'sound' },
  },
  'the keys of the tree in #xx': () =>
    tableFile(onePage({ 2: '<< /Ty#70e /Pages /K#69ds [3 0 R] /C#6funt 1 >>' })),
  'a length that is an object before': () =>
    tableFile({
      ...onePage(),
      4: lengthIn(5, pageText()),
      5: String(pageText().length),
      3: page(4).replace('5 0 R', '6 0 R'),
      6: onePage()[5] ?? '',
    }),
  'a length that is an object behind': () =>
    tableFile({ ...onePage({ 4: lengthIn(6, pageText()) }), 6: String(pageText().length) }),
  'a length that is missing': () =>
    tableFile(onePage({ 4: `<< >>\nstream\n${pageText()}\nendstream` })),
  'a length that is 0': () => tableFile(onePage({ 4: lengthOf(0) })),
  'a length that is too short': () => tableFile(onePage({ 4: lengthOf(40) })),
  'a length that is too long': () => tableFile(onePage({ 4: lengthOf(pageText().length + 500) })),
  'a length beyond the file': () => tableFile(onePage({ 4: lengthOf(9_999_999) })),
  'a stream that begins behind a carriage return': () =>
    tableFile(onePage({ 4: streamed(pageText()).replace('stream\n', 'stream\r') })),
  'no line end before endstream': () =>
    tableFile(onePage({ 4: streamed(pageText()).replace('\nendstream', 'endstream') })),
  'no endobj': () => {
    const text = tableFile(onePage()).toString('latin1');
    return latin1(text.replace(/endobj\n(?=3 0 obj)/, '       '));
  },
  'comments between everything': () =>
    tableFile(
      onePage({
        1: '<< %a (comment\n/Type%b\n/Catalog /Pages%c >>\n2%d\n0%e\nR >>',
        2: '<</Type/Pages/Kids[3 0 R]/Count 1>>%',
      }),
    ),
  'strings with brackets and escapes': () =>
    tableFile({ ...onePage(), 6: '[(a (b) \\( \\\\ \\101) <4> <> () (\\) >>)]' }),
  'numbers that writers get away with': () =>
    tableFile({ ...onePage(), 6: '[+1 -.5 4. 0.0000001 --3 00012 1.2.3]' }),
  'a date and a title in two alphabets': () =>
    tableFile(
      {
        ...onePage(),
        6:
          `<< /Title <feff${Buffer.from('样张', 'utf16le').swap16().toString('hex')}> ` +
          "/Author (\xef\xbb\xbf\xe6\xa0\xb7) /CreationDate (D:20260925120000+08'00') >>",
      },
      { trailer: '/Info 6 0 R ' },
    ),
  'nested arrays of 60 levels': () =>
    tableFile({ ...onePage(), 6: `${'['.repeat(60)}${']'.repeat(60)}` }),
};

function appended(more: string): Buffer {
  return Buffer.concat([tableFile(onePage()), latin1(more)]);
}

/** A font called in Chinese, each byte as `#xx`. */
function named(name: string): Buffer {
  const written = [...Buffer.from(name)].map((it) => `#${it.toString(16)}`).join('');
  return tableFile(onePage({ 5: (onePage()[5] ?? '').replace('Helvetica', written) }));
}

function lengthIn(object: number, text: string): string {
  return `<< /Length ${object} 0 R >>\nstream\n${text}\nendstream`;
}

function lengthOf(said: number): string {
  return `<< /Length ${said} >>\nstream\n${pageText()}\nendstream`;
}

/** What is on a page beside its text, and how pages hang together. */
export const PDF_PAGES: FieldFiles = {
  'a tree of three levels, attributes inherited': () =>
    tableFile({
      ...onePage(),
      2: '<< /Type /Pages /Kids [6 0 R] /Count 1 /MediaBox [0 0 400 300] >>',
      3: '<< /Type /Page /Parent 7 0 R /Contents 4 0 R >>',
      6: '<< /Type /Pages /Parent 2 0 R /Kids [7 0 R] /Count 1 >>',
      7:
        '<< /Type /Pages /Parent 6 0 R /Kids [3 0 R] /Count 1 ' +
        '/Resources << /Font << /F1 5 0 R >> >> >>',
    }),
  'a wrong Count': () => tableFile(onePage({ 2: '<< /Type /Pages /Kids [3 0 R] /Count 7 >>' })),
  'no Count': () => tableFile(onePage({ 2: '<< /Type /Pages /Kids [3 0 R] >>' })),
  'a tree without types': () =>
    tableFile(
      onePage({
        1: '<< /Pages 2 0 R >>',
        2: '<< /Kids [3 0 R] /Count 1 >>',
        3: page(4).replace('/Type /Page ', ''),
      }),
    ),
  'a page written into the tree itself': () =>
    tableFile(onePage({ 2: `<< /Type /Pages /Kids [${page(4)}] /Count 1 >>`, 3: 'null' })),
  'a page without contents': () =>
    tableFile(
      onePage({
        2: '<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>',
        6: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Resources << >> >>',
      }),
    ),
  'a page of which one content is null': () => tableFile(onePage({ 3: page('[4 0 R 99 0 R]') })),
  'the same page twice': () =>
    tableFile(onePage({ 2: '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>' })),
  'no resources': () => tableFile(onePage({ 3: page(4).replace(/\/Resources << .*? >> >> /, '') })),
  'no size of the page': () =>
    tableFile(onePage({ 3: page(4).replace(/\/MediaBox \[.*?\] /, '') })),
  'a link, an outline and metadata': () =>
    tableFile({
      ...onePage({
        1: '<< /Type /Catalog /Pages 2 0 R /Outlines 7 0 R /Metadata 9 0 R >>',
        3: page(4, '/Annots [6 0 R] '),
      }),
      6:
        '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Border [0 0 0] ' +
        '/A << /S /URI /URI (https://example.org/) >> >>',
      7: '<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>',
      8: '<< /Title (page) /Parent 7 0 R /Dest [3 0 R /Fit] >>',
      9: streamed('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', '/Type /Metadata /Subtype /XML '),
    }),
  'an invoice attached as XML': () =>
    tableFile({
      ...onePage({
        1:
          '<< /Type /Catalog /Pages 2 0 R ' +
          '/Names << /EmbeddedFiles << /Names [(a.xml) 6 0 R] >> >> >>',
      }),
      6: '<< /Type /Filespec /F (a.xml) /UF (a.xml) /EF << /F 7 0 R >> >>',
      7: packed('<EInvoice/>', '/Type /EmbeddedFile /Subtype /text#2fxml '),
    }),
  'a signature field with a seal of zeros': signedFile,
};

/** The length of what is signed is filled in as signers do: over a gap left for the signature. */
function signedFile(): Buffer {
  const file = tableFile({
    ...onePage({
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [6 0 R] >> >>',
      3: page(4, '/Annots [6 0 R] '),
    }),
    6: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [0 0 0 0] /P 3 0 R /V 7 0 R >>',
    7:
      '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ' +
      `/ByteRange [0 AAAAAAAA BBBBBBBB CCCCCCCC] /Contents <${'0'.repeat(2_000)}> >>`,
  });
  const text = file.toString('latin1');
  const from = text.indexOf('<0000');
  const to = from + 2_002;
  const eight = (value: number) => String(value).padEnd(8);
  return latin1(
    text
      .replace('AAAAAAAA', eight(from))
      .replace('BBBBBBBB', eight(to))
      .replace('CCCCCCCC', eight(text.length - to)),
  );
}
