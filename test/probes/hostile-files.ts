import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { FileFormat } from '../../model/vocabulary.ts';
import { zip, zipPart } from '../../probes/specimen/zip.ts';
import { ONE_PAGE, streamPdf, tablePdf } from './pdf-builder.ts';

/** A file made to keep its reader busy, as large as a download may be. */
export interface HostileFile {
  name: string;
  format: FileFormat;
  bytes: Uint8Array;
}

/** The largest file a driver reads. */
const LARGEST_BYTES = 20 * 1024 * 1024;
const ISSUED = '20260925120000';

/**
 * One file of each kind of work that can be asked of a reader; each is made when it is wanted, for
 * they are large.
 */
export function* hostileFiles(): Generator<HostileFile> {
  for (const [name, make] of Object.entries(XML)) {
    const text = make(BELOW_LIMIT_BYTES);
    yield { name, format: 'xml', bytes: Buffer.from(text) };
    yield { name, format: 'ofd', bytes: zip([zipPart('OFD.xml', text)], ISSUED) };
  }
  for (const [name, make] of Object.entries(PAGES)) {
    yield { name, format: 'ofd', bytes: signed('', { 'Page.xml': make(BELOW_LIMIT_BYTES) }) };
  }
  for (const [name, make] of Object.entries(ARCHIVES)) yield { name, format: 'ofd', bytes: make() };
  for (const [name, make] of Object.entries(PDFS)) yield { name, format: 'pdf', bytes: make() };
}

/** Just below the limit of an XML invoice, where most work is done. */
const BELOW_LIMIT_BYTES = 2 * 2 ** 20 - 2 ** 10;

/** Texts of about a length, by what they repeat. */
const XML: Record<string, (bytes: number) => string> = {
  'attributes of one element': (bytes) => {
    const names = numbered(bytes, (n) => ` a${n}="1"`);
    return `<EInvoice${names}></EInvoice>`;
  },
  'attributes in many elements': (bytes) => filled(bytes, '<a b="1" c="2" d="3" e="4"/>'),
  elements: (bytes) => filled(bytes, '<b/>'),
  'elements within elements': (bytes) => filled(bytes, `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`),
  text: (bytes) => filled(bytes, '样张'),
  lines: (bytes) => filled(bytes, '\r\n'),
  entities: (bytes) => filled(bytes, '&amp;'),
  'character references': (bytes) => filled(bytes, '&#x6837;'),
  'sections of character data': (bytes) => filled(bytes, '<![CDATA[x]]>'),
  comments: (bytes) => filled(bytes, '<!---->'),
  instructions: (bytes) => filled(bytes, '<?a b?>'),
  'one long name': (bytes) => `<${'a'.repeat(bytes)}/>`,
  'one long attribute': (bytes) => `<EInvoice a="${'&lt;'.repeat(bytes / 4)}"/>`,
  'one long comment': (bytes) => `<EInvoice><!--${'- '.repeat(bytes / 2)}--></EInvoice>`,
  brackets: (bytes) => filled(bytes, ']'),
  'one long instruction': (bytes) => `<EInvoice><?x ${'?'.repeat(bytes)}?></EInvoice>`,
  'entities declared without an end': (bytes) =>
    `<!DOCTYPE a [${'<!ENTITY a '.repeat(bytes / 11)}]><EInvoice/>`,
  'elements as deep as may be': (bytes) =>
    filled(bytes, `${'<a>'.repeat(250)}${'</a>'.repeat(250)}`),
};

/** The same for the page of a document. */
const PAGES: Record<string, (bytes: number) => string> = {
  'texts of one letter': (bytes) => {
    const code = '<TextCode X="0" Y="3">1</TextCode>';
    const text = `<TextObject Boundary="1 1 1 1">${code}</TextObject>`;
    return `<Page>${text.repeat(bytes / text.length)}</Page>`;
  },
  'distances between letters': (bytes) => {
    const code = `<TextCode DeltaX="${'1 '.repeat(bytes / 2)}">1</TextCode>`;
    return `<Page><TextObject>${code}</TextObject></Page>`;
  },
  'a label and blanks behind it': (bytes) => {
    const code = `<TextCode X="0" Y="3">发票号码${' '.repeat(bytes)}x</TextCode>`;
    return `<Page><TextObject Boundary="1 1 1 1">${code}</TextObject></Page>`;
  },
};

function filled(bytes: number, unit: string): string {
  return `<EInvoice>${unit.repeat(bytes / unit.length)}</EInvoice>`;
}

function numbered(bytes: number, unit: (n: number) => string): string {
  let text = '';
  for (let n = 0; text.length < bytes; n += 1) text += unit(n);
  return text;
}

