import { describe, expect, it } from 'vitest';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { inspection } from './inspection.ts';

const NUMBER = '26001234567890123456';
const SPECIMEN = Buffer.from(
  specimenFile('xml', specimenInvoice(NUMBER, '20260925120000')),
).toString();

function check(content: string | Uint8Array, number: string | null = NUMBER) {
  const { found, where } = inspection({
    format: 'xml',
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
    content_length: null,
    expected: number === null ? null : { number },
  });
  return { found, where };
}

function invoiceOf(lines: string, totals: [string, string, string]): string {
  const [amount, tax, total] = totals;
  return (
    `<EInvoice><Header><EIid>${NUMBER}</EIid></Header><EInvoiceData><BasicInformation>` +
    `<TotalAmWithoutTax>${amount}</TotalAmWithoutTax><TotalTaxAm>${tax}</TotalTaxAm>` +
    `<TotalTax-includedAmount>${total}</TotalTax-includedAmount>` +
    `</BasicInformation>${lines}</EInvoiceData>` +
    `<TaxSupervisionInfo><InvoiceNumber>${NUMBER}</InvoiceNumber></TaxSupervisionInfo></EInvoice>`
  );
}

function lineOf(amount: string, tax: string): string {
  return (
    `<IssuItemInformation><Amount>${amount}</Amount><ComTaxAm>${tax}</ComTaxAm>` +
    '</IssuItemInformation>'
  );
}

describe('sound variations', () => {
  const SOUND = { found: 'sound', where: null };

  it.each([
    ['byte order mark', `\ufeff${SPECIMEN}`],
    ['leading white space without a declaration', `\n  ${SPECIMEN.replace(/^<\?.*\n/, '')}`],
    ['indented', SPECIMEN.replaceAll('><', '>\n  <')],
    ['namespace prefixes', SPECIMEN.replace(/<(\/?)(?=[A-Z])/g, '<$1fp:')],
    ['comments and CDATA', SPECIMEN.replace('<Drawer>', '<!-- x --><Drawer><![CDATA[&]]>')],
    ['no Header', SPECIMEN.replace(/<Header>.*<\/Header>/, '')],
    ['no lines', invoiceOf('', ['1.00', '0.13', '1.13'])],
    ['a red invoice', invoiceOf(lineOf('-1.00', '-0.13'), ['-1.00', '-0.13', '-1.13'])],
    [
      'a discount line',
      invoiceOf(lineOf('2.00', '0.26') + lineOf('-1.00', '-0.13'), ['1.00', '0.13', '1.13']),
    ],
    ['a tax-free line', invoiceOf(lineOf('1.00', '***'), ['1.00', '***', '1.00'])],
    ['no decimals', invoiceOf(lineOf('100', '13'), ['100.00', '13.0', '113'])],
    ['more decimals', invoiceOf(lineOf('0.333333', '0.04'), ['0.33', '0.04', '0.37'])],
    [
      'an empty line',
      invoiceOf(`${lineOf('1.00', '0.13')}<IssuItemInformation/>`, ['1.00', '0.13', '1.13']),
    ],
  ])('%s', (_, text) => {
    expect(check(text)).toEqual(SOUND);
  });

  it('UTF-16 and GB 18030, as declared', () => {
    const utf16 = SPECIMEN.replace('UTF-8', 'UTF-16');
    expect(check(Buffer.from(`\ufeff${utf16}`, 'utf16le'))).toEqual(SOUND);
    // 样张 is D1F9 D5C5 in GBK.
    const [head = '', tail = ''] = invoiceOf('<Remark>@</Remark>', ['1', '0', '1']).split('@');
    const declaration = '<?xml version="1.0" encoding="GBK"?>';
    const gbk = Buffer.concat([
      Buffer.from(declaration + head),
      Buffer.from('d1f9d5c5', 'hex'),
      Buffer.from(tail),
    ]);
    expect(check(gbk)).toEqual(SOUND);
  });

  it('any number, if none is expected', () => {
    expect(check(SPECIMEN, null)).toEqual(SOUND);
  });
});

