import { specimenFile, specimenInvoice } from '../../../../probes/specimen/index.ts';
import { type FieldFiles, ISSUED, NUMBER, OTHER_NUMBER } from '../field-file.ts';
import { archive } from '../ofd/zip-writer.ts';
import { type EinvoiceParts, einvoice } from './einvoice.ts';

const SOUND = { verdict: 'sound', reason: null } as const;
const NUMBERS = { verdict: 'mismatch', reason: 'number_mismatch' } as const;
const SUMS = { verdict: 'mismatch', reason: 'sums_mismatch' } as const;

/** Spellings of one invoice. */
export const XML_SPELLINGS: FieldFiles = {
  'our own specimen': {
    make: () => specimenFile('xml', specimenInvoice(NUMBER, ISSUED)),
    should: SOUND,
  },
  plain: { make: () => made(), should: SOUND },
  'no declaration': () => made({ declaration: '' }),
  'a byte order mark': () => Buffer.from(`\ufeff${einvoice()}`),
  'UTF-16, little end first': () => utf16('utf-16'),
  'UTF-16, big end first': () => utf16('UTF-16').swap16(),
  'GB 18030': () => chinese('GB18030'),
  GBK: () => chinese('GBK'),
  'a declaration in single quotes': () =>
    made({ declaration: "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n" }),
  'indented with carriage returns': () => Buffer.from(einvoice().replace(/></g, '>\r\n  <')),
  'a blank line before the declaration': {
    id: 'F11',
    make: () => Buffer.from(`\n${einvoice()}`),
    should: { verdict: 'corrupt', reason: 'not_well_formed' },
  },
  'a blank line before no declaration': () => Buffer.from(`\n \n${einvoice({ declaration: '' })}`),
  'blanks behind the root': () => Buffer.from(`${einvoice()}\n\n  \n`),
  'a comment behind the root': () => Buffer.from(`${einvoice()}<!-- made by -->\n`),
  'zeros behind the root': () => Buffer.from(`${einvoice()}\0\0\0\0`),
  'a document type': {
    id: 'F9',
    make: () => made({ declaration: '<?xml version="1.0"?>\n<!DOCTYPE EInvoice>\n' }),
    should: { verdict: ['unjudged', 'sound'] },
  },
  'a document type with an entity': {
    id: 'F9',
    make: () =>
      made({
        declaration: '<?xml version="1.0"?>\n<!DOCTYPE EInvoice [<!ENTITY x "y">]>\n',
        more: '<Extra>&x;</Extra>',
      }),
    should: { verdict: ['unjudged', 'sound'] },
  },
  'sections of characters': () =>
    Buffer.from(
      einvoice()
        .replace(/(?<=<ItemName>)(.*?)(?=<\/)/, '<![CDATA[$1 <&]]>')
        .replace(`<InvoiceNumber>${NUMBER}`, `<InvoiceNumber><![CDATA[${NUMBER}]]>`),
    ),
  'references to characters': () =>
    Buffer.from(einvoice().replace(`<EIid>${NUMBER}`, `<EIid>&#50;&#x36;${NUMBER.slice(2)}`)),
  'a default namespace': () =>
    Buffer.from(einvoice().replace('<EInvoice>', '<EInvoice xmlns="urn:example:einvoice">')),
  'a namespace with a prefix': () =>
    Buffer.from(
      einvoice({ declaration: '' })
        .replace(/<(\/?)(?=[A-Z])/g, '<$1e:')
        .replace('<e:EInvoice>', '<e:EInvoice xmlns:e="urn:example:einvoice">'),
    ),
  'HTML in a comment': {
    id: 'F14',
    make: () => made({ declaration: '<?xml version="1.0"?>\n<!-- <html> of the portal -->\n' }),
    should: SOUND,
  },
  'HTML in the remark': {
    id: 'F14',
    make: () => made({ more: '<Remark><![CDATA[<html><body>x</body></html>]]></Remark>' }),
    should: SOUND,
  },
  'an instruction for style sheets': () =>
    made({ declaration: '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n' }),
  'a signature of XML within': () =>
    made({ more: '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>' }),
  '6,000 lines': {
    id: 'F2',
    make: () => lines(6_000),
    should: { verdict: ['sound', 'unjudged'], reason: [null, 'too_large'] },
  },
  '600 lines': { id: 'F2', make: () => lines(600), should: SOUND },
  'in an archive': { id: 'F16', make: () => zipped({ 'a.xml': einvoice() }), should: IN_ARCHIVE() },
  'in an archive with its PDF and OFD': {
    id: 'F16',
    make: () =>
      zipped({
        'dzfp.pdf': specimenFile('pdf', specimenInvoice(NUMBER, ISSUED)),
        'dzfp.ofd': specimenFile('ofd', specimenInvoice(NUMBER, ISSUED)),
        'dzfp.xml': einvoice(),
      }),
    should: IN_ARCHIVE(),
  },
  'in an archive, in a folder called in Chinese': {
    id: 'F16',
    make: () => zipped({ '发票/数电票.xml': einvoice() }),
    should: IN_ARCHIVE(),
  },
  'in an archive of ZIP64 with sizes behind the data': {
    id: 'F16',
    make: () => archive([['a.xml', einvoice()]], { zip64: 'everywhere', descriptors: 'signed' }),
    should: IN_ARCHIVE(),
  },
  'in an archive from a Mac': {
    id: 'F16',
    make: () => zipped({ 'a.xml': einvoice(), '__MACOSX/._a.xml': Buffer.alloc(120, 1) }),
    should: { verdict: 'sound' },
  },
  'in an archive with another invoice': {
    id: 'F16',
    make: () => zipped({ 'a.xml': einvoice({ number: OTHER_NUMBER }), 'b.xml': einvoice() }),
    should: { verdict: 'sound' },
  },
  'in an encrypted archive': {
    id: 'F16',
    make: () =>
      archive([['a.xml', einvoice()]], { each: { encrypted: true, data: Buffer.alloc(200, 7) } }),
    should: { verdict: 'unjudged', reason: 'encrypted', checked: 'none' },
  },
  'a character beyond the basic plane': () => made({ more: '<Remark>😀𠮷</Remark>' }),
  'a reference to a character beyond the basic plane': () =>
    made({ more: '<Remark>&#x1F600;&#x20BB7;</Remark>' }),
  'a carriage return as a reference': () => made({ more: '<Remark>a&#13;&#10;b</Remark>' }),
  'names in Chinese': () => made({ more: '<备注 类型="样张">样张</备注>' }),
  'blanks within tags': () =>
    Buffer.from(
      einvoice().replaceAll('</Header>', '</Header\n >').replace('<Header>', '<Header >'),
    ),
  'nested 200 deep': () => made({ more: '<a>'.repeat(200) + '</a>'.repeat(200) }),
  'nested 300 deep': () => made({ more: '<a>'.repeat(300) + '</a>'.repeat(300) }),
  'a remark of 3 MB': {
    id: 'F2',
    make: () => made({ more: `<Remark>${'样张 '.repeat(400_000)}</Remark>` }),
    should: { verdict: ['sound', 'unjudged'], reason: [null, 'too_large'] },
  },
};

