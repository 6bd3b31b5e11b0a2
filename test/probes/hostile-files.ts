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
  'a compressed object stream': () =>
    streamPdf({ ...ONE_PAGE, 5: `[${'1 0 R '.repeat(600_000)}]` }),
};

function catalogue(object: string): Uint8Array {
  return tablePdf({ ...ONE_PAGE, 1: object });
}