const ARCHIVES: Record<string, () => Uint8Array> = {
  'parts that inflate to the limit': () =>
    zip(
      Array.from({ length: 23 }, (_, n) => zipPart(`part-${n}`, Buffer.alloc(2 ** 20))),
      ISSUED,
    ),
  'as many parts as there may be': () =>
    zip(
      Array.from({ length: 4_096 }, (_, n) => zipPart(`part-${n}`, `${n}`)),
      ISSUED,
    ),
  'large parts with every digest': () => {
    const big = Buffer.alloc(20 * 2 ** 20);
    const digests = ['SM3', 'MD5', 'SHA1', 'SHA256'].map((method) =>
      references(method, 1, 'big', createHash(method.toLowerCase()).update(big).digest('base64')),
    );
    return signed(digests.join(''), { big });
  },
  'everything near its limit': () => {
    const big = Buffer.alloc(19 * 2 ** 20);
    const digest = createHash('sm3').update(big).digest('base64');
    return signed(references('SM3', 2_000, 'big', digest), {
      big,
      'Page.xml': filled(2.5 * 2 ** 20, '<![CDATA[x]]>'),
    });
  },
  'references to one part': () => {
    const digest = createHash('md5').update('x').digest('base64');
    return signed(references('MD5', 60_000, 'big', digest), { big: 'x' });
  },
  'references by long ways': () => {
    const digest = createHash('md5').update('x').digest('base64');
    return signed(references('MD5', 800, `${'a/../'.repeat(1_000)}big`, digest), { big: 'x' });
  },
  'pages of one part': () => {
    const pages = '<Page BaseLoc="Page.xml"/>'.repeat(30_000);
    return zip(
      [
        zipPart('OFD.xml', '<OFD><DocBody><DocRoot>Doc.xml</DocRoot></DocBody></OFD>'),
        zipPart('Doc.xml', `<Document><Pages>${pages}</Pages></Document>`),
        zipPart('Page.xml', '<Page/>'),
      ],
      ISSUED,
    );
  },
  'bodies of one document': () => {
    const body = '<DocBody><DocRoot>Doc.xml</DocRoot></DocBody>';
    const pages = '<Page BaseLoc="Page.xml"/>'.repeat(300);
    return zip(
      [
        zipPart('OFD.xml', `<OFD>${body.repeat(20_000)}</OFD>`),
        zipPart('Doc.xml', `<Document><Pages>${pages}</Pages></Document>`),
        zipPart('Page.xml', '<Page/>'),
      ],
      ISSUED,
    );
  },
};

function references(method: string, count: number, part: string, digest: string): string {
  const reference = `<Reference FileRef="/${part}"><CheckValue>${digest}</CheckValue></Reference>`;
  return `<References CheckMethod="${method}">${reference.repeat(count)}</References>`;
}

function signed(references_xml: string, parts: Record<string, string | Uint8Array>): Uint8Array {
  const all = {
    'OFD.xml':
      '<OFD><DocBody><DocRoot>Doc.xml</DocRoot><Signatures>Signatures.xml</Signatures>' +
      '</DocBody></OFD>',
    'Doc.xml': '<Document><Pages><Page BaseLoc="Page.xml"/></Pages></Document>',
    'Page.xml': '<Page/>',
    'Signatures.xml': '<Signatures><Signature BaseLoc="Signature.xml"/></Signatures>',
    'Signature.xml': `<Signature>${references_xml}</Signature>`,
    ...parts,
  };
  return zip(
    Object.entries(all).map(([name, content]) => zipPart(name, content)),
    ISSUED,
  );
}

