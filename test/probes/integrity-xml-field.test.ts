import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../probes/integrity/index.ts';
import { NUMBER, OTHER_NUMBER } from '../field/files/field-file.ts';
import { ofdFile } from '../field/files/ofd/writer.ts';
import { archive } from '../field/files/ofd/zip-writer.ts';
import { type EinvoiceLine, type EinvoiceParts, einvoice } from '../field/files/xml/einvoice.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Verdict or reason, with the place and the notes. */
function judge(content: string | Uint8Array, number: string | null = NUMBER) {
  const { integrity, notes, facts } = inspectFile({
    format: 'xml',
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
    content_length: null,
    expected: number === null ? null : { number },
  });
  const { verdict, reason, where } = integrity;
  return { found: reason ?? verdict, where, notes, facts };
}

/** As UTF-16, without a byte order mark. */
function utf16(text: string, big_endian = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return big_endian ? bytes.swap16() : bytes;
}

const bare = (parts: EinvoiceParts = {}) => einvoice({ ...parts, declaration: '' });

describe('F2 · an invoice of 6,000 lines', () => {
  it('is read', () => {
    const lines = Array.from({ length: 6_000 }, () => ({
      amount: '1.00',
      tax: '0.13',
      sum: '1.13',
    }));
    const totals = { amount: '6000.00', tax: '780.00', sum: '6780.00' };
    const text = einvoice({ lines, totals });
    expect(text.length).toBeGreaterThan(1_500_000);
    expect(judge(text)).toMatchObject({
      found: 'sound',
      facts: { number: NUMBER, amounts: ['6000.00', '780.00', '6780.00'] },
    });
  });

  it('and of 60,000 is not judged', () => {
    const lines = Array.from({ length: 60_000 }, () => ({ amount: '1', tax: '0', sum: '1' }));
    expect(judge(einvoice({ lines })).found).toBe('too_large');
  });
});

describe('F4 · the number', () => {
  it('of another invoice', () => {
    expect(judge(einvoice(), OTHER_NUMBER).found).toBe('number_mismatch');
    expect(judge(einvoice({ id: OTHER_NUMBER })).found).toBe('number_mismatch');
  });

  it.each([
    ['with white space around it', einvoice().replace(NUMBER, `\n  ${NUMBER} `)],
    ['beside an id of another kind', einvoice({ id: 'a3f1c2d4' })],
    ['in the header only', einvoice().replace(/<InvoiceNumber>.*<\/InvoiceNumber>/, '')],
  ])('%s', (_, text) => {
    expect(judge(text)).toMatchObject({ found: 'sound', notes: [], facts: { number: NUMBER } });
  });

  it('nowhere: that is said, unless nobody asked', () => {
    const text = einvoice({ number: '' });
    expect(judge(text)).toMatchObject({ found: 'sound', notes: ['number_not_found'] });
    expect(judge(text, null)).toMatchObject({ found: 'sound', notes: [] });
  });
});

