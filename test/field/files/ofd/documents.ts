import { specimenFile, specimenInvoice } from '../../../../probes/specimen/index.ts';
import { type FieldFiles, ISSUED, NUMBER, OTHER_NUMBER } from '../field-file.ts';
import {
  type Changes,
  content,
  entry,
  invoiceLines,
  ofdFile,
  ofdParts,
  signed,
  xml,
} from './writer.ts';

const PAGE = 'Doc_0/Pages/Page_0/Content.xml';
const BY_DIGESTS = { verdict: 'sound', checked: 'digests', reason: null } as const;
const BY_STRUCTURE = { verdict: 'sound', checked: 'structure', reason: null } as const;
const MISTAKEN = { verdict: 'mismatch', reason: 'number_mismatch' } as const;
const NOT_FOUND = { verdict: 'sound', notes: ['number_not_found'] } as const;
const NOT_FALSE = { verdict: ['sound', 'unjudged'], reason: [null, 'too_large'] } as const;

/** What signs a document and how. */
export const OFD_SIGNATURES: FieldFiles = {
  'our own specimen': {
    make: () => specimenFile('ofd', specimenInvoice(NUMBER, ISSUED)),
    should: BY_DIGESTS,
  },
  unsigned: { id: 'F12', make: () => ofdFile(), should: BY_STRUCTURE },
  'signed with SM3': { make: () => ofdFile(signed(ofdParts())), should: BY_DIGESTS },
  'SM3 by name': () => ofdFile(signed(ofdParts(), { called: 'SM3' })),
  'SHA-256': () =>
    ofdFile(signed(ofdParts(), { algorithm: 'sha256', called: '2.16.840.1.101.3.4.2.1' })),
  'SHA-1': () => ofdFile(signed(ofdParts(), { algorithm: 'sha1', called: '1.3.14.3.2.26' })),
  'MD5, by default': () => ofdFile(signed(ofdParts(), { algorithm: 'md5', called: null })),
  'MD5 by name': () => ofdFile(signed(ofdParts(), { algorithm: 'md5', called: 'MD5' })),
  'a digest of SM3 with a key': {
    id: 'F12',
    make: () => ofdFile(signed(ofdParts(), { called: '1.2.156.10197.1.401.2' })),
    should: { verdict: 'unjudged', reason: 'unknown_digest', checked: 'none' },
  },
  'a digest nobody knows': {
    id: 'F12',
    make: () => ofdFile(signed(ofdParts(), { called: '1.2.3.4' })),
    should: { verdict: 'unjudged', reason: 'unknown_digest', checked: 'none' },
  },
  'sealed twice': {
    id: 'F8',
    make: () => ofdFile(signed(ofdParts(), { seals: 2 })),
    should: { verdict: 'sound', reason: null },
  },
  'a signature over the page only': () =>
    ofdFile(
      signed(ofdParts(), { uncovered: Object.keys(ofdParts()).filter((name) => name !== PAGE) }),
    ),
  'a signature over everything but the page': () =>
    ofdFile(signed(ofdParts(), { uncovered: [PAGE] })),
  'an empty list of signatures': () =>
    ofdFile({
      ...ofdParts(),
      'OFD.xml': entry(NUMBER, '<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>'),
      'Doc_0/Signs/Signatures.xml': xml('Signatures', '<ofd:MaxSignId>0</ofd:MaxSignId>'),
    }),
};