function IN_ARCHIVE() {
  return { verdict: 'sound', notes: ['in_archive'] } as const;
}

/** Numbers and sums that differ, and such as only seem to. */
export const XML_CONTENTS: FieldFiles = {
  'four lines of 3.334': {
    id: 'F15',
    make: () =>
      made({
        lines: Array.from({ length: 4 }, () => ({ amount: '3.334', tax: '0.43', sum: '3.764' })),
        totals: { amount: '13.32', tax: '1.72', sum: '15.04' },
      }),
    should: SOUND,
  },
  'four lines, each figure rounded by itself': { id: 'F15', make: rounded, should: SOUND },
  'forty lines, each rounded': {
    id: 'F15',
    make: () =>
      made({
        lines: Array.from({ length: 40 }, () => ({ amount: '0.33', tax: '0.04', sum: '0.38' })),
        totals: { amount: '13.33', tax: '1.73', sum: '15.06' },
      }),
    should: SOUND,
  },
  'a line free of tax': () =>
    made({
      lines: [{ amount: '100.00', tax: '***', sum: '100.00' }],
      totals: { amount: '100.00', tax: '0.00', sum: '100.00' },
    }),
  'a discount in a line of its own': () =>
    made({
      lines: [
        { amount: '110.00', tax: '14.30', sum: '124.30' },
        { amount: '-10.00', tax: '-1.30', sum: '-11.30' },
      ],
    }),
  'a red letter invoice': () =>
    made({
      lines: [{ amount: '-100.00', tax: '-13.00', sum: '-113.00' }],
      totals: { amount: '-100.00', tax: '-13.00', sum: '-113.00' },
    }),
  'lines without a total of their own': () =>
    Buffer.from(einvoice().replace(/<TotaltaxIncludedAmount>.*?<\/TotaltaxIncludedAmount>/, '')),
  'no lines': () => made({ lines: [] }),
  'another invoice': {
    id: 'F4',
    make: () => made({ number: OTHER_NUMBER }),
    unseen: 'another invoice',
    should: NUMBERS,
  },
  'another number in the header': {
    id: 'F4',
    make: () => made({ id: OTHER_NUMBER }),
    unseen: 'another invoice',
    should: { verdict: 'mismatch' },
  },
  'another invoice in an archive': {
    id: 'F16',
    make: () => zipped({ 'a.xml': einvoice({ number: OTHER_NUMBER }) }),
    unseen: 'another invoice',
    should: NUMBERS,
  },
  'a total that is no sum': {
    make: () => made({ totals: { amount: '100.00', tax: '13.00', sum: '913.00' } }),
    unseen: 'sums',
    should: SUMS,
  },
  'a total that is off by four fen, two lines': {
    id: 'F15',
    make: () =>
      made({
        lines: [
          { amount: '50.00', tax: '6.50', sum: '56.50' },
          { amount: '50.00', tax: '6.50', sum: '56.50' },
        ],
        totals: { amount: '100.04', tax: '13.00', sum: '113.04' },
      }),
    unseen: 'sums',
    should: SUMS,
  },
  'a line that does not add up': {
    make: () => made({ lines: [{ amount: '100.00', tax: '13.00', sum: '118.00' }] }),
    unseen: 'sums',
    should: SUMS,
  },
};