describe('F9 · XML of other kinds', () => {
  it.each([
    ['KSeF', '<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Naglowek/></Faktura>'],
    ['NF-e', '<nfeProc xmlns="http://www.portalfiscal.inf.br/nfe"><NFe/></nfeProc>'],
    ['UBL', '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'],
    ['CII', '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:x:100"/>'],
    ['XBRL', '<xbrl xmlns="http://www.xbrl.org/2003/instance"><x/></xbrl>'],
    ['an EInvoice without data', '<EInvoice><Header/></EInvoice>'],
    ['a document type with markup in entities', entities('<b>x</b>', '&e;')],
    ['a document type elsewhere', '<!DOCTYPE EInvoice SYSTEM "e.dtd"><EInvoice>&e;</EInvoice>'],
  ])('%s', (_, text) => {
    expect(judge(text).found).toBe('unknown_kind');
  });

  it.each([
    'EInvoice [<!ELEMENT>]',
    'EInvoice [<!ELEMENT EInvoice ANY>]',
    'a a a',
    '',
    '1',
    'a [',
    'a SYSTEM',
    'a PUBLIC "x"',
    'a PUBLIC "{}" "x"',
    'a SYSTEM "x" "y"',
    'a [x]',
    'a [<!ENTITY e "x]>',
    'a [<!ENTITY e "x\'>]',
    'a [<!ENTITY e"x">]',
    'a [<!ENTITY 1 "x">]',
    'a [<!ENTITY lt "x">]',
    'a [<!ENTITY e "x"] >',
    'a [<!ENTITY e "x">] b',
  ])('nothing good is said of an invoice with the document type %s', (type) => {
    const { found } = judge(`<!DOCTYPE ${type}>${bare()}`);
    expect(['unknown_kind', 'not_well_formed', 'truncated']).toContain(found);
  });

  it.each([
    ['a document type', `<!DOCTYPE EInvoice>${bare()}`],
    ['one of two identifiers', `<!DOCTYPE e:EInvoice PUBLIC "-//x//y" 'e.dtd' [ ] >${bare()}`],
    ['several entities', `<!DOCTYPE EInvoice\n[\n<!ENTITY 甲 "x">\n<!ENTITY b '"' >\n]>${bare()}`],
    ['one elsewhere, of which nothing is used', `<!DOCTYPE EInvoice SYSTEM "e.dtd">${bare()}`],
    ['one with plain entities', entities('样张', bare({ more: '<Remark>&e;</Remark>' }))],
  ])('an invoice with %s is checked', (_, text) => {
    expect(judge(text).found).toBe('sound');
  });

  it.each([
    ['cut', '<Invoice><Line>', 'truncated'],
    ['crossed', '<Invoice><Line></Invoice></Line>', 'not_well_formed'],
    [
      'an entity of nobody',
      '<!DOCTYPE a [<!ENTITY b "c">]><Invoice>&d;</Invoice>',
      'not_well_formed',
    ],
    ['an entity called like an object', '<Invoice>&constructor;</Invoice>', 'not_well_formed'],
  ])('%s: broken, whatever its kind', (_, text, reason) => {
    expect(judge(text).found).toBe(reason);
  });

  it.each([
    ['XHTML', `${DECLARATION}<!DOCTYPE html PUBLIC "x" "y"><html><body/></html>`],
    ['HTML behind a comment', '<!-- 502 --><html></html>'],
    ['a script', '<script>location.reload()</script>'],
    ['an error of object storage', '<Error><Code>NoSuchKey</Code></Error>'],
    ['a SOAP fault', '<s:Envelope xmlns:s="u"><s:Body><s:Fault/></s:Body></s:Envelope>'],
  ])('%s is no file', (_, text) => {
    expect(judge(text).found).toBe('not_a_file');
  });
});

function entities(value: string, text: string): string {
  const root = text.startsWith('<') ? text : `<EInvoice>${text}</EInvoice>`;
  return `<!DOCTYPE EInvoice [<!ENTITY e "${value}">]>${root}`;
}

describe('F11 · before and behind', () => {
  it.each([
    ['UTF-8', `${'\n'.repeat(20_000)}${bare()}`],
    ['UTF-8 with a mark', `\ufeff${' '.repeat(20_000)}${bare()}`],
    ['UTF-16', Buffer.from(`\ufeff${' '.repeat(20_000)}${bare()}`, 'utf16le')],
  ])('long white space before XML in %s without a declaration', (_, file) => {
    expect(judge(file).found).toBe('sound');
  });

  it.each([
    ['a blank line before the declaration', `\n${einvoice()}`],
    ['one behind a byte order mark', `\ufeff\n${einvoice()}`],
    ['text behind', `${einvoice()}more`],
    ['another root behind', `${einvoice()}<more/>`],
    ['a page behind', `${einvoice()}<html></html>`],
  ])('%s is not well-formed', (_, text) => {
    expect(judge(text).found).toBe('not_well_formed');
  });

  it.each([
    ['white space', ' \r\n\t'],
    ['a comment and an instruction', '<!-- x --><?x y?>\n'],
  ])('%s behind is part of it', (_, more) => {
    expect(judge(einvoice() + more)).toMatchObject({ found: 'sound', notes: [] });
  });

  it('NUL bytes behind are passed over, as xmllint does', () => {
    expect(judge(`${einvoice()}\0\0\0`)).toMatchObject({
      found: 'sound',
      notes: ['bytes_appended'],
    });
  });
});