describe('faults', () => {
  it.each([
    ['another root', '<Invoice><EInvoiceData/></Invoice>', 'unknown_kind', 'Invoice'],
    ['no data', '<EInvoice><Header/></EInvoice>', 'unknown_kind', 'EInvoiceData'],
    [
      'no totals',
      SPECIMEN.replaceAll('BasicInformation', 'Basics'),
      'unknown_kind',
      'BasicInformation',
    ],
    ['crossed tags', SPECIMEN.replace('</EIid>', '</EIdd>'), 'not_well_formed', 'EInvoice: line 2'],
    [
      'an entity',
      SPECIMEN.replace('<Drawer>', '<Drawer>&x;'),
      'not_well_formed',
      'EInvoice: line 2',
    ],
    ['something behind the root', `${SPECIMEN}<more/>`, 'not_well_formed', 'EInvoice: line 3'],
    ['two numbers', SPECIMEN.replace(/(?<=<EIid>)2/, '3'), 'number_mismatch', 'Header/EIid'],
    [
      'an amount that is none',
      invoiceOf(lineOf('1.00', '0.1e'), ['1.00', '0.13', '1.13']),
      'sums_mismatch',
      'IssuItemInformation/ComTaxAm',
    ],
    [
      'lines that do not add up, by one fen',
      invoiceOf(lineOf('1.00', '0.13'), ['1.01', '0.12', '1.13']),
      'sums_mismatch',
      'BasicInformation/TotalAmWithoutTax',
    ],
    [
      'tax that does not add up, by one fen',
      invoiceOf('', ['1.00', '0.13', '1.14']),
      'sums_mismatch',
      'BasicInformation/TotalTax-includedAmount',
    ],
  ] as const)('%s', (_, text, verdict, where) => {
    expect(check(text)).toEqual({ found: verdict, where });
  });

  it('another number than the one asked for', () => {
    expect(check(SPECIMEN, '26009999999999999999')).toEqual({
      found: 'number_mismatch',
      where: 'TaxSupervisionInfo/InvoiceNumber',
    });
  });

  it('bytes that are not the declared encoding', () => {
    const bytes = Buffer.from(SPECIMEN);
    bytes[bytes.indexOf('<Drawer>') + 8] = 0xff;
    expect(check(bytes)).toEqual({ found: 'not_well_formed', where: 'EInvoice: encoding' });
  });
});

describe('hostile input', () => {
  it('lets no entities multiply', () => {
    const levels = Array.from(
      { length: 10 },
      (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
    );
    const declared = `<!ENTITY e0 "lol">${levels.join('')}`;
    expect(check(`<!DOCTYPE EInvoice [${declared}]><EInvoice>&e10;</EInvoice>`)).toEqual({
      found: 'unknown_kind',
      where: 'EInvoice: entities of the DOCTYPE',
    });
    const long = `<!DOCTYPE EInvoice [<!ENTITY e "${'x'.repeat(10_000)}">]>`;
    expect(check(`${long}<EInvoice>${'&e;'.repeat(10_000)}</EInvoice>`).found).toBe('too_large');
  });

  it.each([
    ['deep', '<a>'.repeat(100_000), 'EInvoice: nested too deep'],
    ['many elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`, 'EInvoice'],
    [
      'many attributes',
      `<a${Array.from({ length: 300_000 }, (_, n) => ` a${n}="1"`).join('')}/>`,
      'EInvoice',
    ],
    ['large', `<a>${'x'.repeat(24 * 1024 * 1024)}</a>`, 'EInvoice'],
  ])('%s', (_, text, where) => {
    expect(check(text)).toEqual({ found: 'too_large', where });
  });

  it('long digits and attributes named like object members', () => {
    const long = invoiceOf('', ['9'.repeat(100_000), '0', '1']);
    expect(check(long).found).toBe('sums_mismatch');
    const odd = SPECIMEN.replace('<Header>', '<Header __proto__="1" constructor="2"><__proto__/>');
    expect(check(odd).found).toBe('sound');
  });
});