/** What a document is made of. */
export const OFD_DOCUMENTS: FieldFiles = {
  'two documents': () => ofdFile(twoDocuments()),
  'no template and no resources': () =>
    ofdFile(
      ofdParts({
        'Doc_0/Document.xml': documentOf('<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'),
        'Doc_0/PublicRes.xml': null,
        'Doc_0/DocumentRes.xml': null,
        'Doc_0/Res/specimen.ttf': null,
        'Doc_0/Res/point.png': null,
        'Doc_0/Tpls/Tpl_0/Content.xml': null,
        [PAGE]: content(invoiceLines()),
      }),
    ),
  'a font that is not embedded': () =>
    changed({
      'Doc_0/PublicRes.xml': xml(
        'Res',
        '<ofd:Fonts><ofd:Font ID="4" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>',
        'BaseLoc="Res"',
      ),
      'Doc_0/Res/specimen.ttf': null,
    }),
  'locations from the root': () =>
    changed({
      'Doc_0/Document.xml': replacedIn(
        'Doc_0/Document.xml',
        'BaseLoc="Pages',
        'BaseLoc="/Doc_0/Pages',
      ),
    }),
  'locations from the root without a slash': {
    make: () =>
      changed({
        'Doc_0/Document.xml': replacedIn(
          'Doc_0/Document.xml',
          'BaseLoc="Pages',
          'BaseLoc="Doc_0/Pages',
        ),
      }),
    opened_by: 'ofd.js',
  },
  'a byte order mark in each part': () =>
    ofdFile(
      Object.fromEntries(
        Object.entries(ofdParts()).map(([name, it]) => [
          name,
          typeof it === 'string' ? `\ufeff${it}` : it,
        ]),
      ),
    ),
  'no prefix of names': () =>
    ofdFile(
      Object.fromEntries(
        Object.entries(ofdParts()).map(([name, it]) => [
          name,
          typeof it === 'string' ? it.replaceAll('ofd:', '').replace('xmlns:ofd', 'xmlns') : it,
        ]),
      ),
    ),
  'an attachment, annotations and tags': () =>
    changed({
      'Doc_0/Document.xml': replacedIn(
        'Doc_0/Document.xml',
        '</ofd:Pages>',
        '</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>' +
          '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>' +
          '<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>',
      ),
      'Doc_0/Annots/Annotations.xml': xml(
        'Annotations',
        '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>',
      ),
      'Doc_0/Annots/Page_0/Annotation.xml': xml('PageAnnot', ''),
      'Doc_0/Attachs/Attachments.xml': xml(
        'Attachments',
        '<ofd:Attachment ID="1" Name="invoice" Format="xml" Visible="false">' +
          '<ofd:FileLoc>original_invoice.xml</ofd:FileLoc></ofd:Attachment>',
      ),
      'Doc_0/Attachs/original_invoice.xml': '<EInvoice/>',
      'Doc_0/Tags/CustomTags.xml': xml('CustomTags', ''),
    }),
  'an attachment that is not there': () =>
    changed({
      'Doc_0/Document.xml': replacedIn(
        'Doc_0/Document.xml',
        '</ofd:Pages>',
        '</ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>',
      ),
      'Doc_0/Attachs/Attachments.xml': xml(
        'Attachments',
        '<ofd:Attachment ID="1" Name="invoice" Format="xml" Visible="false">' +
          '<ofd:FileLoc>original_invoice.xml</ofd:FileLoc></ofd:Attachment>',
      ),
    }),
  'a list of annotations that is not there': () =>
    changed({
      'Doc_0/Document.xml': replacedIn(
        'Doc_0/Document.xml',
        '</ofd:Pages>',
        '</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>',
      ),
    }),
  'a font that nothing uses and is not there': () =>
    changed({
      'Doc_0/PublicRes.xml': replacedIn(
        'Doc_0/PublicRes.xml',
        '</ofd:Fonts>',
        '<ofd:Font ID="44" FontName="X"><ofd:FontFile>none.ttf</ofd:FontFile></ofd:Font>' +
          '</ofd:Fonts>',
      ),
    }),
  'locations with a dot': () =>
    changed({
      'Doc_0/Document.xml': replacedIn('Doc_0/Document.xml', 'BaseLoc="Pages', 'BaseLoc="./Pages'),
    }),
  'a page whose texts are in a group': () =>
    changed({
      [PAGE]: content(invoiceLines()).replace(
        /(<ofd:TextObject.*<\/ofd:TextObject>)/,
        '<ofd:PageBlock ID="70">$1</ofd:PageBlock>',
      ),
    }),
  'glyphs beside the text': () =>
    changed({
      [PAGE]: content(invoiceLines()).replace(
        '<ofd:TextCode',
        '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2">' +
          '<ofd:Glyphs>5 6</ofd:Glyphs></ofd:CGTransform><ofd:TextCode',
      ),
    }),
  'a part that nothing names': () => changed({ 'Doc_0/Res/left-over.bin': 'left over' }),
  '50 pages of 150 texts': {
    id: 'F1',
    make: () => ofdFile(manyPages(50, 150)),
    should: NOT_FALSE,
  },
  'one page of 12,000 texts': {
    id: 'F1',
    make: () => changed({ [PAGE]: content([...invoiceLines(), ...texts(12_000)]) }),
    should: NOT_FALSE,
  },
  '4,100 parts': {
    id: 'F1',
    make: () =>
      changed(
        Object.fromEntries(Array.from({ length: 4_100 }, (_, n) => [`Doc_0/Res/${n}.bin`, `${n}`])),
      ),
    should: NOT_FALSE,
  },
  '28 MiB of fonts': {
    id: 'F1',
    make: () =>
      changed({
        'Doc_0/Res/a.ttf': fontLike(14 * 2 ** 20),
        'Doc_0/Res/b.ttf': fontLike(14 * 2 ** 20),
      }),
    should: NOT_FALSE,
  },
  '28 MiB of fonts, signed': {
    id: 'F1',
    make: () =>
      ofdFile(
        signed({
          ...ofdParts(),
          'Doc_0/Res/a.ttf': fontLike(14 * 2 ** 20),
          'Doc_0/Res/b.ttf': fontLike(14 * 2 ** 20),
        }),
      ),
    should: NOT_FALSE,
  },
};