function rounded(): Buffer {
  return made({
    lines: Array.from({ length: 4 }, () => ({ amount: '3.33', tax: '0.43', sum: '3.77' })),
    totals: { amount: '13.34', tax: '1.73', sum: '15.07' },
  });
}

function made(parts: EinvoiceParts = {}): Buffer {
  return Buffer.from(einvoice(parts));
}

function lines(count: number): Buffer {
  const fen = (value: number) => (value / 100).toFixed(2);
  return made({
    lines: Array.from({ length: count }, () => ({ amount: '100.00', tax: '13.00', sum: '113.00' })),
    totals: {
      amount: fen(count * 10_000),
      tax: fen(count * 1_300),
      sum: fen(count * 11_300),
    },
  });
}

function utf16(called: string): Buffer {
  const declaration = `<?xml version="1.0" encoding="${called}"?>\n`;
  return Buffer.from(`\ufeff${einvoice({ declaration })}`, 'utf16le');
}

/** The Chinese characters of these invoices, in GBK (GB 18030-2022, two-byte area). */
const GBK: Readonly<Record<string, string>> = {
  样: 'd1f9',
  张: 'd5c5',
  第: 'b5da',
  项: 'cfee',
  件: 'bcfe',
  销: 'cffa',
  售: 'cadb',
  方: 'b7bd',
  模: 'c4a3',
  拟: 'c4e2',
  购: 'b9ba',
  买: 'c2f2',
  '（': 'a3a8',
  '）': 'a3a9',
};

function chinese(called: string): Buffer {
  const text = einvoice({ declaration: `<?xml version="1.0" encoding="${called}"?>\n` });
  return Buffer.concat(
    [...text].map((it) => {
      const code = GBK[it];
      return code === undefined ? Buffer.from(it) : Buffer.from(code, 'hex');
    }),
  );
}

function zipped(parts: Readonly<Record<string, string | Uint8Array>>): Buffer {
  return archive(Object.entries(parts));
}