describe('F14 · spellings', () => {
  it.each<[string, string | Uint8Array]>([
    ['HTML in a comment', einvoice().replace('?>\n', '?>\n<!-- <!DOCTYPE html><html> -->')],
    ['a byte order mark', `\ufeff${einvoice()}`],
    ['UTF-16 with its mark', utf16(`\ufeff${einvoice()}`)],
    ['UTF-16, the other end first', utf16(`\ufeff${einvoice()}`, true)],
    ['UTF-16 known by its declaration', utf16(einvoice().replace('UTF-8', 'UTF-16'))],
    ['a prefix that is declared nowhere', bare().replace(/<(\/?)(?=[A-Z])/g, '<$1fp:')],
    ['CDATA', einvoice({ more: '<Remark><![CDATA[a & b < c]]></Remark>' })],
    ['predefined entities', einvoice({ more: '<Remark>R&amp;D &lt; &#x6837;</Remark>' })],
  ])('%s', (_, text) => {
    expect(judge(text).found).toBe('sound');
  });

  // 样 is D1F9 in GBK and GB 18030; "𠀀", of GB 18030 alone, is 9532 8236.
  it.each([
    ['GBK', 'd1f9'],
    ['gb2312', 'd1f9'],
    ['CP936', 'd1f9'],
    ['GB18030', 'd1f995328236'],
  ])('%s', (label, bytes) => {
    const text = bare({ more: '<Remark>@</Remark>' }).replace(/[\u0080-\uffff]/g, '');
    const [head = '', tail = ''] = text.split('@');
    const file = Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${label}"?>${head}`),
      Buffer.from(bytes, 'hex'),
      Buffer.from(tail),
    ]);
    expect(judge(file).found).toBe('sound');
  });

  it.each([
    ['UTF-8 that calls itself UTF-16', einvoice().replace('UTF-8', 'UTF-16')],
    [
      'GBK that calls itself UTF-8',
      Buffer.from(einvoice().replace('>*样张', '>\xd1\xf9'), 'latin1'),
    ],
    ['version 2.0', einvoice().replace('version="1.0"', 'version="2.0"')],
    ['a control character', einvoice({ more: '<Remark>\x01</Remark>' })],
    ['an attribute twice', einvoice({ more: '<Remark a="1" a="2"/>' })],
  ])('%s is not well-formed, as for xmllint', (_, text) => {
    expect(judge(text).found).toBe('not_well_formed');
  });

  it.each(['CP437', 'EUC-TW', 'UTF-7'])('%s, which xmllint knows, is not judged', (label) => {
    expect(judge(einvoice().replace('UTF-8', label)).found).toBe('unknown_kind');
  });
});

describe('F15 · sums', () => {
  const of = (lines: EinvoiceLine[], totals: EinvoiceLine) =>
    judge(einvoice({ lines, totals })).found;
  const times = (count: number, line: EinvoiceLine) => Array.from({ length: count }, () => line);

  it.each<[string, EinvoiceLine[], EinvoiceLine]>([
    [
      'four lines of 3.334 that sum to 13.32',
      times(4, { amount: '3.334', tax: '0.433', sum: '3.767' }),
      { amount: '13.32', tax: '1.73', sum: '15.05' },
    ],
    [
      'lines whose figures were each rounded',
      times(3, { amount: '0.33', tax: '0.04', sum: '0.38' }),
      { amount: '1.00', tax: '0.13', sum: '1.13' },
    ],
    [
      'a red invoice',
      times(2, { amount: '-5', tax: '-0.65', sum: '-5.65' }),
      line('-10', '-1.3', '-11.3'),
    ],
    ['no tax stated', times(1, line('1.00', '***', '1.00')), line('1.00', '***', '1.00')],
    ['words for the tax', times(1, line('1.00', '免税', '1.00')), line('1.00', '不征税', '1.00')],
    [
      'a zero as Java writes it',
      times(1, line('1.00', '0E-8', '1.00')),
      line('1.00', '0.00', '1.00'),
    ],
    [
      'thousands and signs',
      times(1, line('1,000.00', '￥130.00', '¥1,130')),
      line('1000', '130', '1130'),
    ],
    ['no lines', [], line('1.00', '0.13', '1.13')],
  ])('%s', (_, lines, totals) => {
    expect(of(lines, totals)).toBe('sound');
  });

  it.each<[string, EinvoiceLine[], EinvoiceLine]>([
    ['a total that is not its parts, by one fen', [], line('1.00', '0.13', '1.14')],
    ['a line that is not its parts', [line('1.00', '0.13', '1.23')], line('1.00', '0.13', '1.13')],
    [
      'one line that is not the total',
      [line('1.01', '0.13', '1.14')],
      line('1.00', '0.13', '1.13'),
    ],
    ['four lines too far off', times(4, line('3.334', '0', '3.334')), line('13.30', '0', '13.30')],
    ['an amount that is none', [line('1.00', '0.1e', '1.13')], line('1.00', '0.13', '1.13')],
  ])('%s', (_, lines, totals) => {
    expect(of(lines, totals)).toBe('sums_mismatch');
  });

  function line(amount: string, tax: string, sum: string): EinvoiceLine {
    return { amount, tax, sum };
  }
});