/** Which invoice it is. */
export const OFD_NUMBERS: FieldFiles = {
  'the number on the page only': {
    make: () => changed({ 'OFD.xml': entry(null) }),
    should: { verdict: 'sound', reason: null },
  },
  'the number in the template only': () =>
    changed({
      'OFD.xml': entry(null),
      [PAGE]: content(['Sum 113.00'], {
        template: '<ofd:Template TemplateID="3" ZOrder="Background"/>',
      }),
      'Doc_0/Tpls/Tpl_0/Content.xml': content(invoiceLines(), { first: 20 }),
    }),
  'the number in two texts': () =>
    changed({
      'OFD.xml': entry(null),
      [PAGE]: content([`No. ${NUMBER.slice(0, 12)}`, NUMBER.slice(12)]),
    }),
  'no number anywhere': {
    id: 'F4',
    make: () => changed({ 'OFD.xml': entry(null), [PAGE]: content(['Sum 113.00']) }),
    should: NOT_FOUND,
  },
  'a page that says 系统繁忙': {
    id: 'F4',
    make: () => changed({ 'OFD.xml': entry(null), [PAGE]: content(['系统繁忙，请稍后再试']) }),
    should: NOT_FOUND,
  },
  'another invoice': {
    id: 'F4',
    make: () =>
      changed({ 'OFD.xml': entry(OTHER_NUMBER), [PAGE]: content(invoiceLines(OTHER_NUMBER)) }),
    unseen: 'another invoice',
    should: MISTAKEN,
  },
  'another invoice by its page only': {
    id: 'F4',
    make: () => changed({ 'OFD.xml': entry(null), [PAGE]: content(invoiceLines(OTHER_NUMBER)) }),
    unseen: 'another invoice',
    should: MISTAKEN,
  },
  'the specimen of another invoice': {
    id: 'F4',
    make: () => specimenFile('ofd', specimenInvoice(OTHER_NUMBER, ISSUED)),
    unseen: 'another invoice',
    should: MISTAKEN,
  },
};

function changed(changes: Changes): Buffer {
  return ofdFile(ofdParts(changes));
}

function replacedIn(name: string, found: string, by: string): string {
  return String(ofdParts()[name]).replace(found, by);
}

function documentOf(pages: string, more = ''): string {
  return xml(
    'Document',
    '<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>' +
      '<ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>' +
      `${more}</ofd:CommonData><ofd:Pages>${pages}</ofd:Pages>`,
  );
}

function manyPages(pages: number, each: number) {
  const numbers = Array.from({ length: pages }, (_, n) => n);
  return ofdParts({
    'Doc_0/Document.xml': documentOf(
      numbers
        .map((n) => `<ofd:Page ID="${n + 1}" BaseLoc="Pages/Page_${n}/Content.xml"/>`)
        .join(''),
      '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>',
    ),
    ...Object.fromEntries(
      numbers.map((n) => [
        `Doc_0/Pages/Page_${n}/Content.xml`,
        content([...(n === 0 ? invoiceLines() : []), ...texts(each)]),
      ]),
    ),
  });
}

function texts(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `goods ${n}`);
}

function twoDocuments() {
  const parts = ofdParts();
  const second = Object.fromEntries(
    Object.entries(parts)
      .filter(([name]) => name.startsWith('Doc_0/'))
      .map(([name, it]) => [name.replace('Doc_0', 'Doc_1'), it]),
  );
  const body = /<ofd:DocBody>.*<\/ofd:DocBody>/.exec(String(parts['OFD.xml']))?.[0] ?? '';
  return {
    ...parts,
    ...second,
    'OFD.xml': xml('OFD', body + body.replace('Doc_0', 'Doc_1'), 'Version="1.0" DocType="OFD"'),
  };
}

/** Bytes that compress about as little as a font's outlines do, the same every time. */
function fontLike(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 4) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    bytes.writeInt32LE(state & 0x0f0f0f0f, at);
  }
  return bytes;
}