const PDFS: Record<string, () => Uint8Array> = {
  'one long array of numbers': () => catalogue(`[${'1 '.repeat(LARGEST_BYTES / 2)}]`),
  'one long array of references': () => catalogue(`[${'1 0 R '.repeat(LARGEST_BYTES / 6)}]`),
  'one long array of what is nearly a reference': () =>
    catalogue(`[${'1 0 r '.repeat(LARGEST_BYTES / 6)}]`),
  'one long array of names': () => catalogue(`[${'/a'.repeat(LARGEST_BYTES / 2)}]`),
  'one long array of arrays': () => catalogue(`[${'[]'.repeat(LARGEST_BYTES / 2)}]`),
  'one long dictionary': () => catalogue(`<< ${numbered(LARGEST_BYTES, (n) => `/a${n} 1 `)} >>`),
  'one long string': () => catalogue(`(${'x'.repeat(LARGEST_BYTES)})`),
  'one long comment': () => catalogue(`%${'x'.repeat(LARGEST_BYTES)}\nnull`),
  'white space': () => catalogue(`${' '.repeat(LARGEST_BYTES)}null`),
  'a cross-reference of many entries': () => {
    const rows = '0000000010 00000 n \n'.repeat(100_000);
    return Buffer.from(`%PDF-1.4\nxref\n0 499000\n${rows}trailer\n<< >>\nstartxref\n9\n%%EOF\n`);
  },
  'pages that share their contents': () => {
    const contents = `[${'4 0 R '.repeat(2_000)}]`;
    const kids = '3 0 R '.repeat(2_000);
    return tablePdf({
      ...ONE_PAGE,
      2: `<< /Type /Pages /Kids [${kids}] >>`,
      3: `<< /Type /Page /Parent 2 0 R /Contents ${contents} >>`,
    });
  },
  'a cross-reference with predicted bytes': () =>
    Buffer.concat([
      Buffer.from('%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 1] /Filter /FlateDecode '),
      Buffer.from('/DecodeParms << /Predictor 15 /Columns 4 >> >>\nstream\n'),
      deflateSync(Buffer.alloc(4 * 2 ** 20 - 5, 4)),
      Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n'),
    ]),
  'headers of objects': () => broken('1 0 obj '.repeat(LARGEST_BYTES / 8)),
  'streams without an end': () => broken('1 0 obj << >> stream\n'.repeat(LARGEST_BYTES / 21)),
  'empty trailers': () => broken('trailer<<>>'.repeat(LARGEST_BYTES / 11)),
  'catalogues without a tree': () =>
    broken(numbered(LARGEST_BYTES, (n) => `${n} 0 obj<</Type/Catalog>>\nendobj\n`)),
  'texts of one letter': () => shown('(1) Tj '.repeat(1_000_000)),
  'texts of blanks': () => shown('( ) Tj '.repeat(1_000_000)),
  'labels without a number': () => shown(`(${'x'.repeat(40)}) Tj `.repeat(100_000), LABELS),
  'a label and blanks behind it': () => shown(`(x${' '.repeat(2_000_000)}y) Tj`, LABELS),
  'one text of digits and blanks': () => shown(`(${'1 '.repeat(2_000_000)}) Tj`),
  'forms in forms': () => {
    const content = '/X Do '.repeat(2_000);
    const form = `<< /Subtype /Form /Resources 5 0 R /Length ${content.length} >>\nstream\n`;
    return drawn(content, { 9: `${form}${content}\nendstream` });
  },
  'a map of many codes': () => {
    const map = '<0000> <ffff> <0031> '.repeat(60_000);
    return shown(`(${'x'.repeat(400_000)}) Tj`, { 7: cmap(`${map}endbfrange`) });
  },
  'an encoding of many codes': () => {
    const map = '<0000> <0001> 7 '.repeat(60_000);
    return shown(`(${'xyz'.repeat(130_000)}) Tj`, {
      6: '<< /Subtype /Type0 /Encoding 7 0 R /DescendantFonts [8 0 R] >>',
      7: cmap(`${map}endcidrange`),
      8: `<< /W [${'9 9 9 '.repeat(50_000)}] >>`,
    });
  },
  'an LZW bomb': () => drawn('', { 4: lzwBomb() }),
  'a compressed object stream': () =>
    streamPdf({ ...ONE_PAGE, 5: `[${'1 0 R '.repeat(600_000)}]` }),
};

/** A file whose cross-reference is nowhere. */
function broken(body: string): Uint8Array {
  return Buffer.from(`%PDF-1.4\n${body}\nstartxref\n7\n%%EOF\n`, 'latin1');
}

function drawn(content: string, changes: Record<number, string>): Uint8Array {
  const data = deflateSync(Buffer.from(content, 'latin1')).toString('latin1');
  const entries = `/Filter /FlateDecode /Length ${data.length}`;
  return tablePdf({
    ...ONE_PAGE,
    3: '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R >>',
    4: `<< ${entries} >>\nstream\n${data}\nendstream`,
    5: '<< /Font << /F 6 0 R >> /XObject << /X 9 0 R >> >>',
    6: '<< /Type /Font /Subtype /Type1 /ToUnicode 7 0 R >>',
    7: 'null',
    8: 'null',
    9: 'null',
    ...changes,
  });
}

function shown(operators: string, changes: Record<number, string> = {}): Uint8Array {
  return drawn(`BT /F 9 Tf ${operators} ET`, changes);
}

function cmap(text: string): string {
  const data = deflateSync(Buffer.from(text)).toString('latin1');
  return `<< /Filter /FlateDecode /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

/** Each letter is the label 发票号码. */
const LABELS = {
  7: cmap(`<78> <${Buffer.from('发票号码', 'utf16le').swap16().toString('hex')}> endbfchar`),
};

/** The same letter again and again, each time a code for one more of it. */
function lzwBomb(): string {
  let bits = '';
  let width = 9;
  for (let code = 257; code < 4_095; code += 1) {
    bits += (code === 257 ? 65 : code).toString(2).padStart(width, '0');
    if (code + 2 >= 1 << width && width < 12) width += 1;
  }
  const once = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
  const data = Buffer.from(once.map((byte) => Number.parseInt(byte, 2))).toString('latin1');
  return `<< /Filter /LZWDecode /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

function catalogue(object: string): Uint8Array {
  return tablePdf({ ...ONE_PAGE, 1: object });
}