describe('F16 · in a ZIP', () => {
  const zipped = (...files: (readonly [string, string | Uint8Array])[]) => archive(files);
  const IN_ARCHIVE = { found: 'sound', notes: ['in_archive'] };

  it.each([
    ['alone', zipped([`${NUMBER}.xml`, einvoice()])],
    ['in a folder, in capitals', zipped(['发票/', ''], ['发票/A.XML', einvoice()])],
    [
      'beside a PDF and what macOS adds',
      zipped(['a.pdf', 'x'], ['__MACOSX/._a.xml', 'x'], ['a.xml', einvoice()]),
    ],
    [
      'beside that of another invoice',
      zipped(['a.xml', einvoice({ number: OTHER_NUMBER })], ['b.xml', einvoice()]),
    ],
  ])('%s', (_, bytes) => {
    expect(judge(bytes)).toMatchObject(IN_ARCHIVE);
  });

  it('files share the work of one', () => {
    const long = (number: string) =>
      einvoice({ number }).replace('</EInvoice>', `${'<x/>'.repeat(120_000)}</EInvoice>`);
    const others = ['a.xml', 'b.xml', 'c.xml'].map((name) => [name, long(OTHER_NUMBER)] as const);
    const asked = ['d.xml', long(NUMBER)] as const;
    expect(judge(zipped(...others.slice(2), asked))).toMatchObject(IN_ARCHIVE);
    expect(judge(zipped(...others, asked)).found).toBe('too_large');
  });

  it.each([
    [
      'of another invoice',
      zipped(['a.xml', einvoice({ number: OTHER_NUMBER })]),
      'number_mismatch',
    ],
    ['cut', zipped(['a.xml', einvoice().slice(0, 300)]), 'truncated'],
    ['of another kind', zipped(['a.xml', '<Invoice/>']), 'unknown_kind'],
    ['none', zipped(['a.pdf', 'x']), 'not_a_file'],
    ['an OFD', ofdFile(), 'not_a_file'],
    ['in a ZIP that is cut', zipped(['a.xml', einvoice()]).subarray(0, 200), 'truncated'],
  ])('%s', (_, bytes, reason) => {
    expect(judge(bytes).found).toBe(reason);
  });

  it('which of more than are read is the one, is not judged', () => {
    const other = einvoice({ number: OTHER_NUMBER });
    const others = ['a.xml', 'b.xml', 'c.xml', 'd.xml'].map((name) => [name, other] as const);
    expect(judge(zipped(...others, ['z.xml', einvoice()])).found).toBe('too_large');
    expect(judge(zipped(...others)).found).toBe('number_mismatch');
  });

  it('so may an OFD be', () => {
    const request = { format: 'ofd', content_length: null, expected: { number: NUMBER } } as const;
    const { integrity, notes } = inspectFile({ ...request, bytes: zipped(['a.ofd', ofdFile()]) });
    expect({ found: integrity.verdict, notes }).toEqual(IN_ARCHIVE);
  });

  it('encrypted', () => {
    const how = { each: { encrypted: true, data: Buffer.alloc(50) } };
    expect(judge(archive([['a.xml', einvoice()]], how)).found).toBe('encrypted');
  });
});
